"""Changing one's password, and an owner's link for somebody who forgot theirs."""

from uuid import UUID

from services.identity.audit import audit, demand
from services.identity.errors import LinkSpent, MemberElsewhere, MemberGone, PasswordWrong, WrongSignIn
from services.identity.models import Act, Caller, Viewer
from services.identity.queries import links, people, sessions
from services.identity.rules import PASSWORD_LINK_LASTS, check_password
from services.identity.sign_in import sign_in_limit
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import AppError
from services.kit.ids import token_hash


def make_password_link(app: App, scope: Scope, user_id: UUID) -> str:
    """
    Make a link with which a member sets a new password; returns its token, shown once. It works for 24 hours, once.

    :raises RoleTooLow; MemberGone
    :raises MemberElsewhere: they belong to another organisation too, whose rows this owner must not reach
    """
    with app.admin_tx() as tx:
        homes = [one.id for one in people.organisations_of(tx, user_id)]
        links.end_links(tx, user_id)
        token = tx.new_token()
        links.insert_link(tx, token_hash(token), "password_reset", tx.now + PASSWORD_LINK_LASTS, user_id)
        tx.act_as(scope)
        demand(tx, Act.RESET)
        if scope.org_id not in homes:
            raise MemberGone()
        if len(homes) > 1 and user_id != scope.user_id:
            raise MemberElsewhere()
        audit(tx, "password_link_made", "person", user_id)
    return token


def is_password_link_open(app: App, token: str) -> bool:
    with app.admin_tx() as tx:
        return links.find_link(tx, token_hash(token), "password_reset") is not None


def reset_password(app: App, token: str, password: str) -> None:
    """
    Set a new password with an owner's link, and end every session of the person.

    :raises LinkSpent: used or expired
    :raises PasswordTooWeak: the link goes on working
    """
    with app.admin_tx() as tx:
        link = links.claim_link(tx, token_hash(token), "password_reset")
        homes = people.organisations_of(tx, link.user_id) if link and link.user_id else []
    if link is None or link.user_id is None or not homes:
        raise LinkSpent()
    try:
        app.identity.set_password(link.user_id, password)
    except AppError:
        with app.admin_tx() as tx:
            links.release_link(tx, token_hash(token))
        raise
    _ended_by(app, Scope(homes[0].id, link.user_id), "password_reset", but="")


def change_password(app: App, who: Viewer, present: str, new: str, caller: Caller) -> None:
    """
    Change one's own password; every other session of the person ends.

    :raises PasswordWrong: the present one is not right
    :raises PasswordTooWeak, TooManyAttempts
    """
    check_password(new, who.email)
    try:
        with sign_in_limit(app, who.email, caller):
            app.identity.check(who.email, present)
    except WrongSignIn as error:
        raise PasswordWrong() from error
    app.identity.set_password(who.user_id, new)
    _ended_by(app, Scope(who.org_id, who.user_id), "password_changed", but=token_hash(caller.session_id or ""))


def _ended_by(app: App, scope: Scope, act: str, but: str) -> None:
    assert scope.user_id is not None
    with app.admin_tx() as tx:
        sessions.revoke_all(tx, scope.user_id, but=but)
        tx.act_as(scope)
        audit(tx, act, "person", scope.user_id)
