"""What waits to leave, one statement per function."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.notifications.models import Category, Held, Severity, Waiting


class Telling(BaseModel):
    """What was told at once to some people."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    category: Category
    severity: Severity
    matter: str
    title: str
    is_shared: bool
    told_at: datetime


def plan(tx: Tx, telling_id: UUID) -> Telling | None:
    """Take a telling to plan its deliveries; None where that is done."""
    return tx.one(
        "update app.notice_tellings set planned_at = %(now)s where id = %(id)s and planned_at is null "
        "returning id, category, severity, matter, title, is_shared, told_at",
        {"id": telling_id, "now": tx.now},
        Telling,
    )


def people_told(tx: Tx, telling_id: UUID) -> list[UUID]:
    """Who was told of it and has not muted it."""
    rows = tx.tuples(
        "select o.user_id from app.notice_occurrences o join app.notice_tellings t on t.id = o.telling_id "
        "where o.telling_id = %(id)s and exists (select from app.notifications n where n.org_id = o.org_id "
        "and n.user_id = o.user_id and n.matter = t.matter and n.read_at is null and not n.is_muted)",
        {"id": telling_id},
    )
    return [user_id for (user_id,) in rows]


def left_last(tx: Tx, matter: str, targets: list[UUID]) -> dict[UUID, datetime]:
    """When the same matter last left for each of these; who never got it is left out."""
    rows = tx.tuples(
        "select target, max(left_at) from app.notice_queue where org_id = %(org)s and target = any (%(targets)s) "
        "and matter = %(matter)s and left_at is not null group by target",
        {"org": tx.org_id, "targets": targets, "matter": matter},
    )
    return dict(rows)


def enqueue(
    tx: Tx, telling: Telling, due_at: datetime, held: Held, *, user: UUID | None = None, outlet: UUID | None = None
) -> None:
    """
    Join what waits for this target and matter, else wait. It leaves at the earlier of both times, with what was said
    last: jobs may run in another order.
    """
    tx.run(
        "insert into app.notice_queue as q (id, org_id, user_id, outlet_id, target, matter, telling_id, what, held, "
        "due_at) values (%(id)s, %(org)s, %(user)s, %(outlet)s, %(target)s, %(matter)s, %(telling)s, %(what)s, "
        "%(held)s, %(due)s) on conflict (org_id, target, matter) where delivery_id is null do update set "
        "count = q.count + 1, due_at = least(q.due_at, excluded.due_at), "
        "held = case when excluded.due_at < q.due_at then excluded.held else q.held end, "
        "(telling_id, what) = (select t.id, t.title from app.notice_tellings t "
        "where t.id in (q.telling_id, excluded.telling_id) "
        "order by t.told_at desc, t.id = excluded.telling_id desc limit 1)",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "user": user,
            "outlet": outlet,
            "target": user or outlet,
            "matter": telling.matter,
            "telling": telling.id,
            "what": telling.title,
            "held": held,
            "due": due_at,
        },
    )


def waiting(tx: Tx, limit: int, via: str = "") -> list[Waiting]:
    """What waits for the person, and for admins what waits for outlets; the next to leave first."""
    return tx.all(
        "select q.id, coalesce(o.via, 'email') as via, coalesce(o.name, '') as outlet, q.what, q.count, q.held, "
        "q.due_at from app.notice_queue q left join app.notice_outlets o on o.id = q.outlet_id "
        "where q.delivery_id is null and (%(via)s = '' or coalesce(o.via, 'email') = %(via)s) "
        "order by q.due_at, q.id limit %(limit)s",
        {"limit": limit, "via": via},
        Waiting,
    )


def drop_settled(tx: Tx) -> int:
    """What a person has read or muted meanwhile need not be sent to them any more."""
    return tx.run(
        "delete from app.notice_queue q where delivery_id is null and due_at <= %(now)s and user_id is not null "
        "and not exists (select from app.notifications n where n.org_id = q.org_id and n.user_id = q.user_id "
        "and n.matter = q.matter and n.read_at is null and not n.is_muted)",
        {"now": tx.now},
    )


def due_targets(tx: Tx) -> list[tuple[Any, ...]]:
    """Targets with something due, as user, outlet, way; what is due for them is held."""
    return tx.tuples(
        "with due as (select user_id, outlet_id from app.notice_queue where delivery_id is null "
        "and due_at <= %(now)s order by due_at for update skip locked) "
        "select distinct d.user_id, d.outlet_id, coalesce(o.via, 'email') from due d "
        "left join app.notice_outlets o on o.id = d.outlet_id",
        {"now": tx.now},
    )


def load_up(tx: Tx, delivery_id: UUID, target: UUID) -> int:
    """Put everything that is due for the target into this delivery."""
    return tx.run(
        "update app.notice_queue set delivery_id = %(delivery)s, left_at = %(now)s where delivery_id is null "
        "and target = %(target)s and due_at <= %(now)s",
        {"delivery": delivery_id, "target": target, "now": tx.now},
    )


def orgs_with_due(tx: Tx, limit: int) -> list[UUID]:
    """Across organisations: for the sweep."""
    rows = tx.tuples(
        "select distinct org_id from app.notice_queue where delivery_id is null and due_at <= %(now)s limit %(limit)s",
        {"now": tx.now, "limit": limit},
    )
    return [org_id for (org_id,) in rows]


def forget_old(tx: Tx, after: timedelta, limit: int) -> int:
    """Across organisations: tellings with their occurrences and what they carried. Inboxes and the log stay longer."""
    return tx.run(
        "delete from app.notice_tellings where id in (select id from app.notice_tellings "
        "where told_at < %(now)s - %(after)s order by told_at limit %(limit)s)",
        {"now": tx.now, "after": after, "limit": limit},
    )
