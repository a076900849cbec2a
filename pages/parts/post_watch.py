"""Posts that change by themselves: the screen finds out and is drawn anew."""

from collections.abc import Sequence

import streamlit as st

from services import publishing
from services.kit.app import App
from services.kit.db import Scope

LOOKS_EVERY_SECONDS = 2


def watch(app: App, scope: Scope, drawn: Sequence[publishing.CalendarPost]) -> None:
    """
    Look again every two seconds while this is on screen; draw everything anew once a post stands otherwise.

    :param drawn: the posts as they were drawn: a later look to compare with would miss what changed in between
    """
    if not drawn:
        return
    stood = sorted((post.seen for post in drawn), key=lambda one: one.id)

    def look() -> None:
        with app.tx(scope) as tx:
            found = publishing.seen(tx, [one.id for one in stood])
        if found != stood:
            st.rerun()

    st.fragment(look, run_every=LOOKS_EVERY_SECONDS)()
