"""What of a schedule is told in words: what for, when, next, how its latest starts went."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts.schedule_entered import INSTALLATION, ORGANISATION
from pages.parts.zones import near, place, span, when
from services import identity, jobs
from services.brands import Brand
from services.jobs import LatestStart, Schedule, StartState

Chip = tuple[str, str, str]
STATES: dict[str, Chip] = {
    "active": ("Active", "green", "check_circle"),
    "paused": ("Paused", "gray", "pause_circle"),
    "ended": ("Ended", "gray", "event_busy"),
    "problem": ("Cannot start", "red", "error"),
}
WORDS: dict[StartState, tuple[str, str]] = {
    StartState.WAITING: ("none", "waits"),
    StartState.RUNNING: ("running", "runs"),
    StartState.RETRYING: ("retrying", "is tried again"),
    StartState.SUCCEEDED: ("done", "done"),
    StartState.FAILED: ("failed", "failed"),
    StartState.CRASHED: ("crashed", "crashed"),
    StartState.CANCELLED: ("cancelled", "cancelled"),
    StartState.LOST: ("lost", "lost"),
}
FIRES = {
    "started": ("Started", "green", "check_circle"),
    "caught_up": ("Caught up", "orange", "schedule"),
    "too_late": ("Left out: too late", "gray", "block"),
    "overlap": ("Left out: still running", "gray", "block"),
    "lost": ("Lost", "red", "error"),
    "changed": ("Left out: changed first", "gray", "edit_calendar"),
    "paused": ("Left out: paused first", "gray", "pause_circle"),
}


def state_of(found: Schedule) -> str:
    return "problem" if found.problem and found.paused_at else found.state


def for_whom(found: Schedule, brands: Sequence[Brand]) -> str:
    """The brand's name, or who else it works for."""
    if found.org_id is None:
        return "Whole installation"
    is_of_brands = found.kind in jobs.KINDS and jobs.get_kind(found.kind).reach == "brand"
    return next(
        (one.name for one in brands if one.id == found.brand_id), "All brands" if is_of_brands else "Organisation"
    )


def target_words(target: str, brands: Sequence[Brand]) -> str:
    known = {ORGANISATION: "The organisation", INSTALLATION: "The whole installation"}
    return known.get(target) or next((one.name for one in brands if str(one.id) == target), "A brand")


def zone_of(found: Schedule, brands: Sequence[Brand]) -> str:
    """The zone its times are told in: its own, else its brand's, else that of the first brand."""
    if found.cadence.type != "interval":
        return found.cadence.zone
    own = next((one.time_zone for one in brands if one.id == found.brand_id), None)
    return own or (brands[0].time_zone if brands else "UTC")


def reader() -> str:
    """The zone of who is looking, as the browser tells it; empty where it does not."""
    return st.context.timezone or ""


def differs(instant: datetime, zone: str, viewer: str) -> bool:
    """Whether the reader's clock shows another time than the zone's."""
    return bool(viewer) and when(instant, zone, instant) != when(instant, viewer, instant)


def kind_title(name: str) -> str:
    return jobs.get_kind(name).title if name in jobs.KINDS else name


def kind_symbol(name: str) -> str:
    """The bare name of a kind's Material symbol."""
    return jobs.get_kind(name).icon.removeprefix(":material/").removesuffix(":") if name in jobs.KINDS else "help"


def often(found: Schedule) -> str:
    """When, in words with a capital; the zone by its place."""
    words = re.sub(r"^every 1 (\w+)$", r"every \1", jobs.describe(found.cadence))
    if found.cadence.type != "interval":
        words = f"{words.removesuffix(found.cadence.zone)}{place(found.cadence.zone)}"
    return f"{words[:1].upper()}{words[1:]}"


def next_words(found: Schedule, zone: str, viewer: str, now: datetime) -> tuple[str, str]:
    """Its next start in its zone, and in the reader's where that differs; empty where there is none."""
    at = found.next_fire_at
    if at is None or found.paused_at is not None:
        return "", ""
    there = f"{near(at, viewer, now)} {place(viewer)}" if differs(at, zone, viewer) else ""
    return near(at, zone, now), there


def start_words(one: LatestStart, zone: str, now: datetime) -> str:
    """ "failed · Mon 09:00 · took 3 s · why"."""
    return " · ".join((WORDS[one.state][1], near(one.at, zone, now), *course(one)))


def course(one: LatestStart) -> list[str]:
    """How long it took and why it failed, as far as that is known."""
    took = (one.finished_at - one.started_at).total_seconds() if one.started_at and one.finished_at else None
    return [part for part in (f"took {span(max(took, 0.1))}" if took is not None else "", one.error) if part]


def owner_words(found: Schedule, members: Sequence[identity.Member]) -> str:
    """The owner's name, or that there is none here any more."""
    name = names_of(members).get(found.owner_id) if found.owner_id else None
    if name is not None:
        return name
    here = members[0].org_id if members else None
    return "In another organisation" if found.told_org_id and found.told_org_id != here else "Has left"


def names_of(members: Sequence[identity.Member]) -> Mapping[UUID, str]:
    return {one.user_id: one.display_name for one in members}
