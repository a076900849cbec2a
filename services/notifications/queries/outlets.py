"""Outlets of an organisation and their sealed addresses, one statement per function."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx, json_value
from services.notifications.models import Outlet


class Sealed(BaseModel):
    """The address and the signing key as stored."""

    model_config = ConfigDict(frozen=True)

    outlet_id: UUID
    sealed_address: str
    signing_key: str | None


def outlets(tx: Tx) -> list[Outlet]:
    return tx.all(
        "select id, via, name, host, rhythms, zone, digest_at, quiet_from, quiet_to, urgent_breaks, is_paused, "
        "last_error from app.notice_outlets where org_id = %(org)s and removed_at is null order by created_at, id",
        {"org": tx.org_id},
        Outlet,
    )


def outlet(tx: Tx, outlet_id: UUID) -> Outlet | None:
    return tx.one(
        "select id, via, name, host, rhythms, zone, digest_at, quiet_from, quiet_to, urgent_breaks, is_paused, "
        "last_error from app.notice_outlets where id = %(id)s and org_id = %(org)s and removed_at is null",
        {"id": outlet_id, "org": tx.org_id},
        Outlet,
    )


def add(tx: Tx, one: Outlet) -> None:
    tx.run(
        "insert into app.notice_outlets (id, org_id, via, name, host, rhythms, zone, digest_at, created_at, "
        "updated_at) values (%(id)s, %(org)s, %(via)s, %(name)s, %(host)s, %(rhythms)s, %(zone)s, %(digest_at)s, "
        "%(now)s, %(now)s)",
        _values(tx, one),
    )


def change(tx: Tx, one: Outlet) -> int:
    return tx.run(
        "update app.notice_outlets set name = %(name)s, rhythms = %(rhythms)s, zone = %(zone)s, "
        "digest_at = %(digest_at)s, quiet_from = %(quiet_from)s, quiet_to = %(quiet_to)s, "
        "urgent_breaks = %(urgent_breaks)s, is_paused = %(is_paused)s, updated_at = %(now)s "
        "where id = %(id)s and removed_at is null",
        _values(tx, one),
    )


def note(tx: Tx, outlet_id: UUID, error: str) -> None:
    """The last refusal, or nothing once a message arrived."""
    tx.run(
        "update app.notice_outlets set last_error = %(error)s where id = %(id)s and last_error <> %(error)s",
        {"id": outlet_id, "error": error},
    )


def remove(tx: Tx, outlet_id: UUID) -> int:
    """Its log stays."""
    return tx.run(
        "update app.notice_outlets set removed_at = %(now)s where id = %(id)s and removed_at is null",
        {"id": outlet_id, "now": tx.now},
    )


def drop_secret(tx: Tx, org_id: UUID, outlet_id: UUID) -> None:
    """Across organisations, so the organisation is named."""
    tx.run(
        "delete from private.notice_secrets where outlet_id = %(outlet)s and org_id = %(org)s",
        {"outlet": outlet_id, "org": org_id},
    )


def put_secret(tx: Tx, org_id: UUID, sealed: Sealed, key_id: str) -> None:
    """Across organisations: only `admin_tx` reaches this table."""
    tx.run(
        "insert into private.notice_secrets (outlet_id, org_id, sealed_address, signing_key, key_id) values "
        "(%(outlet)s, %(org)s, %(sealed_address)s, %(signing_key)s, %(key_id)s) on conflict (outlet_id) do update set "
        "sealed_address = excluded.sealed_address, signing_key = excluded.signing_key, key_id = excluded.key_id",
        {
            "outlet": sealed.outlet_id,
            "org": org_id,
            "sealed_address": sealed.sealed_address,
            "signing_key": sealed.signing_key,
            "key_id": key_id,
        },
    )


def secret(tx: Tx, outlet_id: UUID) -> Sealed | None:
    return tx.one(
        "select outlet_id, sealed_address, signing_key from private.notice_secrets where outlet_id = %(outlet)s",
        {"outlet": outlet_id},
        Sealed,
    )


def sealed_by(tx: Tx, key_ids: Sequence[str], limit: int) -> list[tuple[UUID, Sealed]]:
    """What older keys sealed, held until the transaction ends."""
    rows = tx.tuples(
        "select org_id, outlet_id, sealed_address, signing_key from private.notice_secrets "
        "where key_id = any (%(keys)s) order by outlet_id limit %(limit)s for update skip locked",
        {"keys": list(key_ids), "limit": limit},
    )
    return [(row[0], Sealed(outlet_id=row[1], sealed_address=row[2], signing_key=row[3])) for row in rows]


def _values(tx: Tx, one: Outlet) -> dict[str, object]:
    rhythms = {key.value: value.value for key, value in one.rhythms.items()}
    return {**one.model_dump(exclude={"rhythms"}), "rhythms": json_value(rhythms), "org": tx.org_id, "now": tx.now}
