"""The notifications table, one statement per function."""

from uuid import UUID

from services.kit.db import Tx
from services.notifications.models import Notice


def insert_for_members(
    tx: Tx, *, kind: str, tone: str, title: str, body: str, link: str, cause: str, only: list[UUID] | None
) -> int:
    """
    One row per member who can act on it: viewers are told only of what names them. Telling the same cause again
    changes nothing.
    """
    return tx.run(
        "insert into app.notifications (id, org_id, user_id, kind, tone, title, body, link, cause, created_at) "
        "select gen_random_uuid(), m.org_id, m.user_id, %(kind)s, %(tone)s, %(title)s, %(body)s, %(link)s, %(cause)s, "
        "%(now)s from app.org_members m where (%(only)s::uuid[] is null and m.role <> 'viewer' "
        "or m.user_id = any (%(only)s::uuid[])) on conflict (org_id, user_id, cause) do nothing",
        {
            "kind": kind,
            "tone": tone,
            "title": title,
            "body": body,
            "link": link,
            "cause": cause,
            "now": tx.now,
            "only": only,
        },
    )


def newest(tx: Tx, limit: int) -> list[Notice]:
    return tx.all(
        "select id, kind, tone, title, body, link, created_at, read_at from app.notifications "
        "where user_id = %(user)s order by created_at desc, id desc limit %(limit)s",
        {"user": tx.user_id, "limit": limit},
        Notice,
    )


def one(tx: Tx, notice_id: UUID) -> Notice | None:
    return tx.one(
        "select id, kind, tone, title, body, link, created_at, read_at from app.notifications "
        "where id = %(id)s and user_id = %(user)s",
        {"id": notice_id, "user": tx.user_id},
        Notice,
    )


def count_unread(tx: Tx) -> int:
    return int(
        tx.value(
            "select count(*) from app.notifications where user_id = %(user)s and read_at is null",
            {"user": tx.user_id},
        )
    )


def mark_read(tx: Tx, notice_ids: list[UUID] | None) -> int:
    return tx.run(
        "update app.notifications set read_at = %(now)s where user_id = %(user)s and read_at is null "
        "and (%(ids)s::uuid[] is null or id = any (%(ids)s::uuid[]))",
        {"now": tx.now, "user": tx.user_id, "ids": notice_ids},
    )
