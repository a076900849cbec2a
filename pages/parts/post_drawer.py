"""One post: how it stands, why, what to do next, exactly what was approved, and all that happened to it."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import calendar_place, doors, post_acts, post_bundle, post_cover
from pages.parts.look import card_head
from pages.parts.markup import box, chip, esc, html, icon, link, mark, practice_chip, state_chip
from pages.parts.post_watch import watch
from pages.parts.post_words import history_words, is_late, is_moving, lateness, why
from pages.parts.preview_of import draw_preview
from pages.parts.tokens import state_of
from pages.parts.zones import ago, when
from services import accounts, identity, media, publishing
from services.kit.errors import NotFound
from services.kit.redaction import redact
from services.kit.text import counted
from services.publishing import PostState


def _closed() -> None:
    calendar_place.open_post("")


@st.dialog("Post", position="right", width="medium", icon=":material/calendar_month:", on_dismiss=_closed)
def drawer(post_id: UUID, zone: str) -> None:
    """The drawer on the right; its address can be sent to a colleague."""
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    try:
        with app.tx(scope) as tx:
            detail, now = publishing.post_detail(tx, post_id), tx.now
            warning = publishing.warning_of(tx, detail.post)
    except NotFound as error:
        html(f'<p class="mut">{esc(error.sentence)}</p>')
        return
    post = detail.post
    _head(post, zone, now)
    _reason(post, now)
    post_cover.draw(detail, may_try=identity.can(person.role, identity.Act.SCHEDULE))
    if warning:
        html(f'<div class="told">{icon("warning", "orange")}<span>{esc(warning)}</span></div>')
    if identity.can(person.role, identity.Act.SCHEDULE):
        post_acts.draw(post, zone, now, _account(detail))
    _approved(detail, zone, now)
    _evidence(detail)
    _history(detail, zone, now)
    post_bundle.button(app, scope, post)
    watch(app, scope, [post] if is_moving(post, now) else [])


def _account(detail: publishing.PostDetail) -> str:
    """The account's public page on its platform; empty where it has none that we know."""
    post, target = detail.post, detail.content.target
    settings = doors.app().settings
    return accounts.account_address(settings, post.platform, target, post.channel_handle, is_practice=post.is_practice)


def _head(post: publishing.PostOnScreen, zone: str, now: datetime) -> None:
    late = lateness(post)
    late_html = chip(late, "orange", "schedule") if is_late(post) else f'<span class="mut">{esc(late)}</span>'
    handle = f' <span class="mut">@{esc(post.channel_handle)}</span>' if post.channel_handle else ""
    out = _out(post, zone, now) if post.state is PostState.PUBLISHED else ""
    html(
        f'<div class="h" dir="auto" style="font-size:17px;overflow-wrap:anywhere">{esc(post.title)}</div>'
        f'<div class="row" style="margin:8px 0;flex-wrap:wrap">{mark(post.platform, practice=post.is_practice)}'
        f"<span>{esc(post.channel_name)}{handle}</span>{practice_chip() if post.is_practice else ''}</div>"
        f'<div class="row" style="flex-wrap:wrap">{state_chip(post.shown_state.value)}'
        f"<span>{_planned_words(post)} {esc(when(post.due_at, zone, now, viewer=_reader_zone()))}</span>"
        f"{late_html if late else ''}</div>{out}"
    )


def _out(post: publishing.PostOnScreen, zone: str, now: datetime) -> str:
    at = when(post.published_at or post.due_at, zone, now)
    seen = link("See the post", post.permalink) if post.permalink else '<span class="mut">its address follows</span>'
    return f'<div class="row say">{icon("check_circle", "green")}<span>Out since {esc(at)}</span>{seen}</div>'


def _planned_words(post: publishing.PostOnScreen) -> str:
    return "Goes out" if post.state is PostState.PLANNED else "Planned for"


def _reader_zone() -> str:
    return st.context.timezone or ""


def _reason(post: publishing.PostOnScreen, now: datetime) -> None:
    """Only where something is not as planned: what happened, what it means, and when it goes on by itself."""
    said, meaning = redact(post.reason), why(post)
    if not said and not meaning:
        return
    state = state_of(post.shown_state.value)
    wakes = post.wake_at if post.wake_at and post.wake_at > now else None
    is_sought = post.state is PostState.UNCONFIRMED and not post.is_accepted
    next_look = f" We look again in {ago(wakes, now)}." if wakes and is_sought else ""
    goes_on = f" It goes on by itself in {ago(wakes, now)}." if wakes and not next_look else ""
    with st.container(border=True, key=f"tint-post-{post.id}"):
        html(
            f'<div class="row" style="align-items:flex-start">{box(state.symbol, state.tone, 18)}<div>'
            f"<b>{esc(meaning or state.label)}</b>"
            f'<div class="mut" style="overflow-wrap:anywhere">{esc(said)}{esc(next_look + goes_on)}</div></div></div>'
        )


def _approved(detail: publishing.PostDetail, zone: str, now: datetime) -> None:
    post, content = detail.post, detail.content
    sealed = chip(f"v{post.version_number} sealed {post.seal[:4]}", "", "lock")
    given = f"by {post.approved_by}, {when(post.approved_at, zone, now)}"
    card_head("What was approved", given, right_html=sealed)
    places = media.addresses(doors.app(), [item.file_key for item in content.files])
    draw_preview(content, post.channel_name, post.channel_handle, places, page="calendar")


def _evidence(detail: publishing.PostDetail) -> None:
    if not detail.evidence:
        return
    count = len(detail.evidence)
    card_head("Inspired by", "a competitor's ad" if count == 1 else f"{count} ads of competitors")
    html(
        "".join(
            f'<div class="row say">{mark(one.platform)}<span class="cut" dir="auto">{esc(one.advertiser)}: '
            f"{esc(one.title or one.body)}</span>"
            f'<span class="sp mut">{counted(one.days_running, "day") if one.days_running else ""}</span></div>'
            for one in detail.evidence
        )
    )


def _history(detail: publishing.PostDetail, zone: str, now: datetime) -> None:
    tries = len(detail.attempts)
    card_head("What happened", counted(tries, "try", "tries") if tries else "")
    html(
        "".join(
            f'<div class="row say">{icon(state_of(line.to_state).symbol, state_of(line.to_state).tone)}'
            f'<span style="overflow-wrap:anywhere">{esc(redact(history_words(line, zone, now)))}'
            f"{f' · {esc(line.actor)}' if line.actor else ''}</span>"
            f'<span class="sp mut num" style="flex:none">{esc(when(line.at, zone, now))}</span></div>'
            for line in detail.history
        )
    )
