"""Who is looking: sessions live on the server, the browser holds only a random id."""

from typing import Protocol
from uuid import UUID

from services.identity.audit import audit
from services.identity.errors import MemberGone, NoOrganisation
from services.identity.models import Caller, Organisation, Session, Viewer
from services.identity.queries import people, sessions
from services.identity.rules import SEEN_EVERY, normal_name
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.ids import token_hash


class Seated(Protocol):
    """Anybody whose person and organisation are known, such as a Viewer."""

    @property
    def user_id(self) -> UUID: ...

    @property
    def org_id(self) -> UUID: ...


def viewer(app: App, session_id: str | None) -> Viewer | None:
    """
    The person behind a session id, in the session's organisation; None when signed out, removed or expired.

    One short transaction; notes the use at most once a minute.
    """
    if not session_id or len(session_id) > 100:
        return None
    id_hash = token_hash(session_id)
    with app.admin_tx() as tx:
        seat = sessions.find_seat(tx, id_hash)
        if seat is None:
            return None
        if tx.now - seat.seen_at >= SEEN_EVERY:
            sessions.touch(tx, id_hash)
    return Viewer(**seat.model_dump(exclude={"seen_at"}))


def open_session(tx: Tx, user_id: UUID, caller: Caller, org_id: UUID | None = None) -> str:
    """
    Begin a session and return its id, which only the browser keeps; the one the browser had ends.

    Goes on as this person in their organisation: call it last in an `admin_tx`.

    :raises NoOrganisation: the person is a member nowhere
    """
    if org_id is None:
        homes = people.organisations_of(tx, user_id)
        if not homes:
            raise NoOrganisation()
        org_id = homes[0].id
    if caller.session_id:
        sessions.revoke(tx, token_hash(caller.session_id))
    session_id = tx.new_token()
    sessions.insert_session(tx, token_hash(session_id), user_id, org_id, caller.user_agent)
    sessions.forget_ended(tx)
    tx.act_as(Scope(org_id, user_id))
    audit(tx, "signed_in", "person", user_id)
    return session_id


def sign_out(app: App, session_id: str | None) -> None:
    """End this browser's session; an unknown one is fine."""
    person = viewer(app, session_id)
    if person is None or session_id is None:
        return
    with app.admin_tx() as tx:
        sessions.revoke(tx, token_hash(session_id))
        tx.act_as(Scope(person.org_id, person.user_id))
        audit(tx, "signed_out", "person", person.user_id)


def sign_out_everywhere(app: App, who: Seated) -> int:
    """End every session of a person; returns how many there were."""
    with app.admin_tx() as tx:
        ended = sessions.revoke_all(tx, who.user_id)
        tx.act_as(Scope(who.org_id, who.user_id))
        audit(tx, "signed_out_everywhere", "person", who.user_id, sessions=ended)
    return ended


def my_sessions(app: App, who: Seated, session_id: str | None) -> list[Session]:
    """The live sessions of a person, the latest used first; at most 50."""
    with app.admin_tx() as tx:
        return sessions.sessions(tx, who.user_id, token_hash(session_id or ""))


def my_organisations(app: App, who: Seated) -> list[Organisation]:
    with app.admin_tx() as tx:
        return people.organisations_of(tx, who.user_id)


def change_organisation(app: App, session_id: str, org_id: UUID) -> None:
    """
    Go on in another organisation of this person, in this browser.

    :raises MemberGone: signed out, or not a member there
    """
    person = viewer(app, session_id)
    with app.admin_tx() as tx:
        if person is None or org_id not in [one.id for one in people.organisations_of(tx, person.user_id)]:
            raise MemberGone("You are not a member there.")
        sessions.move(tx, token_hash(session_id), org_id)
        tx.act_as(Scope(org_id, person.user_id))
        audit(tx, "changed_organisation", "person", person.user_id)


def rename_me(app: App, who: Seated, name: str) -> None:
    """Change one's own name, in every organisation one belongs to. :raises NameWrong: empty or over 80 characters"""
    name = normal_name(name)
    with app.admin_tx() as tx:
        people.rename(tx, who.user_id, name)
        tx.act_as(Scope(who.org_id, who.user_id))
        audit(tx, "renamed", "person", who.user_id)
