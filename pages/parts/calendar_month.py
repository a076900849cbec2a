"""The grid: posts on their days or hours in the brand's zone. Dropping a post keeps its time of day, or its minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.bars import Bar
from pages.parts.calendar_place import Place, go_to, open_post
from pages.parts.month import MonthTold, Moved, Post, month
from pages.parts.notices import notices, offer_undo
from pages.parts.week import Clocks, week
from pages.parts.zones import place as place_of
from pages.parts.zones import wall_clock, wall_now, when
from services import creative, publishing, schedule

KEY = "calendar-month"


@dataclass(frozen=True)
class Shown:
    """What stands on the days on screen. `clashes`: a sentence by post."""

    posts: Sequence[publishing.CalendarPost]
    drafts: Sequence[publishing.WantedDraft] = ()
    campaigns: Sequence[schedule.Campaign] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)
    clashes: Mapping[UUID, str] = field(default_factory=dict)


def draw(
    shown: Shown, place: Place, zone: str, now: datetime, brand_id: UUID, *, may_move: bool, may_add: bool
) -> str | None:
    """Draw it and do what was pressed or dropped in this run; returns the campaign that was pressed."""
    told = _told(shown, place, zone, now, may_move=may_move, may_add=may_add)
    if told.moved:
        _drop(told.moved, shown, zone)
        st.rerun()
    if told.opened:
        _open(told.opened, shown)
    if told.more_on:
        go_to(view="list" if place.view == "day" else "day", day=told.more_on.isoformat(), month="")
        st.rerun()
    if told.new_on:
        hour = "" if told.new_hour is None else f"T{told.new_hour:02d}:00"
        paths.go("creator", new="1", on=f"{told.new_on.isoformat()}{hour}", brand=str(brand_id))
    return told.bar


def _told(shown: Shown, place: Place, zone: str, now: datetime, *, may_move: bool, may_add: bool) -> MonthTold:
    days, local = by_day(shown.posts, zone, shown.clashes, shown.drafts), wall_now(now, zone).replace(tzinfo=None)
    bars = [Bar(str(one.id), one.name, one.colour, one.starts_on, one.ends_on) for one in shown.campaigns]
    if place.view == "month":
        return month(
            place.first.year, place.first.month, days, today=local.date(), key=KEY, may_move=may_move,
            may_add=may_add, bars=bars, holidays=shown.holidays,
        )  # fmt: skip
    skipped = frozenset((day, hour) for day in place.days for hour in range(24) if not _exists(day, hour, zone))
    clocks = Clocks(local, place_of(zone), skipped)
    return week(
        place.days, days, clocks, key=f"calendar-{place.view}", may_move=may_move, may_add=may_add, bars=bars,
        holidays=shown.holidays,
    )  # fmt: skip


def _exists(day: date, hour: int, zone: str) -> bool:
    """Whether the wall clock shows any of this hour: some zones skip half of one."""
    for minute in (0, 59):
        try:
            schedule.instant_of(datetime(day.year, day.month, day.day, hour, minute), zone)
        except schedule.TimeSkipped:
            continue
        return True
    return False


def by_day(
    posts: Sequence[publishing.CalendarPost],
    zone: str,
    clashes: Mapping[UUID, str] | None = None,
    drafts: Sequence[publishing.WantedDraft] = (),
) -> dict[date, list[Post]]:
    """What the grid draws, by day in `zone` and in the order of the times; each instant is converted once."""
    days: dict[date, list[Post]] = {}
    known = clashes or {}
    for one in posts:
        local = wall_now(one.due_at, zone)
        shown = Post(
            str(one.id), one.platform, one.shown_state.value, wall_clock(local), one.title, one.is_practice,
            local.hour, known.get(one.id, ""),
        )  # fmt: skip
        days.setdefault(local.date(), []).append(shown)
    for draft in drafts:
        local, state = wall_now(draft.wanted_at, zone), "waiting" if draft.is_waiting else "draft"
        shown = Post(
            str(draft.id), draft.platform, state, wall_clock(local), draft.title, hour=local.hour,
            still=draft.is_waiting,
        )  # fmt: skip
        days.setdefault(local.date(), []).append(shown)
    if drafts:
        for there in days.values():
            there.sort(key=lambda one: one.time)
    return days


def _open(item_id: str, shown: Shown) -> None:
    draft = next((one for one in shown.drafts if str(one.id) == item_id), None)
    if draft is None:
        open_post(item_id)
    elif draft.is_waiting and paths.has("approvals"):
        paths.go("approvals")
    else:
        paths.go("creator", draft=item_id)


def _drop(told: Moved, shown: Shown, zone: str) -> None:
    post = next((one for one in shown.posts if str(one.id) == told.id), None)
    if post is not None:
        move(told, post, zone)
        return
    draft = next(one for one in shown.drafts if str(one.id) == told.id)
    app = doors.app()
    with notices(quiet_error=True):
        wanted_at = _landing(draft.wanted_at, told, zone)
        if wanted_at <= app.clock.now():
            raise schedule.TimePast()
        _want(draft.id, wanted_at)
        done = f"“{draft.title}” is wanted {when(wanted_at, zone, app.clock.now())}."
        offer_undo(done, lambda: _want(draft.id, draft.wanted_at))


def _landing(instant: datetime, told: Moved, zone: str) -> datetime:
    if told.hour is None:
        return schedule.moved_to_day(instant, told.on, zone)
    return schedule.moved_to_hour(instant, told.on, told.hour, zone)


def move(told: Moved, post: publishing.CalendarPost, zone: str) -> None:
    """The service decides again whether it may move; the old instant is kept for the undo."""
    app, scope = doors.app(), doors.scope()
    with notices(quiet_error=True):
        due_at = _landing(post.due_at, told, zone)
        with app.tx(scope) as tx:
            publishing.move_post(tx, post.id, due_at)
            warning = publishing.warning_of(tx, post.model_copy(update={"due_at": due_at}))
        done = f"“{post.title}” moved to {when(due_at, zone, app.clock.now())}."
        offer_undo(f"{done} {warning}".strip(), lambda: _move(post.id, post.due_at))


def _move(post_id: UUID, due_at: datetime) -> None:
    with doors.app().tx(doors.scope()) as tx:
        publishing.move_post(tx, post_id, due_at)


def _want(draft_id: UUID, wanted_at: datetime) -> None:
    with doors.app().tx(doors.scope()) as tx:
        creative.want_draft(tx, draft_id, wanted_at)
