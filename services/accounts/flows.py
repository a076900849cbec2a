"""Sign-ins under way, one statement per function. Only transactions of `admin_tx` reach them."""

from datetime import datetime
from uuid import UUID

from services.accounts.models import Flow
from services.kit.db import Tx


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
