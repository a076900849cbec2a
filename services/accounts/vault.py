"""The sealed tokens, one statement per function. Only transactions of `admin_tx` reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx

ACCESS, REFRESH = "access_token", "refresh_token"


class Sealed(BaseModel):
    """A token as stored. `updated_at`: when the platform gave it."""

    model_config = ConfigDict(frozen=True)

    org_id: UUID
    access_token: str
    refresh_token: str | None
    updated_at: datetime


class Kept(BaseModel):
    """What is stored of one channel."""

    model_config = ConfigDict(frozen=True)

    channel_id: UUID
    access_token: str
    refresh_token: str | None


@dataclass(frozen=True)
class Pair:
    """A token and its refresh token, sealed with the key `key_id`. `refresh` None: none was given."""

    key_id: str
    access: str
    refresh: str | None


def bound_to(channel_id: UUID, what: str = ACCESS) -> str:
    """What a channel's token is sealed for: it opens nowhere else, not even in the column beside it."""
    return f"channels/{channel_id}/{what}"


def sealed_token(tx: Tx, channel_id: UUID) -> Sealed | None:
    return tx.one(
        "select org_id, access_token, refresh_token, updated_at from private.channel_secrets where channel_id = %(id)s",
        {"id": channel_id},
        Sealed,
    )


def put_token(tx: Tx, channel_id: UUID, org_id: UUID, given: Pair, *, keep_refresh: bool = True) -> bool:
    """
    Store a sealed token; a renewal under way of the old one is void. Another organisation's row stays as it is.

    Where no refresh token was given the stored one stays, unless it is known to be dead (`keep_refresh` False).
    Returns whether there is one now.
    """
    kept = tx.value(
        "insert into private.channel_secrets (channel_id, org_id, access_token, refresh_token, key_id, updated_at) "
        "values (%(id)s, %(org)s, %(access)s, %(refresh)s, %(key)s, %(now)s) on conflict (channel_id) do update "
        "set access_token = excluded.access_token, key_id = excluded.key_id, leased_until = null, refresh_token = "
        "coalesce(excluded.refresh_token, case when %(keep)s then private.channel_secrets.refresh_token end), "
        "updated_at = excluded.updated_at where private.channel_secrets.org_id = excluded.org_id "
        "returning refresh_token is not null",
        {
            "id": channel_id,
            "org": org_id,
            "access": given.access,
            "refresh": given.refresh,
            "key": given.key_id,
            "keep": keep_refresh,
            "now": tx.now,
        },
    )
    return bool(kept)


def lease_token(
    tx: Tx, channel_id: UUID, org_id: UUID, *, until: datetime, given_before: datetime, seen: str
) -> Sealed | None:
    """
    Claim the renewal of a token for a while.

    None where somebody else holds it, where it is younger than that, or no longer the one that was `seen`.
    """
    return tx.one(
        "update private.channel_secrets set leased_until = %(until)s where channel_id = %(id)s and org_id = %(org)s "
        "and access_token = %(seen)s and updated_at <= %(before)s "
        "and (leased_until is null or leased_until <= %(now)s) "
        "returning org_id, access_token, refresh_token, updated_at",
        {"id": channel_id, "org": org_id, "until": until, "before": given_before, "seen": seen, "now": tx.now},
        Sealed,
    )


def replace_token(tx: Tx, channel_id: UUID, old: str, given: Pair) -> bool:
    """Store what a renewal brought, unless the token was replaced meanwhile; is it stored?"""
    changed = tx.run(
        "update private.channel_secrets set access_token = %(access)s, key_id = %(key)s, leased_until = null, "
        "refresh_token = coalesce(%(refresh)s, refresh_token), updated_at = %(now)s "
        "where channel_id = %(id)s and access_token = %(old)s",
        {
            "id": channel_id,
            "old": old,
            "access": given.access,
            "refresh": given.refresh,
            "key": given.key_id,
            "now": tx.now,
        },
    )
    return changed == 1


def claim_sealed_by(tx: Tx, key_ids: Sequence[str], limit: int) -> list[Kept]:
    """Secrets that one of these keys sealed, held until the transaction ends; not those under renewal."""
    return tx.all(
        "select channel_id, access_token, refresh_token from private.channel_secrets "
        "where (split_part(access_token, '.', 2) = any (%(keys)s) "
        "or split_part(refresh_token, '.', 2) = any (%(keys)s)) and (leased_until is null or leased_until <= %(now)s) "
        "order by updated_at limit %(limit)s for update skip locked",
        {"keys": list(key_ids), "limit": limit, "now": tx.now},
        Kept,
    )


def put_resealed(tx: Tx, channel_id: UUID, pair: Pair) -> None:
    """The same secrets under another seal, of a row that this transaction holds: their age stays."""
    tx.run(
        "update private.channel_secrets set access_token = %(access)s, refresh_token = %(refresh)s, key_id = %(key)s "
        "where channel_id = %(id)s",
        {"id": channel_id, "access": pair.access, "refresh": pair.refresh, "key": pair.key_id},
    )


def release_lease(tx: Tx, channel_id: UUID, old: str) -> None:
    tx.run(
        "update private.channel_secrets set leased_until = null where channel_id = %(id)s and access_token = %(old)s",
        {"id": channel_id, "old": old},
    )


def take_token(tx: Tx, channel_id: UUID, org_id: UUID) -> Sealed | None:
    """Delete what is stored of a channel and return it, to be withdrawn at the platform; None where nothing was."""
    return tx.one(
        "delete from private.channel_secrets where channel_id = %(id)s and org_id = %(org)s "
        "returning org_id, access_token, refresh_token, updated_at",
        {"id": channel_id, "org": org_id},
        Sealed,
    )
