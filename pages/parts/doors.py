"""What every screen asks first: the App, and who is looking."""

import time
from dataclasses import dataclass

import streamlit as st

from pages.parts import session
from services import identity, wiring
from services.kit.app import App
from services.kit.db import Scope

COOKIE = "ld_sid"
# A run asks many times who is looking; a session ended elsewhere shows after this at the latest.
REMEMBERED_SECONDS = 1.0


@dataclass(frozen=True)
class _Seen:
    person: identity.Viewer
    until: float


_SEEN: session.Slot[_Seen | None] = session.Slot("shell", "viewer", None)


def app() -> App:
    return wiring.current()


def viewer() -> identity.Viewer | None:
    """The signed-in person, looked up by the session cookie on every run; None when signed out."""
    seen = session.get(_SEEN)
    if seen and time.monotonic() < seen.until:
        return seen.person
    person = identity.viewer(app(), session_id())
    session.put(_SEEN, _Seen(person, time.monotonic() + REMEMBERED_SECONDS) if person else None)
    return person


def forget_viewer() -> None:
    """Look again: the person has just signed out or changed organisation or name."""
    session.pop(_SEEN)


def session_id() -> str | None:
    """What the browser sent as its session; proves nothing by itself, and stays the same until the page reloads."""
    found = st.context.cookies.get(COOKIE)
    return found if isinstance(found, str) else None


def require(act: identity.Act = identity.Act.LOOK) -> identity.Viewer:
    """The first line of every page: stops the run where nobody is signed in or the role does not allow `act`."""
    person = viewer()
    if person is None:
        st.stop()
    if not identity.can(person.role, act):
        st.error(identity.RoleTooLow().sentence)
        st.stop()
    return person


def scope() -> Scope:
    """The scope of this run's person."""
    return scope_of(require())


def scope_of(person: identity.Viewer) -> Scope:
    return Scope(person.org_id, person.user_id)
