"""Connecting with a token that a business made itself, instead of signing in."""

from uuid import UUID

import streamlit as st
from pydantic import SecretStr

from pages.parts import doors, session
from pages.parts.notices import notices
from services import accounts

_TURN: session.Slot[int] = session.Slot("channels", "token-turn", 0)


@st.dialog("Connect with a token", width="small", icon=":material/key:")
def connect(places: list[accounts.Connectable], brand_id: UUID) -> None:
    """Ask for the token; what it opens is asked at the platform before anything is stored."""
    st.markdown(
        "A system user of your Meta business can make a token with access to your Pages. It is asked what it opens, "
        "then forgotten: only the Page's own token is kept, sealed. It is never shown again."
    )
    names = {place.name: place for place in places}
    turn = session.get(_TURN)  # a new field each time: what was pasted leaves the session with the old one
    with st.form("channels-token-form", clear_on_submit=True, border=False):
        name = st.selectbox("Platform", list(names), key="channels-token-platform")
        text = st.text_input(
            "Token", type="password", key=f"channels-token-text-{turn}", autocomplete="off", max_chars=1_000
        )
        asked = st.form_submit_button("Connect", type="primary", icon=":material/link:", key="channels-token-go")
    if not asked:
        return
    session.put(_TURN, turn + 1)
    done = None
    with notices():
        place = names[name]
        done = accounts.connect_by_token(
            doors.app(), doors.scope(), brand_id, place.platform, SecretStr(text), is_practice=place.is_practice
        )
    if done is not None:
        came = "connected" if done.channel_id else "choose"
        st.query_params[came] = str(done.channel_id or 1)
        st.rerun()
