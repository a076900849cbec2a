"""Your account: name, password, where you are signed in, and your organisations."""

import streamlit as st

from pages.parts import account_forms, doors
from pages.parts.counts import counted
from pages.parts.look import card, card_head, header
from pages.parts.markup import chip, esc, html, icon
from pages.parts.notices import notices
from pages.parts.zones import ago
from services import api, identity


def page() -> None:
    person = doors.require()
    app = doors.app()
    sessions = identity.my_sessions(app, person, doors.session_id())
    homes = identity.my_organisations(app, person)
    st.html(account_forms.style())
    header("Your account", f"{person.email} · {person.role} in {person.org_name}")
    left, right = st.columns([1, 1], gap="small")
    with left:
        with card("account-name", gap="small"):
            card_head("Name")
            _name(person)
        with card("account-password", gap="small"):
            card_head("Password", "every other browser is signed out")
            _problem()
            st.html(account_forms.change_password(person.email))
    with right:
        with card("account-sessions", gap="small"):
            card_head("Signed in", counted(len(sessions), "browser"))
            html("".join(_session(one, ago(one.seen_at, app.clock.now())) for one in sessions))
            st.html(account_forms.sign_out_everywhere())
        if len(homes) > 1:
            with card("account-organisations", gap="small"):
                card_head("Organisations", "you go on in the one you choose")
                for home in homes:
                    is_here = home.id == person.org_id
                    st.html(account_forms.organisation(str(home.id), home.name, is_here=is_here))


def _name(person: identity.Viewer) -> None:
    with st.form("account-name-form", border=False):
        name = st.text_input("How others see you", person.display_name, max_chars=80, key="account-name-field")
        if st.form_submit_button("Save", key="account-name-save"):
            done = False
            with notices("Saved"):
                identity.rename_me(doors.app(), person, name)
                doors.forget_viewer()
                done = True
            if done:
                st.rerun()


def _problem() -> None:
    if problem := st.query_params.get("problem"):
        st.error(api.problem_sentence(problem), icon=":material/error:")
    elif st.query_params.get("told") == "password-changed":
        st.success("Your password is changed.", icon=":material/check_circle:")


def _session(session: identity.Session, seen: str) -> str:
    here = chip("This browser", "violet") if session.is_current else ""
    return (
        f'<div class="row" style="padding:6px 0">{icon("devices")}<span class="cut">{esc(_browser(session.user_agent))}'
        f'</span>{here}<span class="sp mut">{esc(seen)} ago</span></div>'
    )


def _browser(user_agent: str) -> str:
    """ "Firefox on Linux", as far as the browser's own description tells."""
    names = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Chrome/", "Chrome"), ("Firefox/", "Firefox"), ("Safari/", "Safari"))
    systems = ("iPhone", "iPad", "Android", "Windows", "Mac", "Linux")
    name = next((told for sign, told in names if sign in user_agent), "A browser")
    system = next((one for one in systems if one in user_agent), "")
    return f"{name} on {system}" if system else name
