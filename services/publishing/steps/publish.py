"""The call that cannot be taken back: its intent committed before, its proof after, at most once per attempt."""

from services import accounts
from services.kit.app import App
from services.kit.crypto import canonical_json, sha256_hex
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError
from services.kit.failpoints import failpoint
from services.publishing.models import PostState
from services.publishing.moves import Grip, advance, record
from services.publishing.pace import Pace
from services.publishing.publisher import Door, Order
from services.publishing.queries import attempts
from services.publishing.registry import publisher_of
from services.publishing.steps import doubt, refusals
from services.publishing.steps.order import Hold, demand_sealed, open_door, sealed_order
from services.publishing.steps.watched import heart


def publish(app: App, scope: Scope, grip: Grip, pace: Pace) -> None:
    """Verify the seal over rows and bytes, write the intent, call once, write what came of it."""
    try:
        order = sealed_order(app, scope, grip.post, heart(app, scope, grip, pace))
        door = open_door(app, scope, grip.post, grip)
        if doubt.is_settled(app, scope, grip, pace, order, door):
            return
        with app.tx(scope) as tx:
            demand_sealed(tx, grip.post)
            grip = _intend(tx, grip, pace, order, door)
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
        accounts.report_success(tx, grip.post.channel_id)
        failpoint("record.before")
    failpoint("record.after")


def _intend(tx: Tx, grip: Grip, pace: Pace, order: Order, door: Door) -> Grip:
    """Commit that the call is about to be made. After this, silence means unknown."""
    request = {"seal": order.content.seal(), "account": door.account, "remote": grip.attempt.remote}
    intent_at = attempts.set_intent(tx, grip.attempt.id, sha256_hex(canonical_json(request)))
    moved = advance(tx, grip, pace, PostState.PUBLISHING)
    return Grip(moved.post, grip.attempt.model_copy(update={"intent_at": intent_at}))
