"""One delivery: load, send, record. What fails here repeats nothing but this delivery."""

from dataclasses import dataclass
from uuid import UUID

from services import identity
from services.identity import Act
from services.kit.app import App
from services.kit.crypto import SealBroken
from services.kit.db import Scope, Tx
from services.kit.errors import Invalid, OutcomeUnknown, ProviderError, RateLimited, Unavailable
from services.kit.mail import mask
from services.kit.redaction import redact
from services.kit.text import clip, one_line
from services.notifications.carrier import ITEMS_MOST, Door, Line, Message, Target
from services.notifications.errors import OutletNotFound
from services.notifications.models import Category, Outlet, Severity
from services.notifications.outlets import opened
from services.notifications.queries import deliveries, log, outlets
from services.notifications.queries.deliveries import Claimed, Item
from services.notifications.registry import carrier
from services.notifications.telling import tell

# Below the queue's own eight: the job of a message that never arrives ends well, for nothing is told about it twice.
TRIES_MOST = 7
_ENDS = {"sent": "sent", "again": "retrying", "refused": "refused", "unknown": "unknown", "dropped": "dropped"}


@dataclass(frozen=True)
class _Parcel:
    """A delivery taken for this try. `address` is masked; `email` is empty where an outlet gets it."""

    taken: Claimed
    message: Message
    messages: int
    outlet: Outlet | None
    email: str
    address: str


def send(app: App, scope: Scope, delivery_id: UUID) -> None:
    """
    Try once; nothing happens where it has ended.

    :raises Unavailable, RateLimited: not now; the queue tries again
    """
    with app.tx(scope) as tx:
        taken = deliveries.claim(tx, delivery_id)
        parcel = _packed(tx, taken, app.settings.public_url) if taken else None
    if parcel is None:
        return
    again: ProviderError | None = None
    try:
        outcome, answer = _tried(app, parcel)
    except (Unavailable, RateLimited) as error:
        again = error if parcel.taken.attempts < TRIES_MOST else None
        outcome, answer = ("again" if again else "refused"), error.sentence
    with app.tx(scope) as tx:
        _record(tx, parcel, outcome, answer)
    if again is not None:
        raise again


def _packed(tx: Tx, taken: Claimed, base: str) -> _Parcel | None:
    """None, and recorded, where there is nobody or nothing to send to any more."""
    outlet = outlets.outlet(tx, taken.outlet_id) if taken.outlet_id else None
    emails = {one.user_id: one.email for one in identity.members(tx)}
    email = emails.get(taken.user_id, "") if taken.user_id else ""
    found = [_test(tx)] if taken.is_test else deliveries.items(tx, taken.id)
    name = deliveries.organisation(tx)
    message = Message(
        id=taken.id, org_id=tx.org_id, organisation=name, subject=_subject(found, name), inbox=f"{base}/notifications",
        lines=tuple(_line(item, base) for item in found[:ITEMS_MOST]), left_out=max(0, len(found) - ITEMS_MOST),
        is_test=taken.is_test,
    )  # fmt: skip
    parcel = _Parcel(taken, message, len(found), outlet, email, outlet.host if outlet else mask(email))
    is_stopped = outlet is not None and outlet.is_paused and not taken.is_test
    if not found or is_stopped or (outlet is None and not email):
        _record(tx, parcel, "dropped", "There is nobody to send it to any more.")
        return None
    if taken.was == "sending" and not carrier(taken.via).is_repeatable:
        _record(tx, parcel, "unknown", "The try before broke off; it may have arrived.")
        return None
    return parcel


def _tried(app: App, parcel: _Parcel) -> tuple[str, str]:
    """Outcome and answer. :raises Unavailable, RateLimited: not now"""
    way = carrier(parcel.taken.via)
    door = Door(app.http, app.look_up, app.mail, app.clock.now())
    try:
        target = Target(parcel.email) if parcel.outlet is None else Target(*opened(app, parcel.outlet.id))
        return "sent", way.send(parcel.message, target, door)
    except OutcomeUnknown as error:
        if way.is_repeatable:
            raise Unavailable(error.sentence) from error
        return "unknown", error.sentence
    except (Unavailable, RateLimited):
        raise
    except (ProviderError, Invalid, SealBroken, OutletNotFound) as error:
        return "refused", error.sentence


def _record(tx: Tx, parcel: _Parcel, outcome: str, answer: str) -> None:
    taken, told = parcel.taken, clip(redact(one_line(answer)), 300)
    log.log(
        tx, taken, address=parcel.address, what=parcel.message.subject, messages=parcel.messages, outcome=outcome,
        answer=told,
    )  # fmt: skip
    deliveries.end(tx, taken.id, _ENDS[outcome], parcel.message.subject)
    if parcel.outlet is not None and outcome in ("sent", "refused"):
        outlets.note(tx, parcel.outlet.id, "" if outcome == "sent" else told)
    if outcome in ("refused", "unknown") and not taken.is_test:
        _tell_failing(tx, parcel, told)


def _tell_failing(tx: Tx, parcel: _Parcel, told: str) -> None:
    """In the inbox only: news about deliveries are never delivered."""
    one, person = parcel.outlet, parcel.taken.user_id
    admins = [m.user_id for m in identity.members(tx) if identity.can(m.role, Act.CONNECT)]
    tell(
        tx,
        kind="outlet",
        tone="orange",
        category=Category.ORGANISATION,
        severity=Severity.WARNING,
        title=f"“{one.name}” took no message" if one else "E-mail could not be delivered to you",
        body=f"{told} Put its address right under Preferences, then send a test." if one else told,
        link="/notifications?tab=log",
        cause=f"outlet/{one.id if one else person}/refused",
        occurrence=str(parcel.taken.id),
        only=[person] if person else admins,
        leaves=False,
    )


def _test(tx: Tx) -> Item:
    return Item(
        category=Category.ORGANISATION, severity=Severity.INFO, title="This is a test from Loopdesk",
        body="If you read this, messages arrive.", link="/notifications?tab=log", count=1, told_at=tx.now,
    )  # fmt: skip


def _subject(found: list[Item], organisation: str) -> str:
    if len(found) == 1:
        return clip(found[0].title, 140)
    urgent = sum(item.severity is Severity.URGENT for item in found)
    return f"{len(found)} messages from {organisation}" + (f", {urgent} urgent" if urgent else "")


def _line(item: Item, base: str) -> Line:
    return Line(
        category=item.category, severity=item.severity, title=item.title, body=item.body,
        address=f"{base}{item.link}", count=item.count, told_at=item.told_at,
    )  # fmt: skip
