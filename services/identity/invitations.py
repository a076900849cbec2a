"""Inviting people by link, and accepting."""

from uuid import UUID

from services.identity.audit import audit, demand
from services.identity.errors import AlreadyMember, EmailTaken, LinkSpent, OwnersOnly, WrongSignIn
from services.identity.models import Act, Caller, Invitation, Invited, Newcomer, Role
from services.identity.queries import links, people
from services.identity.rules import INVITABLE, INVITATION_LASTS, normal_email, normal_name
from services.identity.sessions import open_session
from services.identity.sign_in import sign_in_limit
from services.kit.app import App
from services.kit.db import Tx
from services.kit.ids import token_hash


def invite(tx: Tx, email: str, role: Role) -> str:
    """
    Invite somebody; returns the link's token, which is shown once. Replaces an open invitation of the same e-mail.

    :raises RoleTooLow, EmailWrong, AlreadyMember
    :raises OwnersOnly: nobody is invited as owner
    """
    demand(tx, Act.INVITE)
    if role not in INVITABLE:
        raise OwnersOnly("Invite them with another role, then make them owner.")
    email = normal_email(email)
    if email in [member.email for member in people.members(tx)]:
        raise AlreadyMember()
    links.withdraw_invitations(tx, email=email)
    token, invitation_id = tx.new_token(), tx.new_id()
    links.insert_invitation(tx, invitation_id, email, role, token_hash(token), tx.now + INVITATION_LASTS)
    audit(tx, "invited", "invitation", invitation_id, role=role)
    return token


def withdraw_invitation(tx: Tx, invitation_id: UUID) -> None:
    """:raises RoleTooLow; LinkSpent: it was accepted or withdrawn already"""
    demand(tx, Act.INVITE)
    if not links.withdraw_invitations(tx, invitation_id=invitation_id):
        raise LinkSpent("This invitation was accepted or withdrawn already.")
    audit(tx, "invitation_withdrawn", "invitation", invitation_id)


def invitations(tx: Tx) -> list[Invitation]:
    """Open invitations, newest first. :raises RoleTooLow"""
    demand(tx, Act.INVITE)
    return links.open_invitations(tx)


def invited(app: App, token: str) -> Invited | None:
    """What an invitation link offers; None where it no longer works."""
    with app.admin_tx() as tx:
        return links.find_invited(tx, token_hash(token))


def accept_invitation(app: App, token: str, name: str, password: str, caller: Caller) -> str:
    """
    Become a member and begin a session; returns its id.

    Somebody who has a sign-in already gives its password and stays the same person.

    :raises LinkSpent: used, withdrawn or expired
    :raises NameWrong, PasswordTooWeak, EmailTaken, TooManyAttempts
    """
    name = normal_name(name)
    offer = invited(app, token)
    if offer is None:
        raise LinkSpent()
    try:
        newcomer: Newcomer = app.identity.create(offer.email, password)
    except EmailTaken:
        return _join_as_known(app, offer, name, password, caller)
    try:
        with app.admin_tx() as tx:
            if not people.insert_person(tx, newcomer):
                raise EmailTaken()
            return _join(tx, offer, newcomer.user_id, name, caller)
    except BaseException:
        app.identity.discard(newcomer)
        raise


def _join_as_known(app: App, offer: Invited, name: str, password: str, caller: Caller) -> str:
    try:
        with sign_in_limit(app, offer.email, caller):
            person = app.identity.check(offer.email, password)
    except WrongSignIn as error:
        raise EmailTaken() from error
    with app.admin_tx() as tx:
        return _join(tx, offer, person.user_id, name, caller)


def _join(tx: Tx, offer: Invited, user_id: UUID, name: str, caller: Caller) -> str:
    if not links.claim_invitation(tx, offer.id):
        raise LinkSpent()
    if not people.insert_member(tx, user_id, offer.org_id, offer.role, name, offer.email):
        raise AlreadyMember("You are a member already. Sign in.")
    session_id = open_session(tx, user_id, caller, offer.org_id)
    audit(tx, "joined", "person", user_id, role=offer.role)
    return session_id
