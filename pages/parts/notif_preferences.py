"""How one person wants to be told: e-mail by category, quiet hours, and what is muted."""

from datetime import datetime

import streamlit as st

from pages.parts import doors
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices, tell
from pages.parts.notif_outlets import outlets_card, send_test
from pages.parts.notif_terms import terms_fields
from pages.parts.notif_words import CATEGORIES, RHYTHMS, muted_words
from services import brands, identity, notifications
from services.notifications import Category, Mute, Preferences, Rhythm


def preferences(person: identity.Viewer, zone: str) -> None:
    """Left what reaches this person, right what is muted and where the organisation's messages go."""
    with doors.app().tx(doors.scope_of(person)) as tx:
        kept, muted, found, now = (
            notifications.preferences(tx),
            notifications.mutes(tx),
            notifications.outlets(tx),
            tx.now,
        )
    left, right = st.columns([1.1, 1], gap="small")
    with left:
        _mail_card(person, kept or Preferences(zone=_reader_zone(zone)))
    with right:
        outlets_card(person, found, zone)
        _mutes_card(muted, zone, now)


def _reader_zone(otherwise: str) -> str:
    """What the browser says, where it is a zone we know."""
    told = st.context.timezone
    return told if told in brands.time_zones() else otherwise


def _mail_card(person: identity.Viewer, kept: Preferences) -> None:
    is_on = doors.app().mail is not None
    with card("notifications-mail", gap="small"):
        state = chip("On", "green", "check_circle") if is_on else chip("No mail server", "orange", "help")
        card_head("E-mail to you", person.email, right_html=state)
        if not is_on:
            html('<p class="mut">Nothing is mailed until an operator sets SMTP_URL and MAIL_FROM.</p>')
        wanted = _form(kept)
        if st.button("Send a test", icon=":material/send:", key="notifications-mail-test", disabled=not is_on):
            send_test(None)
    if wanted is not None:
        _save(wanted)


def _save(wanted: Preferences) -> None:
    done = False
    with notices():
        with doors.app().tx(doors.scope()) as tx:
            notifications.save_preferences(tx, wanted)
        done = True
    if done:
        tell("Saved. It holds from the next message on.")
        st.rerun()


def _form(kept: Preferences) -> Preferences | None:
    """What was saved in this run."""
    with st.form("notifications-preferences", border=False):
        grid = st.grid(2, min_column_width=230, gap="small")
        rhythms = {}
        for category in Category:
            with grid.cell():
                rhythms[category] = _rhythm(category, kept.rhythm(category))
        terms = terms_fields(kept, "notifications-{}", yours=True)
        if not st.form_submit_button("Save", type="primary", key="notifications-save"):
            return None
    return kept.model_copy(update={**terms, "rhythms": rhythms})


def _rhythm(category: Category, now: Rhythm) -> Rhythm:
    words, about = CATEGORIES[category]
    chosen = st.segmented_control(
        words, list(RHYTHMS), default=now, required=True, format_func=lambda one: RHYTHMS[one], help=about,
        key=f"notifications-mail-{category.value}",
    )  # fmt: skip
    return chosen or now


def _mutes_card(muted: list[Mute], zone: str, now: datetime) -> None:
    with card("notifications-mutes", gap="small"):
        card_head("Muted", f"{len(muted)} now" if muted else "nothing")
        if not muted:
            html('<p class="mut">Tick messages in the inbox and press Mute to hear no more of them.</p>')
        for mute in muted:
            what, until = muted_words(mute, zone, now)
            with st.container(horizontal=True, vertical_alignment="center", key=f"notifications-muted-{mute.id}"):
                html(f'<div class="m"><div class="h cut">{esc(what)}</div><div class="mut">{esc(until)}</div></div>')
                st.button("Unmute", type="tertiary", key=f"notifications-unmute-{mute.id}", on_click=_unmute,
                          args=(mute,))  # fmt: skip


def _unmute(mute: Mute) -> None:
    with doors.app().tx(doors.scope()) as tx:
        notifications.unmute(tx, mute.id)
    tell("What came meanwhile shows again.")
