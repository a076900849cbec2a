"""Channels and reviews, one statement per function."""

from datetime import datetime
from uuid import UUID

from services.accounts.models import Channel, ChannelState, Flow, Health, Offer, Review, TokenDates
from services.kit.db import Tx


def channels(tx: Tx, brand_id: UUID | None) -> list[Channel]:
    return tx.all(
        "select id, org_id, brand_id, platform, is_practice, remote_id, name, handle, scopes, missing_scopes, state, "
        "state_reason, token_expires_at, last_success_at, last_error, last_error_at, quota_used, quota_total, "
        "quota_read_at, next_check_at, renews, sign_in_ends_at, token_kind from app.channels "
        "where %(brand)s::uuid is null or brand_id = %(brand)s order by is_practice, platform, name, id",
        {"brand": brand_id},
        Channel,
    )


def channel(tx: Tx, channel_id: UUID) -> Channel | None:
    return tx.one(
        "select id, org_id, brand_id, platform, is_practice, remote_id, name, handle, scopes, missing_scopes, state, "
        "state_reason, token_expires_at, last_success_at, last_error, last_error_at, quota_used, quota_total, "
        "quota_read_at, next_check_at, renews, sign_in_ends_at, token_kind from app.channels where id = %(id)s",
        {"id": channel_id},
        Channel,
    )


def channel_of(tx: Tx, platform: str, is_practice: bool, remote_id: str) -> Channel | None:
    """The channel of this account, whatever its state."""
    return tx.one(
        "select id, org_id, brand_id, platform, is_practice, remote_id, name, handle, scopes, missing_scopes, state, "
        "state_reason, token_expires_at, last_success_at, last_error, last_error_at, quota_used, quota_total, "
        "quota_read_at, next_check_at, renews, sign_in_ends_at, token_kind from app.channels "
        "where platform = %(platform)s and is_practice = %(practice)s and remote_id = %(remote)s",
        {"platform": platform, "practice": is_practice, "remote": remote_id},
        Channel,
    )


def brand_exists(tx: Tx, brand_id: UUID) -> bool:
    return tx.value("select 1 from app.brands where id = %(id)s", {"id": brand_id}) is not None


def put_connected(
    tx: Tx, channel_id: UUID, flow: Flow, offer: Offer, dates: TokenDates, next_check_at: datetime
) -> int:
    """A new channel, or the same account again: connected, with what the sign-in told. 0 where another one has it."""
    return tx.run(
        "insert into app.channels (id, org_id, brand_id, platform, is_practice, remote_id, name, handle, scopes, "
        "missing_scopes, state, token_expires_at, renew_at, renews, sign_in_ends_at, last_success_at, next_check_at, "
        "connected_by, created_at, updated_at) values (%(id)s, %(org)s, %(brand)s, %(platform)s, %(practice)s, "
        "%(remote)s, %(name)s, %(handle)s, %(scopes)s, %(missing)s, 'connected', %(expires)s, %(renew)s, %(renews)s, "
        "%(ends)s, %(now)s, %(check)s, %(user)s, %(now)s, %(now)s) "
        "on conflict (org_id, platform, is_practice, remote_id) do update set brand_id = excluded.brand_id, "
        "name = excluded.name, handle = excluded.handle, scopes = excluded.scopes, "
        "missing_scopes = excluded.missing_scopes, state = 'connected', state_reason = '', last_error = null, "
        "last_error_at = null, token_expires_at = excluded.token_expires_at, renew_at = excluded.renew_at, "
        "renews = excluded.renews, sign_in_ends_at = excluded.sign_in_ends_at, "
        "last_success_at = excluded.last_success_at, next_check_at = excluded.next_check_at, "
        "connected_by = excluded.connected_by, updated_at = excluded.updated_at where app.channels.id = excluded.id",
        {
            "id": channel_id,
            "org": tx.org_id,
            "brand": flow.brand_id,
            "platform": flow.platform,
            "practice": flow.is_practice,
            "remote": offer.remote_id,
            "name": offer.name[:200],
            "handle": offer.handle[:200],
            "scopes": list(offer.scopes),
            "missing": list(offer.missing),
            **dates.row(),
            "check": next_check_at,
            "user": tx.user_id,
            "now": tx.now,
        },
    )


def set_state(tx: Tx, channel_id: UUID, to: ChannelState, reason: str, unless: ChannelState) -> int:
    """Move to a state; 0 rows where the channel is gone, not visible, there already, or in `unless`."""
    return tx.run(
        "update app.channels set state = %(to)s, state_reason = %(reason)s, updated_at = %(now)s "
        "where id = %(id)s and state <> %(to)s and state <> %(unless)s",
        {"id": channel_id, "to": to, "reason": reason, "unless": unless, "now": tx.now},
    )


