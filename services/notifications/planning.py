"""From what was told to what leaves: who gets it where and when, and what is due now."""

from datetime import datetime, timedelta
from uuid import UUID

from services.events import NoticeDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.notifications.errors import OutletNotFound
from services.notifications.hours import leaves
from services.notifications.models import Preferences, Severity, Terms, Via
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
    people = queue.people_told(tx, telling_id) if has_mail else []
    known = wishes.preferences_of(tx, people)
    places = [one for one in outlets.outlets(tx) if not one.is_paused] if telling.is_shared else []
    before = queue.left_last(tx, telling.matter, [*people, *(one.id for one in places)])
    for person in people:
        _wait(tx, telling, known.get(person, Preferences()), before.get(person), user=person)
    for place in places:
        _wait(tx, telling, place, before.get(place.id), outlet=place.id)
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


def _wait(
    tx: Tx, telling: Telling, terms: Terms, before: datetime | None, *, user: UUID | None = None,
    outlet: UUID | None = None,
) -> None:  # fmt: skip
    """Until it leaves, at once or later; `before` is when the same left last."""
    found = leaves(
        telling.told_at,
        terms.rhythm(telling.category),
        terms,
        is_urgent=telling.severity is Severity.URGENT,
        not_before=before + REPEATED_AFTER if before else None,
    )
    if found is not None:
        due_at, held = found
        queue.enqueue(tx, telling, due_at, held, user=user, outlet=outlet)
