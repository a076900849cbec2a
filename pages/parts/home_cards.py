"""The cards of Home."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon, mark
from pages.parts.rows import Row, rows
from pages.parts.tokens import state_of
from pages.parts.zones import ago, clock, near, wall_now
from services import accounts, approvals, jobs, media, publishing

SHOWN = 4
ACTIONS = {"failed": "Fix", "unconfirmed": "Decide", "held": "See why"}


def waiting_for_you(items: Sequence[approvals.QueueItem], zone: str, now: datetime) -> None:
    """What waits for a decision, the oldest first; a click opens it."""
    oldest = sorted(items, key=lambda item: item.asked_at)[:SHOWN]
    thumbs = media.addresses(doors.app(), [item.thumb_key for item in oldest if item.thumb_key])
    with card("home-waiting", height="stretch", gap="small"):
        card_head("Waiting for you", "oldest first", right_html=_count(len(items), "yellow"))
        if not oldest:
            _quiet("Nothing waits for your decision.")
            return
        opened = rows(
            [_waiting_row(item, thumbs, zone, now) for item in oldest], key="home-waiting-rows", flat=True
        ).opened
    if opened:
        paths.go("approvals", request=opened)


def _waiting_row(item: approvals.QueueItem, thumbs: dict[str, str], zone: str, now: datetime) -> Row:
    wanted = f" · for {near(item.wanted_at, zone, now)}" if item.wanted_at else ""
    age = now - item.asked_at
    return Row(
        id=str(item.id),
        title=item.name,
        sub=f"{item.asked_by_name}{wanted}",
        thumb=thumbs.get(item.thumb_key or "", ""),
        icon="image",
        right_chip=(ago(item.asked_at, now), "orange" if age > timedelta(days=1) else "gray", "hourglass_top"),
    )


def needs_attention(posts: Sequence[publishing.CalendarPost], broken: Sequence[accounts.Channel]) -> None:
    """Posts and channels that need a person; each row carries its one action."""
    items = [_attention_row(post) for post in posts[:SHOWN]] + [_channel_row(one) for one in broken[:SHOWN]]
    with card("home-attention", height="stretch", gap="small"):
        card_head("Needs attention", right_html=_count(len(posts) + len(broken), "red"))
        if not items:
            _quiet("All is well.")
            return
        opened = rows(items, key="home-attention-rows", flat=True).opened
    if opened and opened.startswith("channel/"):
        paths.go("channels")
    if opened:
        paths.go("calendar", post=opened)


def _attention_row(post: publishing.CalendarPost) -> Row:
    state = state_of(post.state)
    return Row(
        id=str(post.id),
        title=f"“{post.title}”",
        sub=post.reason or state.label,
        icon=state.symbol,
        tone=state.tone,
        marks=(post.platform,),
        practice=post.is_practice,
        action=ACTIONS.get(post.state, "Open"),
    )


def _channel_row(channel: accounts.Channel) -> Row:
    return Row(
        id=f"channel/{channel.id}",
        title=f"{channel.name} must be reconnected",
        sub=channel.state_reason or "Posts on it wait until then.",
        icon="link_off",
        tone="orange",
        marks=(channel.platform,),
        practice=channel.is_practice,
        action="Reconnect",
    )


def week(posts: Sequence[publishing.CalendarPost], zone: str, now: datetime) -> None:
    """This week, Monday to Sunday, in the brand's zone."""
    today = wall_now(now, zone).date()
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    by_day = {one: [post for post in posts if wall_now(post.due_at, zone).date() == one] for one in days}
    live = [post for post in posts if post.state != "cancelled"]
    out = sum(post.state == "published" for post in live)
    with card("home-week", gap="small"):
        card_head("This week", f"{out} of {len(live)} planned posts are out" if live else "nothing planned")
        html(f'<div class="wk">{"".join(_day(one, by_day[one], today, zone) for one in days)}</div>')


def _day(one: date, posts: Sequence[publishing.CalendarPost], today: date, zone: str) -> str:
    name = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[one.weekday()]
    kind = "now" if one == today else "past" if one < today else ""
    lines = "".join(_week_line(post, zone) for post in posts[:3])
    more = f'<div class="mut">+{len(posts) - 3} more</div>' if len(posts) > 3 else ""
    return f'<div class="wd {kind}"><div><b>{one.day}</b> <span class="mut">{name}</span></div>{lines}{more}</div>'


def _week_line(post: publishing.CalendarPost, zone: str) -> str:
    state = state_of(post.state)
    return (
        f'<a class="row" href="/calendar?post={post.id}" target="_self" title="{esc(state.label)}: {esc(post.title)}">'
        f"{mark(post.platform, practice=post.is_practice)}"
        f'<span class="num">{clock(post.due_at, zone)}</span><span class="cut">{esc(post.title)}</span>'
        f'<span class="sp">{icon(state.symbol, state.tone)}</span></a>'
    )


def went_out(posts: Sequence[publishing.CalendarPost], zone: str, now: datetime) -> None:
    """The latest published posts."""
    thumbs = media.addresses(doors.app(), [post.thumb_key for post in posts if post.thumb_key])
    with card("home-out", height="stretch", gap="small"):
        card_head("Went out", "newest first")
        if not posts:
            _quiet("Nothing has been published yet.")
            return
        items = [
            Row(
                id=str(post.id),
                title=post.title,
                sub=post.channel_name,
                thumb=thumbs.get(post.thumb_key or "", ""),
                icon="image",
                marks=(post.platform,),
                practice=post.is_practice,
                right=near(post.published_at or post.due_at, zone, now),
            )
            for post in posts
        ]
        opened = rows(items, key="home-out-rows", flat=True).opened
    if opened:
        paths.go("calendar", post=opened)


def running_now(running: Sequence[jobs.Run]) -> None:
    """What the worker does at this moment; looks again every two seconds while something runs."""
    with card("home-running", height="stretch", gap="small"):
        card_head("Running now", "you can leave this page")
        if not running:
            _quiet("Nothing runs at the moment.")
            return
        st.fragment(_running_rows, run_every=2)()


def _running_rows() -> None:
    with doors.app().tx(doors.scope()) as tx:
        found = jobs.running(tx)
    if not found:
        st.rerun()
    rows([_running_row(run) for run in found[:SHOWN]], key="home-running-rows", flat=True)


def _running_row(run: jobs.Run) -> Row:
    share = run.progress_done / run.progress_total if run.progress_total and run.progress_done is not None else None
    return Row(
        id=str(run.id), title=jobs.task_words(run.task), sub=run.note, icon="sync", tone="violet", progress=share
    )


def _count(number: int, tone: str) -> str:
    return chip(str(number), tone) if number else ""


def _quiet(sentence: str) -> None:
    html(f'<p class="mut quiet">{icon("check_circle", "green")} {esc(sentence)}</p>')
