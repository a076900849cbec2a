"""The platforms' reviews of our app: how far each has come, what waits for it, and noting progress."""

from datetime import date

import streamlit as st

from pages.parts import doors
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, mark
from pages.parts.notices import notices
from pages.parts.tokens import CHANNELS
from pages.parts.zones import day
from services import accounts
from services.accounts import Review, ReviewState

_WORDS = {
    ReviewState.NOT_STARTED: ("Not applied", "gray", "radio_button_unchecked"),
    ReviewState.APPLIED: ("Applied", "blue", "hourglass_top"),
    ReviewState.GRANTED: ("Granted", "green", "verified"),
    ReviewState.REFUSED: ("Refused", "red", "block"),
}


def section(found: list[Review], today: date, *, may_note: bool) -> None:
    """One line per platform: its state, and what is impossible until it is granted."""
    granted = sum(review.state is ReviewState.GRANTED for review in found)
    with card("channels-reviews"):
        card_head("Platform reviews", f"{granted} of {len(found)} granted · practice channels need none")
        html("".join(_line(review, today) for review in found))
        if may_note and st.button("Note progress", icon=":material/edit_note:", key="channels-reviews-note"):
            note(found)


def _line(review: Review, today: date) -> str:
    need = accounts.NEEDS[review.platform]
    words, tone, symbol = _WORDS[review.state]
    since = f"{words} {day(review.applied_on, today)}" if review.applied_on else words
    is_granted = review.state is ReviewState.GRANTED
    told = review.note if is_granted else need.until
    name = esc(name_of(review.platform))
    return (
        f'<div class="row say">{mark(review.platform)}<div class="m" style="flex:1"><div class="row">'
        f'<span class="h">{name}</span><span class="sp">{chip(since, tone, symbol)}</span></div>'
        f'<div class="mut">{esc(told)}</div></div></div>'
    )


def name_of(platform: str) -> str:
    """What people call the platform."""
    return CHANNELS[platform].name if platform in CHANNELS else platform.capitalize()


@st.dialog("Platform review", position="right", width="small", icon=":material/verified:")
def note(found: list[Review]) -> None:
    """What a platform asks for, and how far it has come."""
    known = {review.platform: review for review in found}
    platform = st.selectbox("Platform", list(known), format_func=name_of, key="channels-review-platform")
    review, need = known[platform], accounts.NEEDS[platform]
    html(
        f"<p><b>It asks for</b><br>{esc(need.asks)}</p><p><b>It takes</b><br>{esc(need.takes)}</p>"
        f"<p><b>Until then</b><br>{esc(need.until)}</p>"
    )
    states = list(_WORDS)
    with st.form(f"channels-review-form-{platform}", border=False):
        state = st.selectbox(
            "State",
            states,
            index=states.index(review.state),
            format_func=lambda one: _WORDS[one][0],
            key=f"channels-review-state-{platform}",
        )
        applied_on = st.date_input("Applied on", value=review.applied_on, key=f"channels-review-day-{platform}")
        words = st.text_input("Note", review.note, max_chars=500, key=f"channels-review-note-{platform}")
        saved = st.form_submit_button("Save", type="primary", key=f"channels-review-save-{platform}")
    if saved:
        done = False
        with notices("Noted"):
            with doors.app().tx(doors.scope()) as tx:
                accounts.note_review(tx, platform, state, applied_on, words)
            done = True
        if done:
            st.rerun()
