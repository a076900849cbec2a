"""The filters of the wall of ads: advertiser, words, platform, kind, days, order. Each is part of the address."""

from datetime import date
from uuid import UUID

import streamlit as st

from pages.parts import session
from pages.parts.look import toolbar
from services import research

ALL = "all"
ANY_PLATFORM = "All platforms"
KINDS = {"Ads and posts": "", "Ads": "ad", "Posts": "post"}
SORTS = {"Newest": research.Sort.NEWEST, "Longest running": research.Sort.LONGEST}
PLATFORMS = (ANY_PLATFORM, *research.AD_PLATFORMS)
BRAND = session.Slot("competitors", "brand", "")
PAGE = session.Slot("competitors", "page", 0)
_CLEARED: tuple[tuple[session.Slot[object], object], ...] = tuple(
    (session.Slot("competitors", thing, value), value)
    for thing, value in (
        ("brand", ALL),
        ("page", 1),
        ("q", ""),
        ("platform", ANY_PLATFORM),
        ("kind", "Ads and posts"),
        ("started", ()),
        ("running", False),
        ("new", False),
    )
)
_MARKDOWN = str.maketrans("", "", "*_`[]<>$:~\\#|")


def filters(shelves: list[research.Shelf], told: research.Overview) -> tuple[research.Filters, research.Sort]:
    """Draw them and tell what was chosen; changing one goes back to the first page."""
    plain = {"label_visibility": "collapsed", "bind": "query-params", "on_change": first_page}
    brand = _brand(shelves, told.ads, plain)
    with toolbar("competitors"):
        text = st.text_input(
            "Search", key="competitors-q", placeholder="Text, advertiser, link", icon=":material/search:",
            width=200, **plain,
        )  # fmt: skip
        platform = st.selectbox(
            "Platform",
            PLATFORMS,
            key="competitors-platform",
            width=135,
            format_func=lambda name: research.AD_PLATFORMS.get(name, name),
            **plain,
        )
        kind = st.selectbox("Kind", list(KINDS), key="competitors-kind", width=135, **plain)
        days = st.date_input(
            "Started between", value=(), key="competitors-started", format="YYYY-MM-DD", width=240, **plain
        )
        switch = {"bind": "query-params", "on_change": first_page}
        running = st.toggle("Only running", key="competitors-running", **switch)
        fresh = bool(told.fresh) and st.toggle("Only new", key="competitors-new", **switch)
        sort = st.segmented_control(
            "Order", list(SORTS), default="Newest", required=True, key="competitors-sort", **plain
        )
    first, last = _both(days)
    return research.Filters(
        search=text or "",
        advertiser_id=id_of(brand),
        platform="" if platform in (None, ANY_PLATFORM) else platform,
        kind=KINDS.get(kind or "", ""),
        only_running=running,
        only_new=fresh,
        started_from=first,
        started_until=last,
    ), SORTS.get(sort or "", research.Sort.NEWEST)


def chosen_brand() -> UUID | None:
    """The advertiser of the address or of the pills, before the pills are drawn."""
    return id_of(session.get(BRAND) or st.query_params.get(BRAND.key, ""))


def page_number() -> int:
    """The page of the address or of the pagination, before it is drawn; at least 1."""
    told = str(session.get(PAGE) or st.query_params.get(PAGE.key, "1"))
    return int(told) if told.isdecimal() and 0 < int(told) < 10**6 else 1


def first_page() -> None:
    session.put(PAGE, 1)


def clear() -> None:
    for slot, value in _CLEARED:
        session.put(slot, value)


def id_of(text: object) -> UUID | None:
    """The id, or None: people can type anything into an address."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _brand(shelves: list[research.Shelf], ads: int, plain: dict[str, object]) -> str:
    names = {str(shelf.id): shelf for shelf in shelves}
    if session.get(BRAND) not in ("", ALL, *names):
        session.put(BRAND, ALL)
    return str(
        st.pills(
            "Advertiser",
            [ALL, *names],
            default=ALL,
            required=True,
            key=BRAND.key,
            format_func=lambda key: _pill(names[key]) if key in names else f"All {ads:,}",
            **plain,  # type: ignore[arg-type]
        )
    )


def _pill(shelf: research.Shelf) -> str:
    badge = f" :primary-badge[{shelf.fresh} new]" if shelf.fresh else ""
    return f"{shelf.name[:28].translate(_MARKDOWN)} {shelf.ads:,}{badge}"


def _both(days: object) -> tuple[date | None, date | None]:
    """A range while it is being picked has one end, or none."""
    found = [day for day in days if isinstance(day, date)] if isinstance(days, tuple | list) else []
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)
