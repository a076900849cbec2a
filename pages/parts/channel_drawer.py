"""One channel in detail, taking it off, and choosing among the accounts of a sign-in."""

from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import channel_cards, doors
from pages.parts.channel_words import kind_words, lasting_at, scope_words, token_facts
from pages.parts.look import card_head
from pages.parts.markup import esc, html, mark
from pages.parts.notices import notices, plain
from pages.parts.zones import near
from services import accounts


@st.dialog("Channel", position="right", width="medium", icon=":material/cell_tower:")
def details(
    channel_id: UUID, account: str, zone: str, *, may_connect: bool, held_back: str | None = None, again_html: str = ""
) -> None:
    """Rights, dates and the acts: sign in again by `again_html` where that is due, check now, disconnect."""
    with notices(), doors.app().tx(doors.scope()) as tx:
        channel, now = accounts.channel(tx, channel_id), tx.now
        html(channel_cards.head(channel, now, account) + channel_cards.gauges(channel, zone, now))
        html(channel_cards.lines(channel, zone, now, held_back))
        card_head("Rights", "what was allowed at the sign-in")
        html(channel_cards.rights(channel))
        card_head("Facts")
        facts = {
            "Handle": f"@{channel.handle}" if channel.handle else account,
            "Account id": channel.remote_id,
            "Sign in again by": lasting_at(channel, zone, now),
            "Token": token_facts(channel, zone, now),
            "Kind of token": kind_words(channel),
            "Last worked": near(channel.last_success_at, zone, now) if channel.last_success_at else "never",
            "Last trouble": _trouble(channel, zone, now),
            "Quota": _quota(channel, zone, now),
            "Next check": near(channel.next_check_at, zone, now) if channel.is_connected else "none",
        }
        html(_pairs(facts))
    with st.container(horizontal=True, gap="small", key="channels-drawer-acts"):
        if again_html:
            html(again_html, width="content")
        if channel.is_connected and st.button(
            "Check now", icon=":material/network_check:", key="channels-drawer-check"
        ):
            with notices("Started. The card follows in a moment."):
                with doors.app().tx(doors.scope()) as tx:
                    accounts.request_check(tx, channel_id)
            st.rerun()
        if may_connect and channel.state is not accounts.ChannelState.DISCONNECTED:
            with st.popover("Disconnect", icon=":material/link_off:", key="channels-drawer-off"):
                _disconnect(channel)


def _disconnect(channel: accounts.Channel) -> None:
    html(
        f"<p>Disconnect {esc(channel.name)}? Its token is deleted here and withdrawn at the platform where that is "
        "possible. Posts planned on it wait until somebody reconnects it; what was published stays.</p>"
    )
    if st.button("Disconnect now", icon=":material/link_off:", key="channels-drawer-off-now"):
        with notices("Disconnected"):
            accounts.disconnect(doors.app(), doors.scope(), channel.id)
        st.rerun()


@st.dialog("Which account?", width="small", icon=":material/cell_tower:", on_dismiss="rerun")
def choose(choice: accounts.Choice) -> None:
    """The accounts that a sign-in offered: one becomes the channel, the others are forgotten."""
    lines = {line.remote_id: line for line in choice.lines}
    html(
        f'<div class="row">{mark(choice.platform, large=True, practice=choice.is_practice)}'
        "<span>You shared several. Connect one now; sign in again for another.</span></div>"
    )
    chosen = st.radio(
        "Account",
        list(lines),
        format_func=lambda remote_id: _words(lines[remote_id]),
        key="channels-choice",
        label_visibility="collapsed",
    )
    with st.container(horizontal=True, gap="small", key="channels-choice-acts"):
        if st.button("Connect", type="primary", icon=":material/link:", key="channels-choice-ok"):
            with notices("Connected"):
                accounts.choose(doors.app(), doors.scope(), choice.id, chosen)
            _close()
        if st.button("None of these", key="channels-choice-none"):
            accounts.drop_choice(doors.app(), doors.scope(), choice.id)
            _close()


def _close() -> None:
    if "choose" in st.query_params:
        del st.query_params["choose"]
    st.rerun()


def _words(line: accounts.ChoiceLine) -> str:
    name = f"{line.name} (@{line.handle})" if line.handle else line.name
    lacking = ", ".join(map(scope_words, line.missing))
    return plain(f"{name} · not allowed: {lacking}" if lacking else name)


def _trouble(channel: accounts.Channel, zone: str, now: datetime) -> str:
    if not channel.last_error or not channel.last_error_at:
        return "none"
    return f"{near(channel.last_error_at, zone, now)}: {channel.last_error}"


def _quota(channel: accounts.Channel, zone: str, now: datetime) -> str:
    if channel.quota_total is None or channel.quota_read_at is None:
        return "not told by the platform"
    return f"{channel.quota_used or 0} of {channel.quota_total} posts used, {near(channel.quota_read_at, zone, now)}"


def _pairs(facts: dict[str, str]) -> str:
    return "".join(
        f'<div class="row say"><span class="mut">{esc(name)}</span><span class="sp cut">{esc(value)}</span></div>'
        for name, value in facts.items()
    )
