"""Before the call that cannot be taken back: hand over the media, wait until the platform has processed it."""

from services.approvals import SealedContent
from services.kit.answers import taken
from services.kit.app import App
from services.kit.crypto import canonical_json, sha256_hex
from services.kit.db import Scope
from services.kit.errors import ProviderError
from services.kit.failpoints import failpoint
from services.publishing.models import PostState
from services.publishing.moves import Grip, advance, keep_answers, park
from services.publishing.pace import Pace
from services.publishing.queries import attempts
from services.publishing.registry import publisher_of
from services.publishing.steps import refusals
from services.publishing.steps.order import Hold, open_door, sealed_order
from services.publishing.steps.watched import heart

_S = PostState


def prepare(app: App, scope: Scope, grip: Grip, pace: Pace, content: SealedContent) -> Grip | None:
    """Hand over what the platform wants beforehand, or go on with what it already holds from an earlier try."""
    failpoint("preparing.claimed")
    adapter = publisher_of(content)
    if not adapter.spec.prepares:
        with app.tx(scope) as tx:
            return advance(tx, grip, pace, _S.READY)
    try:
        order = sealed_order(app, scope, grip.post, heart(app, scope, grip, pace))
        door = open_door(app, scope, grip.post)
        if grip.attempt.remote:
            return _go_on(app, scope, grip, pace, _S.PROCESSING)
        grip = _upload_intent(app, scope, grip, pace, order.content.seal())
        failpoint("upload.intent")
        remote = adapter.prepare(order, door)
    except Hold as hold:
        refusals.held(app, scope, grip, pace, hold)
        return None
    except ProviderError as error:
        refusals.before_the_call(app, scope, grip, pace, error)
        return None
    failpoint("upload.answered")
    with app.tx(scope) as tx:
        attempts.set_remote(tx, grip.attempt.id, remote)
        keep_answers(tx, grip, taken())
        park(tx, grip, _S.PROCESSING, pace, pace.poll(0))
    failpoint("upload.recorded")
    return None


def poll(app: App, scope: Scope, grip: Grip, pace: Pace, content: SealedContent) -> Grip | None:
    """Ask whether the platform is ready; if not, ask again later."""
    try:
        is_ready = publisher_of(content).poll(grip.attempt.remote, open_door(app, scope, grip.post))
    except ProviderError as error:
        refusals.before_the_call(app, scope, grip, pace, error)
        return None
    failpoint("poll.answered")
    if is_ready:
        return _go_on(app, scope, grip, pace, _S.READY)
    with app.tx(scope) as tx:
        attempts.count_poll(tx, grip.attempt.id)
        if tx.now - grip.attempt.started_at > pace.processing_most:
            refusals.too_long(tx, grip, pace, pace.processing_most)
        else:
            park(tx, grip, _S.PROCESSING, pace, pace.poll(grip.attempt.polls + 1))
    return None


def _upload_intent(app: App, scope: Scope, grip: Grip, pace: Pace, seal: str) -> Grip:
    fingerprint = sha256_hex(canonical_json({"step": "upload", "seal": seal, "post": str(grip.post.id)}))
    with app.tx(scope) as tx:
        attempts.set_step(tx, grip.attempt.id, "uploading", fingerprint)
        return advance(tx, grip, pace, _S.UPLOADING)


def _go_on(app: App, scope: Scope, grip: Grip, pace: Pace, to: PostState) -> Grip:
    with app.tx(scope) as tx:
        attempts.set_step(tx, grip.attempt.id, to.value)
        return advance(tx, grip, pace, to)