def set_success(tx: Tx, channel_id: UUID) -> None:
    tx.run(
        "update app.channels set last_success_at = %(now)s, last_error = null, last_error_at = null, "
        "updated_at = %(now)s where id = %(id)s",
        {"id": channel_id, "now": tx.now},
    )


def set_error(tx: Tx, channel_id: UUID, error: str) -> None:
    tx.run(
        "update app.channels set last_error = %(error)s, last_error_at = %(now)s, updated_at = %(now)s "
        "where id = %(id)s",
        {"id": channel_id, "error": error, "now": tx.now},
    )


def set_health(tx: Tx, channel_id: UUID, health: Health, scopes: tuple[str, ...], missing: tuple[str, ...]) -> None:
    """What a probe found. A quota that was not told leaves the old reading."""
    tx.run(
        "update app.channels set name = coalesce(nullif(%(name)s, ''), name), handle = %(handle)s, "
        "scopes = %(scopes)s, missing_scopes = %(missing)s, token_kind = %(kind)s, "
        "quota_used = coalesce(%(used)s, quota_used), quota_total = coalesce(%(total)s, quota_total), "
        "quota_read_at = case when %(total)s::int is null then quota_read_at else %(now)s end, "
        "last_success_at = %(now)s, last_error = null, last_error_at = null, updated_at = %(now)s where id = %(id)s",
        {
            "id": channel_id,
            "name": health.name[:200],
            "handle": health.handle[:200],
            "scopes": list(scopes),
            "missing": list(missing),
            "used": health.quota_used,
            "total": health.quota_total,
            "kind": health.kind[:40],
            "now": tx.now,
        },
    )


def set_token_dates(tx: Tx, channel_id: UUID, dates: TokenDates) -> None:
    tx.run(
        "update app.channels set token_expires_at = %(expires)s, renew_at = %(renew)s, renews = %(renews)s, "
        "sign_in_ends_at = %(ends)s, updated_at = %(now)s where id = %(id)s",
        {"id": channel_id, "now": tx.now, **dates.row()},
    )


def stop_renewing(tx: Tx, channel_id: UUID) -> None:
    """The platform does not renew this one; its next sign-in sets a date again."""
    tx.run("update app.channels set renew_at = null where id = %(id)s", {"id": channel_id})


def doubt_token(tx: Tx, channel_id: UUID) -> bool:
    """Count a renewable token as run out; False where it is not renewable, and nothing changed."""
    changed = tx.run(
        "update app.channels set token_expires_at = %(now)s, renew_at = %(now)s, updated_at = %(now)s "
        "where id = %(id)s and renews and state = 'connected'",
        {"id": channel_id, "now": tx.now},
    )
    return changed == 1


def claim_due_renewals(tx: Tx, next_at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Channels whose token is to be renewed, moved on to `next_at`: (organisation, channel). For sweeps."""
    rows = tx.tuples(
        "update app.channels set renew_at = %(next)s where id in (select id from app.channels "
        "where state = 'connected' and renew_at <= %(now)s order by renew_at limit %(limit)s "
        "for update skip locked) returning org_id, id",
        {"next": next_at, "now": tx.now, "limit": limit},
    )
    return [(org_id, channel_id) for org_id, channel_id in rows]


def claim_due_checks(tx: Tx, next_at: datetime, limit: int) -> list[tuple[UUID, UUID]]:
    """Channels whose check is due, moved on to `next_at`: (organisation, channel). For sweeps."""
    rows = tx.tuples(
        "update app.channels set next_check_at = %(next)s where id in (select id from app.channels "
        "where state = 'connected' and next_check_at <= %(now)s order by next_check_at limit %(limit)s "
        "for update skip locked) returning org_id, id",
        {"next": next_at, "now": tx.now, "limit": limit},
    )
    return [(org_id, channel_id) for org_id, channel_id in rows]


def reviews(tx: Tx) -> list[Review]:
    return tx.all("select platform, state, applied_on, note from app.platform_reviews", {}, Review)


def put_review(tx: Tx, review: Review) -> None:
    tx.run(
        "insert into app.platform_reviews (org_id, platform, state, applied_on, note, updated_by, updated_at) "
        "values (%(org)s, %(platform)s, %(state)s, %(applied)s, %(note)s, %(user)s, %(now)s) "
        "on conflict (org_id, platform) do update set state = excluded.state, applied_on = excluded.applied_on, "
        "note = excluded.note, updated_by = excluded.updated_by, updated_at = excluded.updated_at",
        {
            "org": tx.org_id,
            "platform": review.platform,
            "state": review.state,
            "applied": review.applied_on,
            "note": review.note,
            "user": tx.user_id,
            "now": tx.now,
        },
    )
