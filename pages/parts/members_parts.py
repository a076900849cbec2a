"""Pieces of the Members screen: its dialogs, and the table of who may do what."""

import streamlit as st

from pages.parts import doors
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices, tell
from services import identity

_ROLE_WORDS = {
    identity.Role.ADMIN: "Admin: also channels, brands and members",
    identity.Role.EDITOR: "Editor: makes, approves and schedules",
    identity.Role.VIEWER: "Viewer: sees everything, changes nothing",
}
_LEFT = "text-align:left;font-weight:400;padding:6px 8px 6px 0;border-bottom:1px solid var(--ld-line2)"


@st.dialog("Invite somebody", on_dismiss="rerun", icon=":material/person_add:")
def invite() -> None:
    """Ask for e-mail and role, then show the link, once."""
    with st.form("members-invite-form", border=False):
        email = st.text_input("Work email", key="members-invite-email", max_chars=254)
        role = st.radio(
            "Role",
            identity.INVITABLE,
            index=1,
            format_func=lambda one: _ROLE_WORDS[one],
            key="members-invite-role",
        )
        asked = st.form_submit_button("Make the link", type="primary", key="members-invite-go")
    if asked:
        with notices():
            with doors.app().tx(doors.scope()) as tx:
                token = identity.invite(tx, email, role)
            _link_once("invite", token, f"Send it to {email.strip()}. It works for 7 days, once, for this e-mail only.")


@st.dialog("Password link", icon=":material/key:")
def password_link(member: identity.Member) -> None:
    """Make a link with which the member sets a new password, and show it, once."""
    st.markdown("The link lets its holder set a new password for this person. It works for 24 hours, once.")
    html(f'<b>{esc(member.display_name)}</b> <span class="mut">{esc(member.email)}</span>')
    if st.button("Make the link", type="primary", key="members-password-go"):
        with notices():
            token = identity.make_password_link(doors.app(), doors.scope(), member.user_id)
            _link_once("reset", token, "Give it to this person only, over a way you trust.")


@st.dialog("Remove from the organisation?", icon=":material/person_remove:")
def remove(member: identity.Member) -> None:
    """Ask once: this cannot be undone, only invited again."""
    html(
        f"<b>{esc(member.display_name)}</b> ({esc(member.email)}) loses access at once, in every browser. "
        "What they made stays."
    )
    if st.button("Remove", icon=":material/person_remove:", key="members-remove-go"):
        done = False
        with notices():
            identity.remove_member(doors.app(), doors.scope(), member.user_id)
            done = True
        if done:
            tell(f"{member.display_name} was removed.")
            st.rerun()


def matrix(mine: identity.Role) -> None:
    """The role matrix as a table; the reader's own column is marked."""
    roles = list(identity.Role)
    heads = "".join(
        f'<th scope="col" style="{_cell(role is mine)}"><b>{esc(role.value.capitalize())}</b></th>' for role in roles
    )
    lines = "".join(
        f'<tr><th scope="row" style="{_LEFT}">{esc(act.value)}</th>'
        + "".join(f'<td style="{_cell(role is mine)}">{_sign(role, act)}</td>' for role in roles)
        + "</tr>"
        for act in identity.Act
    )
    html(
        '<table style="width:100%;border-collapse:collapse;font-size:12.5px"><thead><tr><td></td>'
        f"{heads}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(is_mine: bool) -> str:
    ground = ";background:var(--ld-pri-bg)" if is_mine else ""
    return f"text-align:center;padding:6px 4px;border-bottom:1px solid var(--ld-line2);width:13%{ground}"


def _sign(role: identity.Role, act: identity.Act) -> str:
    allowed = identity.can(role, act)
    mark = icon("check", "green") if allowed else icon("remove", "gray")
    return f'<span role="img" aria-label="{"yes" if allowed else "no"}">{mark}</span>'


def _link_once(kind: str, token: str, sentence: str) -> None:
    st.code(f"{doors.app().settings.public_url}/?{kind}={token}", language=None, wrap_lines=True)
    html(f'<p class="mut">This link is shown once. {esc(sentence)}</p>')
