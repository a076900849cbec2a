"""What waits to leave, what leaves, and what came of it; one statement per function."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.notifications.models import Category, LogLine, Severity, Via


class Telling(BaseModel):
    """What was told at once to some people."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    category: Category
    severity: Severity
    matter: str
    is_shared: bool
    told_at: datetime


class Claimed(BaseModel):
    """A delivery taken for a try; `was` is its state before."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    user_id: UUID | None
    outlet_id: UUID | None
    via: Via
    is_test: bool
    attempts: int
    was: str


class Item(BaseModel):
    """One matter that a delivery carries: what was said last, and how often it was said. `link` is a path of ours."""

    model_config = ConfigDict(frozen=True)

    category: Category
    severity: Severity
    title: str
    body: str
    link: str
    count: int
    told_at: datetime


def plan(tx: Tx, telling_id: UUID) -> Telling | None:
    """Take a telling to plan its deliveries; None where that is done."""
    return tx.one(
        "update app.notice_tellings set planned_at = %(now)s where id = %(id)s and planned_at is null "
        "returning id, category, severity, matter, is_shared, told_at",
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


def enqueue(
    tx: Tx, telling: Telling, due_at: datetime, gap: timedelta, *, user: UUID | None = None, outlet: UUID | None = None
) -> None:
    """Join what waits for this target and matter, else wait: until due, and `gap` after the same left last."""
    tx.run(
        "insert into app.notice_queue as q (id, org_id, user_id, outlet_id, target, matter, telling_id, due_at) "
        "select %(id)s, %(org)s, %(user)s, %(outlet)s, %(target)s, %(matter)s, %(telling)s, greatest(%(due)s, "
        "(select max(left_at) + %(gap)s from app.notice_queue where org_id = %(org)s and target = %(target)s "
        "and matter = %(matter)s and left_at is not null)) "
        "on conflict (org_id, target, matter) where delivery_id is null do update set count = q.count + 1, "
        "telling_id = excluded.telling_id, due_at = least(q.due_at, excluded.due_at)",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "user": user,
            "outlet": outlet,
            "target": user or outlet,
            "matter": telling.matter,
            "telling": telling.id,
            "due": due_at,
            "gap": gap,
        },
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


def open_delivery(tx: Tx, user: UUID | None, outlet: UUID | None, via: str, *, is_test: bool = False) -> UUID:
    delivery_id = tx.new_id()
    tx.run(
        "insert into app.notice_deliveries (id, org_id, user_id, outlet_id, via, is_test, created_at, state_at) "
        "values (%(id)s, %(org)s, %(user)s, %(outlet)s, %(via)s, %(is_test)s, %(now)s, %(now)s)",
        {
            "id": delivery_id,
            "org": tx.org_id,
            "user": user,
            "outlet": outlet,
            "via": via,
            "is_test": is_test,
            "now": tx.now,
        },
    )
    return delivery_id


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


def organisation(tx: Tx) -> str:
    """The name of the active organisation."""
    return str(tx.value("select name from app.organisations where id = %(org)s", {"org": tx.org_id}))


def claim(tx: Tx, delivery_id: UUID) -> Claimed | None:
    """Take a delivery for the next try; None where it has ended."""
    return tx.one(
        "with old as (select id, state from app.notice_deliveries where id = %(id)s "
        "and state in ('waiting', 'sending', 'retrying') for update) "
        "update app.notice_deliveries d set state = 'sending', state_at = %(now)s, attempts = d.attempts + 1 "
        "from old where d.id = old.id "
        "returning d.id, d.user_id, d.outlet_id, d.via, d.is_test, d.attempts, old.state as was",
        {"id": delivery_id, "now": tx.now},
        Claimed,
    )


def items(tx: Tx, delivery_id: UUID) -> list[Item]:
    """What a delivery carries: urgent first, then the latest."""
    return tx.all(
        "select t.category, t.severity, t.title, t.body, t.link, q.count, t.told_at from app.notice_queue q "
        "join app.notice_tellings t on t.id = q.telling_id where q.delivery_id = %(id)s "
        "order by array_position(array['urgent', 'warning', 'info'], t.severity), t.told_at desc, q.id",
        {"id": delivery_id},
        Item,
    )


def end(tx: Tx, delivery_id: UUID, state: str, what: str) -> None:
    tx.run(
        "update app.notice_deliveries set state = %(state)s, state_at = %(now)s, what = %(what)s where id = %(id)s",
        {"id": delivery_id, "state": state, "what": what, "now": tx.now},
    )


def log(tx: Tx, taken: Claimed, *, address: str, what: str, messages: int, outcome: str, answer: str) -> None:
    tx.run(
        "insert into app.notice_log (id, org_id, delivery_id, user_id, outlet_id, via, address, what, messages, "
        "attempt, outcome, answer, at) values (%(id)s, %(org)s, %(delivery)s, %(user)s, %(outlet)s, %(via)s, "
        "%(address)s, %(what)s, %(messages)s, %(attempt)s, %(outcome)s, %(answer)s, %(now)s)",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "delivery": taken.id,
            "user": taken.user_id,
            "outlet": taken.outlet_id,
            "via": taken.via,
            "address": address,
            "what": what,
            "messages": messages,
            "attempt": taken.attempts,
            "outcome": outcome,
            "answer": answer,
            "now": tx.now,
        },
    )


def log_lines(tx: Tx, limit: int, outcome: str = "", via: str = "") -> list[LogLine]:
    """The person's own tries, and for admins those of the outlets; the latest first."""
    return tx.all(
        "select l.id, l.at, l.via, coalesce(o.name, '') as outlet, l.address, l.what, l.messages, l.attempt, "
        "l.outcome, l.answer from app.notice_log l left join app.notice_outlets o on o.id = l.outlet_id "
        "where (%(outcome)s = '' or l.outcome = %(outcome)s) and (%(via)s = '' or l.via = %(via)s) "
        "order by l.at desc, l.id desc limit %(limit)s",
        {"limit": limit, "outcome": outcome, "via": via},
        LogLine,
    )


def under_way(tx: Tx) -> int:
    """How many deliveries that this person may see have not ended."""
    return int(
        tx.value(
            "select count(*) from app.notice_deliveries where state in ('waiting', 'sending', 'retrying')",
            {},
        )
    )
