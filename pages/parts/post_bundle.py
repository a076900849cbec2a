"""One click: everything about a post that support needs, without a secret."""

import streamlit as st

from services import publishing
from services.kit.app import App
from services.kit.db import Scope


def button(app: App, scope: Scope, post: publishing.PostOnScreen) -> None:
    """A download, made when it is pressed; for every post that was ever tried."""
    if post.started_at is None and post.state in (publishing.PostState.PLANNED, publishing.PostState.CANCELLED):
        return

    def made() -> bytes:
        with app.tx(scope) as tx:
            return publishing.failure_bundle(tx, post.id, app.settings)

    st.download_button(
        "Everything about this post", data=made, file_name=f"post-{post.id}.zip", mime="application/zip",
        icon=":material/folder_zip:", on_click="ignore", key="calendar-post-bundle", type="tertiary",
        help="What was approved, every try, the platform's answers and the history, as a ZIP file. It holds no token.",
    )  # fmt: skip
