"""Preferences and mutes, one statement per function."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx, json_value
from services.notifications.models import Mute, Preferences


class OfPerson(BaseModel):
    """What one person prefers."""

    model_config = ConfigDict(frozen=True)

    user_id: UUID
    preferences: Preferences


def preferences(tx: Tx) -> Preferences | None:
    return tx.one(
        "select zone, quiet_from, quiet_to, urgent_breaks, digest_at, rhythms from app.notice_preferences "
        "where user_id = %(user)s and org_id = %(org)s",
        {"user": tx.user_id, "org": tx.org_id},
        Preferences,
    )


def preferences_of(tx: Tx, people: Sequence[UUID]) -> dict[UUID, Preferences]:
    """For the worker; who saved none is left out."""
    found = tx.all(
        "select user_id, jsonb_build_object('zone', zone, 'quiet_from', quiet_from, 'quiet_to', quiet_to, "
        "'urgent_breaks', urgent_breaks, 'digest_at', digest_at, 'rhythms', rhythms) as preferences "
        "from app.notice_preferences where user_id = any (%(people)s)",
        {"people": list(people)},
        OfPerson,
    )
    return {one.user_id: one.preferences for one in found}


def save_preferences(tx: Tx, wanted: Preferences) -> None:
    tx.run(
        "insert into app.notice_preferences (org_id, user_id, zone, quiet_from, quiet_to, urgent_breaks, digest_at, "
        "rhythms, updated_at) values (%(org)s, %(user)s, %(zone)s, %(quiet_from)s, %(quiet_to)s, %(urgent_breaks)s, "
        "%(digest_at)s, %(rhythms)s, %(now)s) on conflict (org_id, user_id) do update set zone = excluded.zone, "
        "quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, urgent_breaks = excluded.urgent_breaks, "
        "digest_at = excluded.digest_at, rhythms = excluded.rhythms, updated_at = excluded.updated_at",
        {
            "org": tx.org_id,
            "user": tx.user_id,
            "zone": wanted.zone,
            "quiet_from": wanted.quiet_from,
            "quiet_to": wanted.quiet_to,
            "urgent_breaks": wanted.urgent_breaks,
            "digest_at": wanted.digest_at,
            "rhythms": json_value({key.value: value.value for key, value in wanted.rhythms.items()}),
            "now": tx.now,
        },
    )


def put_mute(tx: Tx, reach: str, what: str, label: str, until: datetime | None) -> None:
    tx.run(
        "insert into app.notice_mutes (id, org_id, user_id, reach, what, label, until, created_at) values "
        "(%(id)s, %(org)s, %(user)s, %(reach)s, %(what)s, %(label)s, %(until)s, %(now)s) "
        "on conflict (org_id, user_id, reach, what) do update set until = excluded.until, label = excluded.label",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "user": tx.user_id,
            "reach": reach,
            "what": what,
            "label": label,
            "until": until,
            "now": tx.now,
        },
    )


def mutes(tx: Tx) -> list[Mute]:
    """Those that silence something now."""
    return tx.all(
        "select id, reach, what, label, until from app.notice_mutes where user_id = %(user)s "
        "and (until is null or until > %(now)s) order by created_at desc, id",
        {"user": tx.user_id, "now": tx.now},
        Mute,
    )


def drop_mute(tx: Tx, mute_id: UUID) -> Mute | None:
    return tx.one(
        "delete from app.notice_mutes where id = %(id)s and user_id = %(user)s returning id, reach, what, label, until",
        {"id": mute_id, "user": tx.user_id},
        Mute,
    )


def forget_mutes(tx: Tx, limit: int) -> int:
    """Across organisations: those whose time is over."""
    return tx.run(
        "delete from app.notice_mutes where id in (select id from app.notice_mutes where until < %(now)s "
        "limit %(limit)s)",
        {"now": tx.now, "limit": limit},
    )
