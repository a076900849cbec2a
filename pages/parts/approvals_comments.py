"""What members say to each other about the ad at hand."""

import streamlit as st

from pages.parts import approvals_acts as acts
from pages.parts import session
from pages.parts.approvals_opened import Opened
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html
from pages.parts.zones import ago
from services import approvals


def comments_card(opened: Opened, *, writes: bool) -> None:
    """Everything said about the draft, the oldest first, and a field for who may write."""
    with card("approvals-comments", gap="small"):
        count = len(opened.comments)
        card_head("Comments", right_html=chip(str(count), "gray", "chat") if count else "")
        html(
            "".join(_line(one, opened) for one in opened.comments) or '<div class="mut">Nobody said anything yet.</div>'
        )
        if writes:
            _field(opened)


def _line(said: approvals.Comment, opened: Opened) -> str:
    version = f" · v{said.version_number}" if said.version_number else ""
    return (
        f'<div style="padding:6px 0"><div class="row"><b class="cut">{esc(said.written_by_name)}</b>'
        f'<span class="mut">{ago(said.written_at, opened.now)}{version}</span></div>'
        f'<div dir="auto" style="white-space:pre-wrap;overflow-wrap:anywhere">{_marked(said, opened)}</div></div>'
    )


def _marked(said: approvals.Comment, opened: Opened) -> str:
    """The words, with the names of who was told in bold."""
    text = esc(said.body)
    for name in {opened.names[one] for one in said.mentions if one in opened.names}:
        text = text.replace(f"@{esc(name)}", f"<b>@{esc(name)}</b>")
    return text


def _field(opened: Opened) -> None:
    slot: session.Slot[str] = session.Slot("approvals", f"say-{opened.item.draft_id}", "")
    others = [name for user_id, name in opened.names.items() if user_id != opened.me]
    hint = f"@{others[0]} tells {others[0]}" if others else "Only you are here so far"
    st.text_area("Comment", key=slot.key, max_chars=approvals.COMMENT_MAX, placeholder=hint, height=72,
                 label_visibility="collapsed")  # fmt: skip
    st.button("Comment", icon=":material/chat:", key=f"approvals-say-now-{opened.item.id}",
              on_click=acts.say, args=(opened.item.draft_id, opened.item.version_id, slot))  # fmt: skip
