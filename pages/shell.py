"""The Streamlit main script: the sign-in gate, the navigation, and the screen that is open."""

from pathlib import Path

import streamlit as st

from pages.parts import bell, doors, gate, look, notices, paths
from pages.parts.empty import could_not
from pages.parts.screens import Screen, build, sections
from pages.parts.sitemap import SCREENS
from services import approvals, identity, notifications
from services.kit import log, tracing

HERE = Path(__file__).resolve().parent


def _title_of(name: str) -> str:
    return next((screen.title for screen in SCREENS if screen.name == name), "Loopdesk")


def _badges(person: identity.Viewer) -> tuple[dict[str, str], int]:
    """The counts behind the titles, and how many notifications are unread: one short read per run."""
    with doors.app().tx(doors.scope_of(person)) as tx:
        waiting, unread = approvals.count_waiting(tx), notifications.unread(tx)
    return ({"approvals": f":primary-badge[{waiting}]"} if waiting else {}), unread


def _account_menu(person: identity.Viewer) -> None:
    with st.sidebar.container(key="shell-user"):
        options = ["Your account", "Sign out"]
        choice = st.menu_button(
            person.display_name, options, icon=":material/account_circle:", width="stretch", key="shell-menu"
        )
    if choice == "Your account":
        paths.go("account")
    if choice == "Sign out":
        gate.sign_out()


def main() -> None:
    st.set_page_config(page_title="Loopdesk", page_icon=str(HERE / "static" / "icon.svg"), layout="wide")
    look.style()
    person = doors.viewer()
    badges, unread = _badges(person) if person else ({}, 0)
    screens: tuple[Screen, ...] = SCREENS
    pages = build(screens, person, badges)
    paths.register(pages)
    menu = sections(screens, pages)
    chosen = st.navigation(menu, position="sidebar" if person else "hidden", expanded=True)
    if person is None or gate.is_asked_for():
        gate.draw()
        return
    st.logo(HERE / "static" / "logo.svg", icon_image=HERE / "static" / "icon.svg", size="large")
    bell.draw(unread)
    _account_menu(person)
    told = st.container(key="shell-told")
    name = next((key for key, page in pages.items() if page == chosen), "home")
    st.set_page_config(page_title=f"{_title_of(name)} · Loopdesk")
    with log.about(org=person.org_id), tracing.span(f"screen {name}"):
        try:
            chosen.run()
        except Exception as error:  # noqa: BLE001  the last line of defence: a person sees an id, never a traceback
            could_not(
                f"{_title_of(name)} could not be shown.",
                "Something in Loopdesk is wrong and is in its log. Nothing is lost, and posts go out as planned.",
                log.report(error, screen=name),
                key="shell-defect",
            )
    notices.show_notices(told)


main()
