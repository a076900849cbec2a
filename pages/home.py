"""Home: what waits for me, what needs attention, what runs, what went out."""

from datetime import datetime

import streamlit as st

from pages.parts import doors, home_cards, home_start, paths
from pages.parts.look import header, tile
from pages.parts.zones import ago, day, place, wall_now
from services import accounts, approvals, brands, creative, identity, jobs, media, publishing, research


def page() -> None:
    person = doors.require()
    app = doors.app()
    with app.tx(doors.scope()) as tx:
        brand = brands.brands(tx)[0]
        deciders = approvals.deciders(tx)
        waiting = [item for item in approvals.waiting_queue(tx) if approvals.is_asked(item, person.user_id, deciders)]
        attention = publishing.attention(tx)
        broken = [one for one in accounts.channels(tx) if one.state is accounts.ChannelState.NEEDS_RECONNECT]
        week, running = publishing.this_week(tx, brand.time_zone), jobs.running(tx)
        out = publishing.went_out(tx, limit=5)
        has_ads, has_sample = not research.is_empty(tx), media.has_samples(tx)
        drafts = creative.list_drafts(tx, 1)
        done = home_start.Progress(
            ads=has_ads,
            channel=any(one.is_connected for one in accounts.channels(tx)),
            draft=bool(drafts),
            decided=bool(week or out),
        )
        now = tx.now
    local = wall_now(now, brand.time_zone)
    with header(
        _greeting(local, person.display_name), f"{day(local.date(), local.date())} · times in {place(brand.time_zone)}"
    ):
        if identity.can(person.role, identity.Act.MAKE) and st.button(
            "New ad", type="primary" if has_ads else "secondary", icon=":material/add:", key="home-new", shortcut="N"
        ):
            paths.go("creator", new="1")
    is_empty = not (has_ads or has_sample or drafts)
    if is_empty:
        home_start.two_steps(brand.id, person.role)
    if not out:
        home_start.first_post(done)
    if is_empty:
        return
    _tiles(waiting, attention, broken, running, out, now)
    left, right = st.columns([1.25, 1], gap="small")
    with left:
        home_cards.waiting_for_you(waiting, brand.time_zone, now)
    with right:
        home_cards.needs_attention(attention, broken)
    home_cards.week(week, brand.time_zone, now)
    left, right = st.columns([1.25, 1], gap="small")
    with left:
        home_cards.went_out(out, brand.time_zone, now)
    with right:
        home_cards.running_now(running)
    if has_sample:
        home_start.remove_sample(person.role)


def _greeting(local: datetime, name: str) -> str:
    hour = local.hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"Good {part}, {name.split()[0]}"


def _tiles(
    waiting: list[approvals.QueueItem],
    attention: list[publishing.CalendarPost],
    broken: list[accounts.Channel],
    running: list[jobs.Run],
    out: list[publishing.CalendarPost],
    now: datetime,
) -> None:
    oldest = min((item.asked_at for item in waiting), default=None)
    today = [post for post in out if post.published_at and (now - post.published_at).days < 1]
    tiles = (
        (len(waiting), "waiting for you", f"oldest {ago(oldest, now)}" if oldest else "nothing to decide",
         "hourglass_top", "yellow" if waiting else "gray"),
        (len(attention) + len(broken), "need attention", _attention_note(attention, broken),
         "priority_high", "red" if attention or broken else "gray"),
        (len(running), "running now", "you can leave this page", "sync", "violet" if running else "gray"),
        (len(today), "went out", "in the last 24 hours", "check_circle", "green" if today else "gray"),
    )  # fmt: skip
    grid = st.grid(4, min_column_width=150, gap="small")
    for number, (figure, words, note, symbol, tone) in enumerate(tiles):
        with grid.cell():
            tile(str(figure), words, note, symbol=symbol, tone=tone, key=f"home-{number}")


def _attention_note(attention: list[publishing.CalendarPost], broken: list[accounts.Channel]) -> str:
    states = [post.state for post in attention]
    words = (("failed", "refused"), ("unconfirmed", "unclear"), ("held", "on hold"))
    parts = [f"{states.count(state)} {word}" for state, word in words if states.count(state)]
    if broken:
        parts.append(f"{len(broken)} to reconnect")
    return ", ".join(parts) or "all is well"
