"""private.one_time_links and app.invitations: only the hash of a link's token is stored."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from services.identity.models import Invitation, Invited, Role
from services.kit.db import Tx

Kind = Literal["set_up", "password_reset", "google"]


class Link(BaseModel):
    user_id: UUID | None
    secret: str | None


def insert_link(
    tx: Tx, token_hash: str, kind: Kind, expires_at: datetime, user_id: UUID | None = None, secret: str | None = None
) -> None:
    tx.run(
        "insert into private.one_time_links (token_hash, kind, user_id, secret, created_at, expires_at) "
        "values (%(hash)s, %(kind)s, %(user)s, %(secret)s, %(now)s, %(until)s)",
        {"hash": token_hash, "kind": kind, "user": user_id, "secret": secret, "now": tx.now, "until": expires_at},
    )


def find_link(tx: Tx, token_hash: str, kind: Kind) -> Link | None:
    return tx.one(
        "select user_id, secret from private.one_time_links where token_hash = %(hash)s and kind = %(kind)s "
        "and used_at is null and expires_at > %(now)s",
        {"hash": token_hash, "kind": kind, "now": tx.now},
        Link,
    )


def claim_link(tx: Tx, token_hash: str, kind: Kind) -> Link | None:
    """Use the link up. Of two at the same time one gets it; the other waits and gets None."""
    return tx.one(
        "update private.one_time_links set used_at = %(now)s where token_hash = %(hash)s and kind = %(kind)s "
        "and used_at is null and expires_at > %(now)s returning user_id, secret",
        {"hash": token_hash, "kind": kind, "now": tx.now},
        Link,
    )


def release_link(tx: Tx, token_hash: str) -> None:
    """What the link was used for did not happen: it works again until it expires."""
    tx.run("update private.one_time_links set used_at = null where token_hash = %(hash)s", {"hash": token_hash})


def end_links(tx: Tx, user_id: UUID) -> None:
    """A new password link replaces the person's older ones."""
    tx.run(
        "update private.one_time_links set used_at = %(now)s where user_id = %(user)s and used_at is null",
        {"user": user_id, "now": tx.now},
    )


def insert_invitation(tx: Tx, invitation_id: UUID, email: str, role: Role, token_hash: str, until: datetime) -> None:
    tx.run(
        "insert into app.invitations (id, org_id, email, role, token_hash, invited_by, created_at, expires_at) "
        "values (%(id)s, %(org)s, %(email)s, %(role)s, %(hash)s, %(by)s, %(now)s, %(until)s)",
        {
            "id": invitation_id,
            "org": tx.org_id,
            "email": email,
            "role": role,
            "hash": token_hash,
            "by": tx.user_id,
            "now": tx.now,
            "until": until,
        },
    )


def open_invitations(tx: Tx) -> list[Invitation]:
    return tx.all(
        "select id, email, role, created_at, expires_at from app.invitations "
        "where accepted_at is null and withdrawn_at is null and expires_at > %(now)s order by created_at desc, id",
        {"now": tx.now},
        Invitation,
    )


def withdraw_invitations(tx: Tx, *, invitation_id: UUID | None = None, email: str | None = None) -> int:
    """Open ones by id or by e-mail; returns how many were withdrawn."""
    return tx.run(
        "update app.invitations set withdrawn_at = %(now)s where accepted_at is null and withdrawn_at is null "
        "and (id = %(id)s or email = %(email)s)",
        {"now": tx.now, "id": invitation_id, "email": email},
    )


def find_invited(tx: Tx, token_hash: str) -> Invited | None:
    return tx.one(
        "select i.id, i.org_id, o.name as org_name, i.email, i.role from app.invitations i "
        "join app.organisations o on o.id = i.org_id where i.token_hash = %(hash)s "
        "and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > %(now)s",
        {"hash": token_hash, "now": tx.now},
        Invited,
    )


def claim_invitation(tx: Tx, invitation_id: UUID) -> bool:
    """Use it up. Of two at the same time one gets it."""
    return bool(
        tx.run(
            "update app.invitations set accepted_at = %(now)s where id = %(id)s and accepted_at is null "
            "and withdrawn_at is null and expires_at > %(now)s",
            {"id": invitation_id, "now": tx.now},
        )
    )
