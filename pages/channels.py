"""Channels: the accounts posts go to, how each of them is, and connecting them."""

from datetime import datetime

import streamlit as st

from pages.parts import channel_cards, channel_drawer, channel_reviews, channel_token, doors, pickers, session
from pages.parts.counts import counted
from pages.parts.empty import empty
from pages.parts.look import card, header
from pages.parts.markup import esc, html, icon, mark
from pages.parts.notices import notices, tell
from pages.parts.schedule_link import schedule_link
from services import accounts, brands, identity


def page() -> None:
    person = doors.require()
    app = doors.app()
    with app.tx(doors.scope_of(person)) as tx:
        all_brands = brands.brands(tx)
        everything = accounts.channels(tx)
        asked = accounts.reviews(tx)
        now = tx.now
    places = accounts.connectable(app.settings) if identity.can(person.role, identity.Act.CONNECT) else []
    top = header("Channels", _sub(everything, now))
    wanted = _wanted(everything)
    with top:
        brand = pickers.brand(all_brands, key="channels-brand")
        found = [channel for channel in everything if channel.brand_id == brand.id]
        usable = [channel for channel in found if channel.is_connected]
        if usable and identity.can(person.role, identity.Act.SCHEDULE):
            st.button(
                "Check all now", icon=":material/network_check:", key="channels-check", on_click=_check, args=(usable,)
            )
        if usable:
            schedule_link(person.role, "probe_accounts", key="channels", brand_id=brand.id)
        if places and found:
            with st.popover("Connect", type="primary", icon=":material/add:", key="channels-connect"):
                _places(places, brand)
    _outcome()
    for told in accounts.ending_versions(now.date()):
        html(f'<div class="told">{icon("warning", "orange")}<span>{esc(told)}</span></div>')
    if not found:
        _nothing_yet(places, brand)
        channel_reviews.section(asked, now.date(), may_note=bool(places))
        return
    grid = st.grid(3, min_column_width=310, gap="small")
    names = {place.platform: place.account for place in places}
    for channel in found:
        with grid.cell():
            _card(
                channel,
                brand,
                names.get(channel.platform, "Account"),
                now,
                may_connect=bool(places),
                held_back=accounts.held_back(channel, asked),
            )
    channel_reviews.section(asked, now.date(), may_note=bool(places))
    if wanted is not None:
        account, held_back = names.get(wanted.platform, "Account"), accounts.held_back(wanted, asked)
        _details(wanted, brand, account, now, may_connect=bool(places), held_back=held_back)


def _wanted(everything: list[accounts.Channel]) -> accounts.Channel | None:
    """The channel a message leads to, its brand on screen; once: closed, it does not open again."""
    channel = next((one for one in everything if str(one.id) == st.query_params.get("channel")), None)
    if channel is not None:
        del st.query_params["channel"]
        session.put(session.Slot("channels", "brand", ""), str(channel.brand_id))
    return channel


def _sub(channels: list[accounts.Channel], now: datetime) -> str:
    connected = sum(accounts.usable(channel, now) for channel in channels)
    waiting = sum(channel_cards.needs_person(channel, now) for channel in channels)
    needs = f" · {counted(waiting, 'needs', 'need')} you" if waiting else ""
    return f"{connected} connected{needs} · each is checked once a day"


def _card(
    channel: accounts.Channel,
    brand: brands.Brand,
    account: str,
    now: datetime,
    *,
    may_connect: bool,
    held_back: str | None,
) -> None:
    with card(f"channels-{channel.id}", height="stretch", gap="small"):
        html(
            channel_cards.head(channel, now, account)
            + channel_cards.gauges(channel, brand.time_zone, now)
            + channel_cards.lines(channel, brand.time_zone, now, held_back)
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"channels-do-{channel.id}"):
            if may_connect and not _is_fine(channel, now):
                html(_again(channel), width="content")
            if st.button("Details", icon=":material/tune:", type="tertiary", key=f"channels-details-{channel.id}"):
                _details(channel, brand, account, now, may_connect=may_connect, held_back=held_back)


def _details(
    channel: accounts.Channel,
    brand: brands.Brand,
    account: str,
    now: datetime,
    *,
    may_connect: bool,
    held_back: str | None,
) -> None:
    again_html = _again(channel) if may_connect and not _is_fine(channel, now) else ""
    channel_drawer.details(
        channel.id,
        account,
        brand.time_zone,
        may_connect=may_connect,
        held_back=held_back,
        again_html=again_html,
    )


def _is_fine(channel: accounts.Channel, now: datetime) -> bool:
    return accounts.usable(channel, now) and not channel.missing_scopes and not accounts.ends_soon(channel, now)


def _again(channel: accounts.Channel) -> str:
    """Sign in again, to the same account."""
    address = channel_cards.start_address(
        channel.brand_id, channel.platform, is_practice=channel.is_practice, channel_id=channel.id
    )
    words = "Reconnect" if not channel.is_connected else "Sign in again"
    is_urgent = channel.state is accounts.ChannelState.NEEDS_RECONNECT
    return channel_cards.leave_link(words, address, primary=is_urgent)


def _places(places: list[accounts.Connectable], brand: brands.Brand) -> None:
    links = [
        channel_cards.leave_link(
            place.name,
            channel_cards.start_address(brand.id, place.platform, is_practice=place.is_practice),
            mark_html=mark(place.platform, practice=place.is_practice),
        )
        for place in places
    ]
    html(f'<div class="links">{"".join(links)}</div>', width="content")
    by_token = [place for place in places if place.by_token]
    if by_token and st.button("With a token", icon=":material/key:", type="tertiary", key="channels-token"):
        channel_token.connect(by_token, brand.id)


def _nothing_yet(places: list[accounts.Connectable], brand: brands.Brand) -> None:
    sentence = "A channel is an account that approved ads are posted to. You sign in on the platform's own page."
    if not places:
        sentence = "An owner or admin connects the accounts that approved ads are posted to."
    with empty("No channels yet", sentence, key="channels"):
        if places:
            _places(places, brand)


def _check(channels: list[accounts.Channel]) -> None:
    with notices("Started. The cards follow in a moment.", quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            for channel in channels:
                accounts.request_check(tx, channel.id)


def _outcome() -> None:
    """What came of a sign-in: a code in the address, told once."""
    told = st.query_params
    if problem := told.get("problem"):
        st.error(accounts.sentence_for(problem) or "That did not work. Nothing was changed.", icon=":material/error:")
    elif "connected" in told:
        del told["connected"]
        tell("Connected")
    elif "choose" in told:
        choice = accounts.waiting_choice(doors.app(), doors.scope())
        if choice is not None:
            channel_drawer.choose(choice)
