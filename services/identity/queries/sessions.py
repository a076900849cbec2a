"""private.sessions: only the hash of a session's id is stored."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.identity.models import Role, Session
from services.identity.rules import SESSION_LASTS
from services.kit.db import Tx


class Seat(BaseModel):
    """A live session with its person and organisation."""

    user_id: UUID
    org_id: UUID
    org_name: str
    role: Role
    display_name: str
    email: str
    seen_at: datetime


def find_seat(tx: Tx, id_hash: str) -> Seat | None:
    """None where the session is unknown, revoked or expired, or the person is no longer a member there."""
    return tx.one(
        "select s.user_id, s.org_id, o.name as org_name, m.role, m.display_name, m.email, s.seen_at "
        "from private.sessions s join app.org_members m on m.user_id = s.user_id and m.org_id = s.org_id "
        "join app.organisations o on o.id = s.org_id "
        "where s.id_hash = %(hash)s and s.revoked_at is null and s.expires_at > %(now)s",
        {"hash": id_hash, "now": tx.now},
        Seat,
    )


def insert_session(tx: Tx, id_hash: str, user_id: UUID, org_id: UUID, user_agent: str) -> None:
    tx.run(
        "insert into private.sessions (id_hash, user_id, org_id, created_at, seen_at, expires_at, user_agent) "
        "values (%(hash)s, %(user)s, %(org)s, %(now)s, %(now)s, %(until)s, %(agent)s)",
        {
            "hash": id_hash,
            "user": user_id,
            "org": org_id,
            "now": tx.now,
            "until": tx.now + SESSION_LASTS,
            "agent": user_agent[:300],
        },
    )


def touch(tx: Tx, id_hash: str) -> None:
    """The session was used: it lasts on from now."""
    tx.run(
        "update private.sessions set seen_at = %(now)s, expires_at = %(until)s where id_hash = %(hash)s",
        {"hash": id_hash, "now": tx.now, "until": tx.now + SESSION_LASTS},
    )


def revoke(tx: Tx, id_hash: str) -> None:
    tx.run(
        "update private.sessions set revoked_at = %(now)s where id_hash = %(hash)s and revoked_at is null",
        {"hash": id_hash, "now": tx.now},
    )


def revoke_all(tx: Tx, user_id: UUID, but: str = "", org_id: UUID | None = None) -> int:
    """Every session of a person; `but` (a hash) stays, and with `org_id` only those of that organisation end."""
    return tx.run(
        "update private.sessions set revoked_at = %(now)s where user_id = %(user)s and revoked_at is null "
        "and id_hash <> %(but)s and (%(org)s::uuid is null or org_id = %(org)s)",
        {"user": user_id, "now": tx.now, "but": but, "org": org_id},
    )


def move(tx: Tx, id_hash: str, org_id: UUID) -> None:
    tx.run(
        "update private.sessions set org_id = %(org)s where id_hash = %(hash)s",
        {"hash": id_hash, "org": org_id},
    )


def sessions(tx: Tx, user_id: UUID, current_hash: str) -> list[Session]:
    return tx.all(
        "select o.name as org_name, s.created_at, s.seen_at, s.user_agent, s.id_hash = %(current)s as is_current "
        "from private.sessions s join app.organisations o on o.id = s.org_id where s.user_id = %(user)s "
        "and s.revoked_at is null and s.expires_at > %(now)s order by s.seen_at desc limit 50",
        {"user": user_id, "current": current_hash, "now": tx.now},
        Session,
    )


def forget_ended(tx: Tx) -> None:
    """Sessions that ended over 30 days ago are of no use to anybody."""
    tx.run("delete from private.sessions where expires_at < %(before)s", {"before": tx.now - SESSION_LASTS})
