"""What came of each try, one statement per function. Nothing is changed or taken away."""

from datetime import timedelta

from services.kit.db import Tx
from services.notifications.models import LogLine
from services.notifications.queries.deliveries import Claimed


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
        "l.outcome, l.answer, (select max(q.due_at) from app.notice_queue q where q.delivery_id = l.delivery_id "
        "and q.held = 'quiet') as held_until "
        "from app.notice_log l left join app.notice_outlets o on o.id = l.outlet_id "
        "where (%(outcome)s = '' or l.outcome = %(outcome)s) and (%(via)s = '' or l.via = %(via)s) "
        "order by l.at desc, l.id desc limit %(limit)s",
        {"limit": limit, "outcome": outcome, "via": via},
        LogLine,
    )


def end_gone(tx: Tx, after: timedelta, limit: int) -> int:
    """Across organisations: what is under way for that long has lost its job, and would come too late to be of use."""
    return tx.run(
        "with gone as (select id from app.notice_deliveries where state in ('waiting', 'sending', 'retrying') "
        "and state_at < %(now)s - %(after)s limit %(limit)s for update skip locked), "
        "ended as (update app.notice_deliveries d set state = 'dropped', state_at = %(now)s from gone "
        "where d.id = gone.id returning d.id, d.org_id, d.user_id, d.outlet_id, d.via, d.what, d.attempts) "
        "insert into app.notice_log (id, org_id, delivery_id, user_id, outlet_id, via, what, attempt, outcome, answer, "
        "at) select gen_random_uuid(), org_id, id, user_id, outlet_id, via, what, attempts, 'dropped', "
        "'Its job was lost; by now it would be too late.', %(now)s from ended",
        {"now": tx.now, "after": after, "limit": limit},
    )
