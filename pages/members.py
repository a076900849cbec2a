"""Members: who is in the organisation, with which role, and who is invited."""

from datetime import datetime

import streamlit as st

from pages.parts import doors, members_parts
from pages.parts.counts import counted
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head, header
from pages.parts.markup import chip, esc, html, portrait
from pages.parts.notices import notices
from pages.parts.zones import ago
from services import identity

_REMOVE, _PASSWORD = "Remove from the organisation", "Make a password link"


def page() -> None:
    person = doors.require()
    manages = identity.can(person.role, identity.Act.INVITE)
    with doors.app().tx(doors.scope_of(person)) as tx:
        people = identity.members(tx)
        waiting = identity.invitations(tx) if manages else []
        now = tx.now
    note = f"{len(waiting)} invited" if waiting else ""
    count = counted(len(people), "member")
    with header("Members", " · ".join(filter(None, [person.org_name, count, note]))):
        csv_button("loopdesk-members", ["Name", "E-mail", "Role", "Joined"], lambda: _table(people), key="members-csv")
        if manages and st.button(
            "Invite", type="primary", icon=":material/person_add:", key="members-invite", shortcut="N"
        ):
            members_parts.invite()
    left, right = st.columns([1.1, 1], gap="small")
    with left:
        with card("members-people", gap="small"):
            card_head("People")
            for member in people:
                _member(member, person, now)
        if waiting:
            with card("members-invited", gap="small"):
                card_head("Invited", "a link works for 7 days, once")
                for invitation in waiting:
                    _invitation(invitation, now)
    with right, card("members-roles", gap="small"):
        card_head("Who may do what")
        members_parts.matrix(person.role)


def _member(member: identity.Member, person: identity.Viewer, now: datetime) -> None:
    is_me = member.user_id == person.user_id
    role = chip(str(member.role).capitalize(), "blue" if member.role is identity.Role.OWNER else "gray")
    you = f" {chip('You', 'violet')}" if is_me else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"members-row-{member.user_id}"):
        html(
            f'<div class="row">{portrait(member.display_name)}<div class="m" style="min-width:0">'
            f'<div class="h cut">{esc(member.display_name)}{you}</div><div class="mut cut">{esc(member.email)} · '
            f'joined {esc(ago(member.joined_at, now))} ago</div></div><span class="sp">{role}</span></div>',
        )
        options = _options(member, person)
        if not options:
            return
        chosen = st.menu_button(
            "Change", options, type="tertiary", icon=":material/more_horiz:", key=f"members-change-{member.user_id}"
        )
    if chosen:
        _do(chosen, member)


def _options(member: identity.Member, person: identity.Viewer) -> list[str]:
    """What this person may do to that member; the act decides again."""
    found = []
    if identity.may_change(person.role, member.role):
        roles = [role for role in identity.Role if role != member.role and identity.may_change(person.role, role)]
        found = [f"Make {role}" for role in roles]
    if identity.can(person.role, identity.Act.RESET):
        found.append(_PASSWORD)
    if identity.may_change(person.role, member.role):
        found.append(_REMOVE)
    return found


def _do(chosen: str, member: identity.Member) -> None:
    if chosen == _REMOVE:
        members_parts.remove(member)
    elif chosen == _PASSWORD:
        members_parts.password_link(member)
    else:
        _change_role(member, identity.Role(chosen.removeprefix("Make ")))


def _change_role(member: identity.Member, role: identity.Role) -> None:
    def give(which: identity.Role) -> None:
        with doors.app().tx(doors.scope()) as tx:
            identity.change_role(tx, member.user_id, which)

    done = False
    with notices(f"{member.display_name} is {role} now.", undo=lambda: give(member.role)):
        give(role)
        done = True
    if done:
        st.rerun()


def _invitation(invitation: identity.Invitation, now: datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"members-inv-{invitation.id}"):
        html(
            f'<div class="row"><div style="min-width:0"><div class="h cut">{esc(invitation.email)}</div>'
            f'<div class="mut cut">as {esc(invitation.role)} · ends in {esc(ago(invitation.expires_at, now))}</div>'
            "</div></div>"
        )
        if st.button("Withdraw", type="tertiary", key=f"members-withdraw-{invitation.id}"):
            done = False
            with notices(f"Invitation of {invitation.email} withdrawn"):
                with doors.app().tx(doors.scope()) as tx:
                    identity.withdraw_invitation(tx, invitation.id)
                done = True
            if done:
                st.rerun()


def _table(people: list[identity.Member]) -> list[tuple[object, ...]]:
    return [(one.display_name, one.email, one.role.value, one.joined_at) for one in people]
