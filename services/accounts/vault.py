"""The private tables: sealed tokens and sign-ins under way. Only transactions of `admin_tx` reach them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.accounts.models import Flow
from services.kit.db import Tx


class Sealed(BaseModel):
    """A token as stored. `updated_at`: when the platform gave it."""

    model_config = ConfigDict(frozen=True)

    org_id: UUID
    access_token: str
    updated_at: datetime


def bound_to(channel_id: UUID) -> str:
    """What a channel's token is sealed for: it opens nowhere else."""
    return f"channels/{channel_id}/access_token"


def sealed_token(tx: Tx, channel_id: UUID) -> Sealed | None:
    return tx.one(
        "select org_id, access_token, updated_at from private.channel_secrets where channel_id = %(id)s",
        {"id": channel_id},
        Sealed,
    )


def put_token(tx: Tx, channel_id: UUID, org_id: UUID, sealed: str, key_id: str) -> None:
    """Store a sealed token; a renewal under way of the old one is void. Another organisation's row stays as it is."""
    tx.run(
        "insert into private.channel_secrets (channel_id, org_id, access_token, key_id, updated_at) "
        "values (%(id)s, %(org)s, %(sealed)s, %(key)s, %(now)s) on conflict (channel_id) do update "
        "set access_token = excluded.access_token, key_id = excluded.key_id, leased_until = null, "
        "updated_at = excluded.updated_at where private.channel_secrets.org_id = excluded.org_id",
        {"id": channel_id, "org": org_id, "sealed": sealed, "key": key_id, "now": tx.now},
    )


def lease_token(tx: Tx, channel_id: UUID, org_id: UUID, *, until: datetime, given_before: datetime) -> Sealed | None:
    """Claim the renewal of a token for a while; None where somebody else holds it, or it is younger than that."""
    return tx.one(
        "update private.channel_secrets set leased_until = %(until)s where channel_id = %(id)s and org_id = %(org)s "
        "and updated_at <= %(before)s and (leased_until is null or leased_until <= %(now)s) "
        "returning org_id, access_token, updated_at",
        {"id": channel_id, "org": org_id, "until": until, "before": given_before, "now": tx.now},
        Sealed,
    )


def replace_token(tx: Tx, channel_id: UUID, old: str, sealed: str, key_id: str) -> bool:
    """Store what a renewal brought, unless the token was replaced meanwhile; is it stored?"""
    changed = tx.run(
        "update private.channel_secrets set access_token = %(sealed)s, key_id = %(key)s, leased_until = null, "
        "updated_at = %(now)s where channel_id = %(id)s and access_token = %(old)s",
        {"id": channel_id, "old": old, "sealed": sealed, "key": key_id, "now": tx.now},
    )
    return changed == 1


def release_lease(tx: Tx, channel_id: UUID, old: str) -> None:
    tx.run(
        "update private.channel_secrets set leased_until = null where channel_id = %(id)s and access_token = %(old)s",
        {"id": channel_id, "old": old},
    )


def delete_token(tx: Tx, channel_id: UUID, org_id: UUID) -> None:
    tx.run(
        "delete from private.channel_secrets where channel_id = %(id)s and org_id = %(org)s",
        {"id": channel_id, "org": org_id},
    )


def insert_flow(
    tx: Tx, flow: Flow, *, org_id: UUID, user_id: UUID, expires_at: datetime, forget_before: datetime
) -> None:
    """Note a sign-in that begins; the person's own old ones go."""
    tx.run(
        "delete from private.oauth_flows where user_id = %(user)s and expires_at < %(before)s",
        {"user": user_id, "before": forget_before},
    )
    tx.run(
        "insert into private.oauth_flows (state_hash, org_id, user_id, brand_id, platform, is_practice, channel_id, "
        "created_at, expires_at) values (%(state)s, %(org)s, %(user)s, %(brand)s, %(platform)s, %(practice)s, "
        "%(channel)s, %(now)s, %(expires)s)",
        {
            "state": flow.state_hash,
            "org": org_id,
            "user": user_id,
            "brand": flow.brand_id,
            "platform": flow.platform,
            "practice": flow.is_practice,
            "channel": flow.channel_id,
            "now": tx.now,
            "expires": expires_at,
        },
    )


def take_flow(tx: Tx, state_hash: str, platform: str, org_id: UUID, user_id: UUID) -> Flow | None:
    """Use up a sign-in, once; None where it is not this person's, used, over, or of another platform."""
    return tx.one(
        "update private.oauth_flows set used_at = %(now)s where state_hash = %(state)s and platform = %(platform)s "
        "and org_id = %(org)s and user_id = %(user)s and used_at is null and expires_at > %(now)s "
        "returning state_hash, brand_id, platform, is_practice, channel_id, offered",
        {"state": state_hash, "platform": platform, "org": org_id, "user": user_id, "now": tx.now},
        Flow,
    )


def put_offered(tx: Tx, state_hash: str, sealed: str, expires_at: datetime) -> None:
    tx.run(
        "update private.oauth_flows set offered = %(sealed)s, expires_at = %(expires)s where state_hash = %(state)s",
        {"state": state_hash, "sealed": sealed, "expires": expires_at},
    )


def waiting_flow(tx: Tx, org_id: UUID, user_id: UUID) -> Flow | None:
    """The person's newest sign-in that waits for a choice."""
    return tx.one(
        "select state_hash, brand_id, platform, is_practice, channel_id, offered from private.oauth_flows "
        "where org_id = %(org)s and user_id = %(user)s and offered is not null and expires_at > %(now)s "
        "order by created_at desc limit 1",
        {"org": org_id, "user": user_id, "now": tx.now},
        Flow,
    )


def take_offered(tx: Tx, state_hash: str, org_id: UUID, user_id: UUID) -> None:
    tx.run(
        "update private.oauth_flows set offered = null where state_hash = %(state)s and org_id = %(org)s "
        "and user_id = %(user)s",
        {"state": state_hash, "org": org_id, "user": user_id},
    )
