"""What a person may do with a post, the one next step first. The service decides again on every press."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, post_next
from pages.parts.markup import esc, html, link
from pages.parts.notices import notices, tell
from pages.parts.zones import wall_now, when
from services import publishing, schedule
from services.kit.errors import ProviderError
from services.publishing import PostState, Reason

Act = Callable[[], str | None]


def draw(post: publishing.PostOnScreen, zone: str, now: datetime, account: str = "") -> None:
    """The buttons that make sense in this state; `account` is the address of its public page, empty where unknown."""
    if post.is_accepted:
        return
    if post.state is PostState.UNCONFIRMED:
        _decide(post, account)
        return
    if post.reason_class == Reason.RESTORED and account:
        html(f'<div class="row">{link(f"Look at {post.channel_name}", account)}</div>')
    with st.container(horizontal=True, gap="small", key="calendar-post-acts"):
        post_next.draw(post, {
            "again": lambda: _do("Started. It goes out in a moment.", lambda: _in_tx(publishing.try_again, post.id)),
            "check": lambda: _do("It is being checked.", lambda: _in_tx(publishing.check_again, post.id)),
        })  # fmt: skip
        if post.state is PostState.PLANNED:
            _publish_now(post)
            _another_time(post, zone, now)
        if not publishing.is_locked(post):
            _cancel(post)


def _publish_now(post: publishing.PostOnScreen) -> None:
    with st.popover("Publish now", icon=":material/send:", key="calendar-post-now"):
        html(f"<p>Publish now on {esc(post.channel_name)}? This cannot be taken back.</p>")
        if st.button("Publish now", type="primary", icon=":material/send:", key="calendar-post-now-yes"):
            _do("Started. It goes out in a moment.", lambda: _in_tx(publishing.publish_now, post.id))


def _another_time(post: publishing.PostOnScreen, zone: str, now: datetime) -> None:
    local = wall_now(post.due_at, zone)
    with st.popover("Move", icon=":material/edit_calendar:", key="calendar-post-move"):
        with st.form("calendar-post-move-form", border=False):
            day = st.date_input(
                "Day", local.date(), min_value=min(local, wall_now(now, zone)).date(), key="calendar-post-day",
                format="YYYY-MM-DD",
            )  # fmt: skip
            clock = st.time_input("Time", local.time(), step=300, key="calendar-post-clock")
            wants = st.form_submit_button("Move", type="primary", key="calendar-post-move-yes")
        if wants and day and clock:
            _move(post, datetime.combine(day, clock), zone, now)


def _move(post: publishing.PostOnScreen, wall: datetime, zone: str, now: datetime) -> None:
    with notices(quiet_error=True):
        due_at = schedule.instant_of(wall, zone)
        told = f"“{post.title}” moved to {when(due_at, zone, now)}."
        with notices(told, undo=lambda: _move_in_tx(post.id, post.due_at), quiet_error=True):
            _move_in_tx(post.id, due_at)
    st.rerun()


def _cancel(post: publishing.PostOnScreen) -> None:
    with st.popover("Cancel post", icon=":material/block:", key="calendar-post-cancel"):
        html("<p>It will not go out. Its approval stays, so it can be scheduled again.</p>")
        if st.button("Cancel this post", icon=":material/block:", key="calendar-post-cancel-yes"):
            _do(f"“{post.title}” is cancelled.", lambda: _in_tx(publishing.cancel_post, post.id))


def _decide(post: publishing.PostOnScreen, account: str) -> None:
    """Nobody knows whether it is out: a person looks at the account and says so."""
    there = link("Look at the account", account) if account else ""
    html(f'<div class="row"><span class="h">Is it on {esc(post.channel_name)}?</span>{there}</div>')
    with st.form("calendar-post-there", border=False):
        address = st.text_input(
            "Its web address or id", key="calendar-post-address", placeholder="https://…", max_chars=500
        )
        is_there = st.form_submit_button("It is there", icon=":material/check:", key="calendar-post-there-yes")
    if is_there:
        _do_there(post, address)
    if post.reason_class != Reason.UNPROVEN:
        return  # still looked for, or processed there: it may yet appear
    with st.popover("It is not there: publish again", icon=":material/refresh:", key="calendar-post-absent"):
        html(f"<p>Publish again on {esc(post.channel_name)}? If it is there after all, it will be there twice.</p>")
        if st.button("Publish again", type="primary", key="calendar-post-absent-yes"):
            _do("Started. It goes out in a moment.", lambda: _in_tx(publishing.confirm_absent, post.id))


def _do_there(post: publishing.PostOnScreen, address: str) -> None:
    def confirm() -> str:
        state = publishing.confirm_there(doors.app(), doors.scope(), post.id, address)
        return "Noted as published." if state is PostState.PUBLISHED else "Noted. What is missing goes out in a moment."

    _do("", confirm)


def _do(done: str, act: Act) -> None:
    """Do it, tell how it went on the next run (in the act's own words where it has some), and draw everything anew."""
    with notices(done, quiet_error=True):
        try:
            told = act()
            if told:
                tell(told)
        except ProviderError as error:
            tell(f"The platform could not be asked: {error.sentence}", failed=True)
            st.rerun()
    st.rerun()


def _in_tx(act: Callable[..., None], post_id: UUID) -> None:
    with doors.app().tx(doors.scope()) as tx:
        act(tx, post_id)


def _move_in_tx(post_id: UUID, due_at: datetime) -> None:
    with doors.app().tx(doors.scope()) as tx:
        publishing.move_post(tx, post_id, due_at)
