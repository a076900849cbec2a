"""From what was told to what leaves: who gets it where and when, and what is due now."""

from datetime import datetime, timedelta
from uuid import UUID

from services.events import NoticeDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.notifications.errors import OutletNotFound
from services.notifications.hours import Quiet, leaves_at
from services.notifications.models import Preferences, Severity, Via
from services.notifications.queries import deliveries, outlets, queue, wishes
from services.notifications.queries.queue import Telling

# The same matter leaves for the same target at most once an hour; what comes meanwhile raises its count.
REPEATED_AFTER = timedelta(hours=1)
_ORGS_AT_ONCE = 100


def plan(tx: Tx, telling_id: UUID, *, has_mail: bool) -> None:
    """Plan a telling's deliveries once, and send off what is due. Nothing happens the second time."""
    telling = queue.plan(tx, telling_id)
    if telling is None:
        return
    if has_mail:
        people = queue.people_told(tx, telling_id)
        known = wishes.preferences_of(tx, people)
        for person in people:
            due = _due_for(telling, known.get(person, Preferences()))
            if due is not None:
                queue.enqueue(tx, telling, due, REPEATED_AFTER, user=person)
    if telling.is_shared:
        for outlet in outlets.outlets(tx):
            rhythm = outlet.rhythm(telling.category)
            due = leaves_at(telling.told_at, rhythm, zone=outlet.zone, digest_at=outlet.digest_at)
            if due is not None and not outlet.is_paused:
                queue.enqueue(tx, telling, due, REPEATED_AFTER, outlet=outlet.id)
    send_off(tx)


def send_off(tx: Tx) -> int:
    """Open one delivery per target for everything that is due for it; returns how many."""
    queue.drop_settled(tx)
    count = 0
    for user_id, outlet_id, via in queue.due_targets(tx):
        delivery_id = deliveries.open_delivery(tx, user_id, outlet_id, via)
        queue.load_up(tx, delivery_id, user_id or outlet_id)
        tx.emit(NoticeDue(delivery_id))
        count += 1
    return count


def release_due(app: App) -> int:
    """For the clockwork: send off digests and what quiet hours held, in every organisation; returns how many."""
    count = 0
    with app.admin_tx() as tx:
        for org_id in queue.orgs_with_due(tx, _ORGS_AT_ONCE):
            tx.act_as(Scope(org_id))
            count += send_off(tx)
    return count


def send_test(tx: Tx, outlet_id: UUID | None = None) -> UUID:
    """
    Send one message now: to an outlet, or to one's own e-mail address. What came of it stands in the log.

    :raises OutletNotFound; RightLost: the outlet is not this person's to use
    """
    via = Via.EMAIL
    if outlet_id is not None:
        found = outlets.outlet(tx, outlet_id)
        if found is None:
            raise OutletNotFound()
        via = found.via
    delivery_id = deliveries.open_delivery(tx, None if outlet_id else tx.user_id, outlet_id, via, is_test=True)
    tx.emit(NoticeDue(delivery_id))
    return delivery_id


def _due_for(telling: Telling, wanted: Preferences) -> datetime | None:
    quiet = Quiet(wanted.quiet_from, wanted.quiet_to) if wanted.quiet_from and wanted.quiet_to else None
    return leaves_at(
        telling.told_at,
        wanted.rhythm(telling.category),
        zone=wanted.zone,
        digest_at=wanted.digest_at,
        quiet=quiet,
        breaks=wanted.urgent_breaks and telling.severity is Severity.URGENT,
    )
