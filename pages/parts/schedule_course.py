"""What of an open schedule changes by itself: its next times, how its latest starts went, what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, schedule_acts
from pages.parts.look import card_head
from pages.parts.markup import chip, esc, html
from pages.parts.rows import Row, rows
from pages.parts.schedule_desk import Desk
from pages.parts.schedule_times import times
from pages.parts.schedule_words import FIRES, WORDS, course, often
from pages.parts.zones import near, when
from services import jobs

LOOKS_EVERY_SECONDS, IDLE_SECONDS = 2, 15  # while something of it runs, and until its time comes
_SHOWN = 10
_TONES = {"done": "green", "failed": "red", "crashed": "red", "lost": "red", "running": "violet", "retrying": "yellow"}
_ORIGINS = {
    jobs.Origin.PERSON: "a person",
    jobs.Origin.SCHEDULE: "by schedule",
    jobs.Origin.CHAIN: "after another job",
    jobs.Origin.RETRY: "once more",
}


@dataclass(frozen=True)
class Course:
    """One schedule as it stands."""

    schedule: jobs.Schedule
    latest: Sequence[jobs.LatestStart]
    fires: Sequence[jobs.Fire]
    now: datetime


def read(found: jobs.Schedule) -> Course:
    """This schedule alone. :raises ScheduleNotFound: it is gone"""
    with jobs.runs_tx(doors.app(), doors.scope(), is_installation=found.org_id is None) as tx:
        latest = jobs.latest_starts(tx, only=found.id).get(found.id, [])
        return Course(jobs.get_schedule(tx, found.id), latest, jobs.fires(tx, found.id, _SHOWN), tx.now)


def is_busy(latest: Sequence[jobs.LatestStart]) -> bool:
    return any(not one.state.is_over for one in latest)


def follow(found: jobs.Schedule, zone: str, desk: Desk) -> None:
    """Draw it, and go on looking while it is open; what else is drawn of it is drawn anew where it changed."""
    was_busy = is_busy(desk.latest.get(found.id, ()))

    def live() -> None:
        try:
            now = read(found)
        except jobs.ScheduleNotFound:
            st.rerun()
        if was_busy is not is_busy(now.latest) or now.schedule.version != found.version:
            st.rerun()
        card_head("Next five", often(now.schedule))
        due = jobs.next_times(now.schedule, now.now)
        html(times(due, zone, desk.viewer, now.now) if due else f'<p class="mut">{esc(_no_next(now.schedule))}</p>')
        _latest(now, zone)
        _left_out(now, zone)

    st.fragment(live, run_every=LOOKS_EVERY_SECONDS if was_busy else IDLE_SECONDS)()


def _no_next(found: jobs.Schedule) -> str:
    return "It is paused." if found.paused_at else "No time is left for it."


def _latest(now: Course, zone: str) -> None:
    card_head("Latest runs", "newest first" if now.latest else "it has not run yet")
    items = [
        Row(
            id=str(one.start_id),
            title=near(one.at, zone, now.now),
            sub=" · ".join((_ORIGINS[one.origin], *course(one))),
            icon="person" if one.origin is jobs.Origin.PERSON else "schedule",
            tone=_TONES.get(WORDS[one.state][0], "gray"),
            right_chip=(WORDS[one.state][1].capitalize(), _TONES.get(WORDS[one.state][0], "gray"), ""),
        )
        for one in now.latest
    ]
    if items and (opened := rows(items, key=f"schedules-latest-{now.schedule.id}", flat=True).opened):
        schedule_acts.see_start(UUID(opened))


def _left_out(now: Course, zone: str) -> None:
    odd = [one for one in now.fires if one.outcome != "started"]
    if odd:
        card_head("Times that did not go as planned")
        html("".join(
            f'<div class="row say"><span>{esc(when(one.due_at, zone, now.now))}</span>'
            f'<span class="sp">{chip(*FIRES[one.outcome])}</span></div>' for one in odd
        ))  # fmt: skip
