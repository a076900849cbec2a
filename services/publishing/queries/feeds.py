"""app.calendar_feeds."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx


class Feed(BaseModel):
    """An address that works; the address itself is kept nowhere."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    brand_id: UUID
    created_at: datetime


class FeedOwner(BaseModel):
    """As whom, and where, an address reads."""

    model_config = ConfigDict(frozen=True)

    org_id: UUID
    brand_id: UUID
    user_id: UUID


def insert(tx: Tx, feed_id: UUID, brand_id: UUID, hashed: str) -> None:
    tx.run(
        "insert into app.calendar_feeds (id, org_id, brand_id, user_id, token_hash, created_at) "
        "values (%(id)s, %(org)s, %(brand)s, %(user)s, %(hash)s, %(now)s)",
        {"id": feed_id, "org": tx.org_id, "brand": brand_id, "user": tx.user_id, "hash": hashed, "now": tx.now},
    )


def standing(tx: Tx, brand_id: UUID) -> list[Feed]:
    return tx.all(
        "select id, brand_id, created_at from app.calendar_feeds where brand_id = %(brand)s and user_id = %(user)s "
        "and revoked_at is null order by created_at desc, id desc",
        {"brand": brand_id, "user": tx.user_id},
        Feed,
    )


def revoke(tx: Tx, feed_id: UUID) -> int:
    return tx.run(
        "update app.calendar_feeds set revoked_at = coalesce(revoked_at, %(now)s) where id = %(id)s "
        "and user_id = %(user)s",
        {"id": feed_id, "now": tx.now, "user": tx.user_id},
    )


def owner_of(tx: Tx, hashed: str) -> FeedOwner | None:
    """Across organisations, before the scope is known."""
    return tx.one(
        "select org_id, brand_id, user_id from app.calendar_feeds where token_hash = %(hash)s and revoked_at is null",
        {"hash": hashed},
        FeedOwner,
    )
