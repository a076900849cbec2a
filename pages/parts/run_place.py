"""Where the list of runs stands: its filters and its page, all in the address."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from services import jobs
from services.jobs import Place, RunFilter, Shown

INSTALLATION = "installation"
NAMES = ("state", "what", "brand", "by", "from", "to", "q", "schedule")
ORIGINS = {"person": "A person", "schedule": "A schedule", "chain": "Another job", "retry": "A retry"}
_TEXT_MOST = 200


def asked_filter(zone: str, *, may_system: bool = False) -> RunFilter:
    """What the address asks for; what makes no sense there, or is not for this person, is left out."""
    query = st.query_params
    state = query.get("state", "")
    return RunFilter(
        shown=Shown(state) if state in list(Shown) else None,
        name=query.get("what", "")[:_TEXT_MOST],
        brand_id=_uuid(query.get("brand", "")),
        origin=query.get("by", "") if query.get("by", "") in ORIGINS else "",
        since=_midnight(asked_day("from"), zone),
        until=_midnight(asked_day("to"), zone, timedelta(days=1)),
        text=query.get("q", "")[:_TEXT_MOST],
        schedule_id=_uuid(query.get("schedule", "")),
        is_installation=may_system and query.get("brand", "") == INSTALLATION,
    )


def asked_places() -> Mapping[str, Place]:
    """The place below or above which the page lies, as `jobs.list_runs` takes it; empty on the first page."""
    found = {name: Place.read(st.query_params.get(name, "")) for name in ("above", "below")}
    return next(({name: place} for name, place in found.items() if place is not None), {})


def page() -> str:
    """Where the page begins, as the address has it; empty on the first one."""
    return st.query_params.get("below", "") or st.query_params.get("above", "")


def asked_day(name: str) -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return None


def go_to(**changes: str) -> None:
    """Change the address; a changed filter begins at the first page again."""
    for name in ("above", "below"):
        st.query_params.pop(name, None)
    for name, value in changes.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def clear() -> None:
    """No filter at all."""
    go_to(**dict.fromkeys(NAMES, ""))


def turn(name: str, place: jobs.Place) -> None:
    """Go to the page `below` or `above` this place; for callbacks."""
    go_to(**{name: str(place)})


def first_page() -> None:
    go_to()


def _midnight(day: date | None, zone: str, later: timedelta = timedelta(0)) -> datetime | None:
    if day is None or not date(1971, 1, 1) <= day <= date(9000, 1, 1):
        return None
    return datetime.combine(day + later, time(), ZoneInfo(zone)).astimezone(UTC)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
