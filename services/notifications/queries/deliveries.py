"""What leaves, one statement per function."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.notifications.models import Category, Severity, Via


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


def under_way(tx: Tx) -> int:
    """How many deliveries that this person may see have not ended."""
    return int(
        tx.value(
            "select count(*) from app.notice_deliveries where state in ('waiting', 'sending', 'retrying')",
            {},
        )
    )


def forget_old(tx: Tx, after: timedelta, limit: int) -> int:
    """Across organisations: deliveries that have ended, with their lines of the log."""
    return tx.run(
        "delete from app.notice_deliveries where id in (select id from app.notice_deliveries "
        "where created_at < %(now)s - %(after)s and state not in ('waiting', 'sending', 'retrying') "
        "order by created_at limit %(limit)s)",
        {"now": tx.now, "after": after, "limit": limit},
    )
