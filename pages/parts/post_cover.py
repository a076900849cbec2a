"""What came of the cover that a platform is given once the post is out, and another try where it was refused."""

import streamlit as st

from pages.parts import doors
from pages.parts.markup import box, esc, html
from pages.parts.notices import notices
from services import publishing
from services.kit.redaction import redact


def draw(detail: publishing.PostDetail, *, may_try: bool) -> None:
    """Nothing where none was due, or all is well."""
    step = detail.cover
    if step is None or step.is_set:
        return
    said = f"Published; the cover could not be set: {redact(step.reason)}"
    with st.container(border=True, key=f"tint-cover-{detail.post.id}"):
        words = f'<span style="overflow-wrap:anywhere">{esc(said)}</span>'
        html(f'<div class="row">{box("warning", "orange", 18)}{words}</div>')
    if may_try and st.button("Try again", icon=":material/refresh:", key="calendar-post-cover"):
        with notices("The cover is being set.", quiet_error=True), doors.app().tx(doors.scope()) as tx:
            publishing.try_cover_again(tx, detail.post.id)
        st.rerun()
