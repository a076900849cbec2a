"""The call that cannot be taken back: its intent committed before, its proof after, at most once per attempt."""

from dataclasses import dataclass, replace

from services import accounts
from services.approvals import SealedContent
from services.kit.answers import taken
from services.kit.app import App
from services.kit.crypto import canonical_json, sha256_hex
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError
from services.kit.failpoints import failpoint
from services.publishing.models import PostState, Reason
from services.publishing.moves import Grip, advance, keep_answers, record
from services.publishing.pace import Pace
from services.publishing.publisher import Door, Order
from services.publishing.queries import attempts, pulse
from services.publishing.registry import publisher_of
from services.publishing.sent_list import Sent, note_sent, read_sent
from services.publishing.steps import doubt, refusals
from services.publishing.steps.order import Hold, demand_sealed, open_door, order_of
from services.publishing.steps.watched import heart


@dataclass(frozen=True)
class _Meant:
    """What is about to be sent, its intent committed."""

    grip: Grip
    order: Order
    sent: Sent


def publish(app: App, scope: Scope, grip: Grip, pace: Pace, content: SealedContent) -> None:
    """Verify the seal over rows and bytes, write the intent, call once, write what came of it."""
    try:
        order = order_of(app, content, heart(app, scope, grip, pace))
        door = open_door(app, scope, grip.post, grip)
        meant = _intended(app, scope, grip, pace, order, door)
        if meant is None:
            return
        grip, order = meant.grip, meant.order
        note_sent(app, meant.sent)
    except Hold as hold:
        refusals.held(app, scope, grip, pace, hold)
        return
    except ProviderError as error:
        refusals.before_the_call(app, scope, grip, pace, error)
        return
    failpoint("publish.intent")
    intent_at = grip.attempt.intent_at
    if intent_at is None or app.clock.now() - intent_at > pace.send_within:
        refusals.not_made(app, scope, grip, pace)
        return
    try:
        receipt = publisher_of(order.content).publish(order, grip.attempt.remote, door)
    except Hold as hold:  # files are opened before anything of them is sent
        refusals.held(app, scope, grip, pace, hold)
        return
    except ProviderError as error:
        failpoint("publish.refused")
        refusals.at_the_call(app, scope, grip, pace, error)
        return
    failpoint("publish.answered")
    with app.tx(scope) as tx:
        record(tx, grip, receipt, "")
        keep_answers(tx, grip, taken())
        accounts.report_success(tx, grip.post.channel_id)
        failpoint("record.before")
    failpoint("record.after")


def _intended(app: App, scope: Scope, grip: Grip, pace: Pace, order: Order, door: Door) -> _Meant | None:
    """
    The rows verified and the intent written, in one transaction. None where a doubt let go of the post instead.

    :raises Hold: the rows are not what was approved, or a person must look first
    """
    noted = list(read_sent(app, grip.post.id))
    with app.tx(scope) as tx:
        is_lost = pulse.is_lost(tx, noted)
        if not is_lost and not pulse.is_in_doubt(tx, grip.post.id, pace.gap):
            return _intend(tx, grip, pace, order, door)
    if is_lost:  # this database was brought back, and no sweep has noted it yet
        refusals.unclear_now(app, scope, grip, pace.poll(0), pace)
        return None
    if doubt.is_settled(app, scope, grip, pace, order, door):
        return None
    with app.tx(scope) as tx:
        return _intend(tx, grip, pace, order, door)


def _intend(tx: Tx, grip: Grip, pace: Pace, order: Order, door: Door) -> _Meant:
    """
    Commit that the call is about to be made, with the content as the rows have it. After this, silence means unknown.

    :raises Hold: the rows are not what was approved, or name other files than those whose bytes were read
    """
    content = demand_sealed(tx, grip.post)
    if _files(content) != _files(order.content):
        raise Hold(Reason.SEAL, "What is stored differs from what was approved. A new approval is needed.")
    at = tx.now.isoformat()  # so that no two intents have the same fingerprint
    request = {"seal": content.seal(), "account": door.account, "remote": grip.attempt.remote, "at": at}
    fingerprint = sha256_hex(canonical_json(request))
    intent_at = attempts.set_intent(tx, grip.attempt.id, fingerprint)
    moved = advance(tx, grip, pace, PostState.PUBLISHING)
    attempt = grip.attempt.model_copy(update={"intent_at": intent_at})
    sent = Sent(intent_at, grip.post.id, attempt.id, fingerprint)
    return _Meant(Grip(moved.post, attempt), replace(order, content=content), sent)


def _files(content: SealedContent) -> list[tuple[str, str]]:
    return [(item.file_key, item.sha256) for item in content.files]
