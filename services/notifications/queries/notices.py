"""The messages of people's inboxes, one statement per function."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.kit.db import Tx
from services.notifications.models import Category, Notice, Severity, Wanted


@dataclass(frozen=True)
class Said:
    """
    What is told. `cause` is the key of this occurrence, `matter` names object and cause; `only` None is everybody who
    can act on it. `is_shared`: the organisation's outlets may carry it.
    """

    kind: str
    tone: str
    category: Category
    severity: Severity
    title: str
    body: str
    link: str
    cause: str
    matter: str
    object: str
    only: list[UUID] | None
    is_shared: bool


def tell(tx: Tx, telling_id: UUID, said: Said) -> int:
    """
    One message per recipient who has not been told of this occurrence; an unread one of the same matter is raised.

    People are taken in order, so that two who tell at once cannot wait for each other. Viewers are told only of what
    names them. Returns how many people were told something new.
    """
    return tx.run(
        "with fresh as (insert into app.notice_occurrences (org_id, user_id, cause, telling_id) "
        "select m.org_id, m.user_id, %(cause)s, %(telling)s from app.org_members m "
        "where (%(only)s::uuid[] is null and m.role <> 'viewer' or m.user_id = any (%(only)s::uuid[])) "
        "and not exists (select from app.notifications n "
        "where n.org_id = m.org_id and n.user_id = m.user_id and n.cause = %(cause)s) "
        "order by m.user_id on conflict do nothing returning org_id, user_id), "
        "telling as (insert into app.notice_tellings "
        "(id, org_id, category, severity, matter, title, body, link, is_shared, told_at) "
        "select %(telling)s, %(org)s, %(category)s, %(severity)s, %(matter)s, %(title)s, %(body)s, %(link)s, "
        "%(is_shared)s, %(now)s where exists (select from fresh)) "
        "insert into app.notifications as n (id, org_id, user_id, kind, tone, category, severity, title, body, link, "
        "cause, matter, object, is_muted, created_at, told_at) "
        "select gen_random_uuid(), f.org_id, f.user_id, %(kind)s, %(tone)s, %(category)s, %(severity)s, %(title)s, "
        "%(body)s, %(link)s, %(cause)s, %(matter)s, %(object)s, exists (select from app.notice_mutes x "
        "where x.org_id = f.org_id and x.user_id = f.user_id and (x.until is null or x.until > %(now)s) and x.what = "
        "case x.reach when 'cause' then %(matter)s when 'object' then %(object)s else %(category)s end), "
        "%(now)s, %(now)s from fresh f order by f.user_id "
        "on conflict (org_id, user_id, matter) where read_at is null do update set count = n.count + 1, "
        "kind = excluded.kind, tone = excluded.tone, category = excluded.category, severity = excluded.severity, "
        "title = excluded.title, body = excluded.body, link = excluded.link, is_muted = excluded.is_muted, "
        "told_at = excluded.told_at",
        {**vars(said), "telling": telling_id, "org": tx.org_id, "now": tx.now},
    )


def listed(tx: Tx, wanted: Wanted, limit: int) -> list[Notice]:
    """The person's messages, the last told first."""
    before, last = wanted.before or (None, None)
    return tx.all(
        "select id, kind, tone, category, severity, title, body, link, coalesce(matter, cause) as matter, object, "
        "count, is_muted, created_at, told_at, read_at from app.notifications where user_id = %(user)s "
        "and (%(show)s = 'all' or %(show)s = 'muted' and is_muted or %(show)s = 'read' and read_at is not null "
        "or %(show)s = 'unread' and read_at is null and not is_muted) "
        "and (%(category)s::text is null or category = %(category)s) "
        "and (%(severity)s::text is null or severity = %(severity)s) "
        "and (%(text)s = '' or strpos(lower(title || ' ' || body), lower(%(text)s)) > 0) "
        "and (%(before)s::timestamptz is null or (told_at, id) < (%(before)s::timestamptz, %(last)s::uuid)) "
        "order by told_at desc, id desc limit %(limit)s",
        {
            "user": tx.user_id,
            "show": wanted.show,
            "category": wanted.category,
            "severity": wanted.severity,
            "text": wanted.text,
            "before": before,
            "last": last,
            "limit": limit,
        },
        Notice,
    )


def newest(tx: Tx, limit: int) -> list[Notice]:
    """As `listed`, without what is muted."""
    return tx.all(
        "select id, kind, tone, category, severity, title, body, link, coalesce(matter, cause) as matter, object, "
        "count, is_muted, created_at, told_at, read_at from app.notifications "
        "where user_id = %(user)s and not is_muted order by told_at desc, id desc limit %(limit)s",
        {"user": tx.user_id, "limit": limit},
        Notice,
    )


def one(tx: Tx, notice_id: UUID) -> Notice | None:
    return tx.one(
        "select id, kind, tone, category, severity, title, body, link, coalesce(matter, cause) as matter, object, "
        "count, is_muted, created_at, told_at, read_at from app.notifications "
        "where id = %(id)s and user_id = %(user)s",
        {"id": notice_id, "user": tx.user_id},
        Notice,
    )


def count_unread(tx: Tx) -> int:
    return int(
        tx.value(
            "select count(*) from app.notifications where user_id = %(user)s and read_at is null and not is_muted",
            {"user": tx.user_id},
        )
    )


def mark_read(tx: Tx, notice_ids: list[UUID] | None) -> list[UUID]:
    """All of the person's where none are named; returns which were unread."""
    rows = tx.tuples(
        "update app.notifications set read_at = %(now)s where user_id = %(user)s and read_at is null "
        "and (%(ids)s::uuid[] is null or id = any (%(ids)s::uuid[])) returning id",
        {"now": tx.now, "user": tx.user_id, "ids": notice_ids},
    )
    return [notice_id for (notice_id,) in rows]


def mark_unread(tx: Tx, notice_ids: list[UUID]) -> int:
    """Of different matters. Nothing happens to one where another of the same matter is unread."""
    return tx.run(
        "update app.notifications n set read_at = null where id = any (%(ids)s) and user_id = %(user)s "
        "and not exists (select from app.notifications x where x.org_id = n.org_id and x.user_id = n.user_id "
        "and x.matter = n.matter and x.read_at is null and x.id <> n.id)",
        {"ids": notice_ids, "user": tx.user_id},
    )


def set_muted(tx: Tx, reach: str, what: str, *, is_muted: bool) -> int:
    """Unread messages follow a mute that begins or ends."""
    return tx.run(
        "update app.notifications n set is_muted = %(is_muted)s where user_id = %(user)s and read_at is null "
        "and %(what)s = case %(reach)s when 'cause' then coalesce(matter, cause) when 'object' then object "
        "else category end and (%(is_muted)s or not exists (select from app.notice_mutes x "
        "where x.user_id = n.user_id and (x.until is null or x.until > %(now)s) and x.what = case x.reach "
        "when 'cause' then coalesce(n.matter, n.cause) when 'object' then n.object else n.category end))",
        {"reach": reach, "what": what, "user": tx.user_id, "is_muted": is_muted, "now": tx.now},
    )


def forget_old(tx: Tx, after: timedelta, limit: int) -> int:
    """Across organisations: messages that were last told so long ago, read or not."""
    return tx.run(
        "delete from app.notifications where id in (select id from app.notifications "
        "where told_at < %(now)s - %(after)s order by told_at limit %(limit)s)",
        {"now": tx.now, "after": after, "limit": limit},
    )
