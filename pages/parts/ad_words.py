"""Somebody else's ad in words: dates, ranges, figures, and its tile on the wall."""

from datetime import date
from urllib.parse import urlsplit

from pages.parts.wall import Ad as Tile
from pages.parts.zones import day
from services import research
from services.kit.text import one_or_many

SEEN_LATELY_DAYS = 14
_UNITS = ((1_000_000_000, "b"), (1_000_000, "m"), (1_000, "k"))


def tile(ad: research.Ad, today: date) -> Tile:
    """The ad on the wall: words only, since the libraries' exports hold no pictures."""
    return Tile(
        id=str(ad.id),
        advertiser=ad.advertiser,
        headline=ad.titles[0] if ad.titles else "",
        body=ad.bodies[0] if ad.bodies else (ad.descriptions[0] if ad.descriptions else ""),
        days=ad.days,
        active=ad.is_running,
        runs=ad.kind == "ad",
        dates=dates(ad, today),
        platforms=ad.placements or (ad.platform,),
        fresh=ad.is_new,
        versions=max(1, len(ad.bodies)),
        domain=domain(ad),
        facts=facts(ad),
    )


def dates(ad: research.Ad, today: date) -> str:
    """When it ran or was posted; where the file is old, until when that is known."""
    if ad.started_on is None:
        return "No date"
    start = day(ad.started_on, today)
    if ad.kind == "post":
        return f"Posted {start}"
    if not ad.is_running and ad.stopped_on:
        return f"{start} to {day(ad.stopped_on, today)}"
    return f"Since {start}{seen(ad, today)}"


def seen(ad: research.Ad, today: date) -> str:
    """ ", seen Thu 31 Oct 2019" where the last look at it is more than two weeks old."""
    is_old = (today - ad.observed_on).days > SEEN_LATELY_DAYS
    return f", seen {day(ad.observed_on, today)}" if is_old else ""


def domain(ad: research.Ad) -> str:
    """Where the ad leads, as its caption says; for posts the platform's host."""
    if ad.captions:
        return ad.captions[0]
    host = urlsplit(ad.link).hostname or ""
    return "" if ad.kind == "ad" else host.removeprefix("www.")


def facts(ad: research.Ad) -> str:
    """The one or two figures worth a tile."""
    found = [
        f"{short(ad.views)} {one_or_many(ad.views, 'view', 'views')}" if ad.views is not None else "",
        f"{short(ad.likes)} likes" if ad.likes is not None else "",
        f"{short(ad.reach)} reach" if ad.reach is not None else "",
        span(ad.impressions_lower, ad.impressions_upper, "shown"),
        span(ad.spend_lower, ad.spend_upper, ad.spend_currency or "spent"),
    ]
    return " · ".join([fact for fact in found if fact][:2])


def span(lower: int | None, upper: int | None, unit: str = "") -> str:
    """A range as a range: "1 k–5 k shown", "up to 100 EUR", "over 1 m", one figure where both ends are equal."""
    if lower is None and upper is None:
        return ""
    if upper is None:
        text = f"over {short(lower or 0)}"
    elif lower == upper:
        text = short(upper)
    elif not lower:
        text = f"up to {short(upper)}"
    else:
        text = f"{short(lower)}–{short(upper)}"
    return f"{text} {unit}".strip()


def short(figure: int) -> str:
    """12 400 is "12.4 k"."""
    for size, letter in _UNITS:
        if figure >= size:
            return f"{figure / size:.3g} {letter}" if figure / size < 999.5 else f"{figure / size:,.0f} {letter}"
    return str(figure)
