"""Once a day, what waits for each person: claimed by a sweep, told by a job."""

from datetime import datetime
from uuid import UUID

from services.approvals.policies import deciders, waiting
from services.approvals.rules import is_asked
from services.events import DigestDue
from services.kit.db import Scope, Tx

_FROM_HOUR = 8  # on the wall clock of the organisation's first brand


def queue_digests(tx: Tx) -> int:
    """For the clockwork: one job per organisation and day, once it is eight there and something waits."""
    rows = tx.tuples(
        "insert into app.review_digests (org_id, told_on) "
        "select o.id, (%(now)s at time zone b.time_zone)::date from app.organisations o "
        "cross join lateral (select time_zone from app.brands where org_id = o.id order by created_at, id limit 1) b "
        "where extract(hour from %(now)s at time zone b.time_zone) >= %(hour)s "
        "and exists (select from app.review_requests r where r.org_id = o.id and r.state = 'waiting') "
        "on conflict (org_id) do update set told_on = excluded.told_on "
        "where app.review_digests.told_on < excluded.told_on returning org_id, told_on",
        {"now": tx.now, "hour": _FROM_HOUR},
    )
    for org_id, told_on in rows:
        tx.act_as(Scope(org_id))
        tx.emit(DigestDue(told_on.isoformat()))
    return len(rows)


def digest(tx: Tx) -> dict[UUID, tuple[list[UUID], datetime]]:
    """For each person for whom something waits: the requests in the queue's order, and since when the oldest does."""
    everybody, lines = deciders(tx), waiting(tx)
    found = {}
    for person in everybody:
        own = [line for line in lines if is_asked(line, person, everybody)]
        if own:
            found[person] = ([line.id for line in own], min(line.asked_at for line in own))
    return found
