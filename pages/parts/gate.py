"""What somebody sees who is not signed in: sign-in, first set-up, an invitation, a new password."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.parts import gate_forms as forms
from pages.parts.base import sheet
from pages.parts.doors import app, forget_viewer, session_id
from pages.parts.markup import esc, icon
from services import api, brands, identity

_TOLD = {
    "signed-out": "You are signed out everywhere.",
    "password-set": "Your new password is set. Sign in with it.",
}
_LOOP = (
    "<h2>What competitors teach you on Monday, live by Friday.</h2>"
    '<img src="/app/static/art-loop.svg" alt="Evidence, brief, creative, approval, publish, results, learning">'
)
_STEPS = (
    "<h2>Three steps, then it runs.</h2><ol><li><b>Create the organisation</b>You become its owner.</li>"
    "<li><b>Connect a channel</b>Start with a practice channel: it behaves like the real one and posts nowhere.</li>"
    "<li><b>Bring in competitors</b>Import an export of the ad library, or load the sample workspace.</li></ol>"
)
_ASK = '<p class="foot">No account? Ask an owner of your organisation for an invitation.</p>'


def draw() -> None:
    """Draw the screen that the address asks for; sign-in where it asks for none."""
    query = st.query_params
    if "setup" in query:
        _set_up(query["setup"])
    elif "invite" in query:
        _invitation(query["invite"])
    elif "reset" in query:
        _reset(query["reset"])
    elif identity.is_set_up(app()):
        _sign_in()
    else:
        lead = "Open the set-up link that the start printed. A new start prints a new one."
        _frame("Loopdesk is not set up yet", lead, "", _STEPS)


def is_asked_for() -> bool:
    """Whether the address is a link for this screen, so that it is drawn for somebody signed in too."""
    return any(name in st.query_params for name in ("invite", "reset"))


def sign_out() -> None:
    """End the session of this browser; its next run draws the sign-in."""
    identity.sign_out(app(), session_id())
    forget_viewer()
    st.rerun()


def _sign_in() -> None:
    path = urlsplit(st.context.url or "/").path or "/"
    next_path = api.safe_next(f"{path}?{urlencode(st.query_params.to_dict())}")
    google = f"/auth/google?{urlencode({'next': next_path})}" if app().identity.has_google else ""
    _frame("Welcome back", "Sign in to Loopdesk.", forms.sign_in(next_path, google) + _ASK, _LOOP)


def _set_up(token: str) -> None:
    if identity.is_set_up_open(app(), token):
        kept = {name: st.query_params[name] for name in st.query_params}
        zone = st.context.timezone or "UTC"
        body = forms.set_up(token, kept, zone if zone in brands.time_zones() else "UTC")
        _frame("Set up Loopdesk", "This takes two minutes. You can change all of it later.", body, _STEPS)
    elif identity.is_set_up(app()):
        _spent(identity.AlreadySetUp().sentence)
    else:
        sentence = "It was made over 24 hours ago, or was not copied whole. A new start of Loopdesk prints a new one."
        _frame("This link does not work", sentence, "", _STEPS)


def _invitation(token: str) -> None:
    offer = identity.invited(app(), token)
    if offer is None:
        _spent(identity.LinkSpent().sentence)
        return
    lead = f"You join as {offer.role} with {offer.email}. If this e-mail has a sign-in here, give its password."
    body = forms.accept(token, offer, st.query_params.get("your_name", ""))
    _frame(f"Join {offer.org_name}", lead, body, _LOOP)


def _reset(token: str) -> None:
    if identity.is_password_link_open(app(), token):
        _frame("Set a new password", "You are then signed out everywhere else.", forms.reset(token), _LOOP)
    else:
        _spent(identity.LinkSpent().sentence)


def _spent(sentence: str) -> None:
    home = '<a class="go" href="/" target="_self">Go to sign-in</a>'
    _frame("This link does not work", sentence, home, _LOOP)


def _frame(title: str, lead: str, body_html: str, art_html: str) -> None:
    st.html(f"<style>{sheet('forms.css')}{sheet('gate.css')}</style>")
    st.html(
        '<div class="ld gate-page"><div class="gate"><div class="gate-form"><div class="fm">'
        '<img class="logo" src="/app/static/logo.svg" alt="Loopdesk">'
        f'<h1>{esc(title)}</h1><p class="lead">{esc(lead)}</p>{_notice()}{body_html}</div></div>'
        f'<div class="gate-art">{art_html}</div></div></div>'
    )


def _notice() -> str:
    """What the last form led to. The address carries a code only; anything else in it is never shown."""
    problem, told = st.query_params.get("problem"), _TOLD.get(st.query_params.get("told", ""))
    if problem:
        return f'<div class="told" role="alert">{icon("error")}<span>{esc(api.problem_sentence(problem))}</span></div>'
    return f'<div class="told good" role="status">{icon("check_circle")}<span>{esc(told)}</span></div>' if told else ""
