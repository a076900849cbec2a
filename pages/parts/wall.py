"""The wall of competitors' ads: columns of equal width, cards of their own height, nothing jumps while loading."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pages.parts.base import mount, one_of
from pages.parts.rows import Chip
from pages.parts.tokens import ground_of, initials_of

MOST_TAGS = 3


@dataclass(frozen=True)
class Ad:
    """
    One ad. All texts are plain, in any script.

    Without `image` (an address of our own or https) the text itself is set large. `days` is how long it ran or has
    been running; `dates` is that in words ("12 Mar to 4 Jun 2024"); `platforms` are channel ids or plain names;
    `ratio` is height by width of the image; `facts` are ranges and the like ("1–5 k reach"). `runs` is false for posts,
    which do not run.
    """

    id: str
    advertiser: str
    headline: str = ""
    body: str = ""
    days: int | None = None
    active: bool = False
    runs: bool = True
    dates: str = ""
    platforms: tuple[str, ...] = ()
    image: str = ""
    ratio: float = 1.0
    video: bool = False
    fresh: bool = False
    saved: bool = False
    versions: int = 1
    domain: str = ""
    button: str = ""
    facts: str = ""
    tags: tuple[Chip, ...] = ()


@dataclass(frozen=True)
class WallAct:
    """A small button on every ad; it shows on hover, and always on touch."""

    id: str
    symbol: str
    word: str


@dataclass(frozen=True)
class WallTold:
    """What was pressed in this run: an ad opened, or an act on an ad as (act id, ad id)."""

    opened: str | None
    act: tuple[str, str] | None


def wall(ads: Sequence[Ad], *, key: str, acts: Sequence[WallAct] = (), longest_days: int = 120) -> WallTold:
    """
    Draw the ads in columns, shortest column first.

    :param longest_days: the number of days that fills the bar of an ad
    """
    data = {
        "ads": [_drawn(ad, longest_days) for ad in ads],
        "acts": [asdict(act) for act in acts],
    }
    result = mount("wall", data, key=key, events={"open": None, "act": None})
    known = {ad.id for ad in ads}
    return WallTold(one_of(result.open, known), _act_of(result.act, known, {act.id for act in acts}))


def _drawn(ad: Ad, longest_days: int) -> dict[str, object]:
    headline, body = ad.headline.strip(), re.sub(r"\n\s*\n", "\n", ad.body.strip())
    if not headline:
        headline, body = _first_sentence(body)
    return {
        **asdict(ad),
        "headline": headline,
        "body": body,
        "initials": initials_of(ad.advertiser),
        "ground": ground_of(ad.advertiser),
        "share": min(1.0, (ad.days or 0) / max(1, longest_days)),
        "tags": [list(tag) for tag in ad.tags[:MOST_TAGS]],
    }


def _first_sentence(body: str) -> tuple[str, str]:
    """The opening of a text as its headline, and the rest; ads written as one block still get a voice."""
    line, _, rest = body.partition("\n")
    for end in (". ", "! ", "? ", "。", "؟ "):
        head, found, tail = line.partition(end)
        if found and len(head) <= 110:
            return (head + end).strip(), f"{tail}\n{rest}".strip()
    if len(line) <= 110:
        return line, rest.strip()
    return "", body


def _act_of(told: object, ads: set[str], acts: set[str]) -> tuple[str, str] | None:
    if not isinstance(told, dict):
        return None
    act, ad = one_of(told.get("act"), acts), one_of(told.get("id"), ads)
    return (act, ad) if act and ad else None
