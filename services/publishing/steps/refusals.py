"""What an error of the platform means for a post, by class only. Each ends the step and lets go of the post."""

from datetime import timedelta

from services import accounts
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.models import Outcome, PostState, Reason
from services.publishing.moves import Grip, park, stop
from services.publishing.pace import Pace
from services.publishing.publisher import InParts, Publisher
from services.publishing.queries import attempts, sources
from services.publishing.registry import publisher_of
from services.publishing.rules import CONTAINERS_MOST
from services.publishing.steps.order import Hold

_S = PostState
RENEWALS_MOST = 3  # tries of one attempt whose token was refused: each renews it first


def held(app: App, scope: Scope, grip: Grip, pace: Pace, hold: Hold) -> None:
    with app.tx(scope) as tx:
        stop(tx, grip.post, _S.HELD, pace, hold.kind, hold.sentence)


def before_the_call(app: App, scope: Scope, grip: Grip, pace: Pace, error: ProviderError) -> None:
    """Nothing is visible yet, so whatever is not a clear no may simply be tried again."""
    with app.tx(scope) as tx:
        _note(tx, grip, error)
        if isinstance(error, Rejected):
            _begin_anew(tx, grip)
        if not _settled(tx, grip, pace, error):
            _wait(tx, grip, pace, error, again_from=_S.PREPARING)


def at_the_call(app: App, scope: Scope, grip: Grip, pace: Pace, error: ProviderError) -> None:
    """The call that cannot be taken back was refused, was never made, or nobody knows."""
    with app.tx(scope) as tx:
        if not isinstance(error, Accepted):
            _note(tx, grip, error)
        if isinstance(error, Accepted):
            _accepted(tx, grip, pace, error)
        elif isinstance(error, OutcomeUnknown):
            attempts.finish(tx, grip.attempt.id, Outcome.UNKNOWN, error=error.detail, error_class="OutcomeUnknown")
            wait = pace.look(0)
            park(tx, grip, _S.UNCONFIRMED, pace, wait, reason=f"{error.sentence} Looking for the post there.", looks=0)
        elif not _settled(tx, grip, pace, error):
            attempts.clear_intent(tx, grip.attempt.id)
            _wait(tx, grip, pace, error, again_from=_S.READY)


def _accepted(tx: Tx, grip: Grip, pace: Pace, error: Accepted) -> None:
    """Taken, and public once it is processed: the look asks for its outcome by what the platform gave."""
    attempts.add_remote(tx, grip.attempt.id, error.remote)
    attempts.finish(tx, grip.attempt.id, Outcome.UNKNOWN, error=error.detail, error_class="Accepted")
    park(tx, grip, _S.UNCONFIRMED, pace, pace.poll(0), reason=error.sentence, kind=Reason.ACCEPTED, looks=0)


def not_made(app: App, scope: Scope, grip: Grip, pace: Pace) -> None:
    """This worker slept between its intent and the call, and did not make the call."""
    with app.tx(scope) as tx:
        attempts.clear_intent(tx, grip.attempt.id)
        attempts.count_retry(tx, grip.attempt.id, "The worker slept too long before the call.", "Slept")
        wait = pace.backoff(grip.attempt.retries, grip.attempt.id)
        park(tx, grip, _S.READY, pace, wait, reason="Not sent in time; another try follows.")


def unclear_now(app: App, scope: Scope, grip: Grip, wait: timedelta, pace: Pace) -> None:
    """Nothing was sent: what else may be out of this account is looked for first, for nobody could tell them apart."""
    with app.tx(scope) as tx:
        park(tx, grip, _S.READY, pace, wait, reason="Other posts of this account are being looked for.")


def _settled(tx: Tx, grip: Grip, pace: Pace, error: ProviderError) -> bool:
    """Ended here, for a person or for a time to come?"""
    post = grip.post
    match error:
        case CredentialsExpired() if accounts.may_renew(tx, post.channel_id) and grip.attempt.retries < RENEWALS_MOST:
            return False
        case CredentialsExpired():
            stop(tx, post, _S.HELD, pace, Reason.TOKEN, error.sentence)
        case RateLimited():
            again_at = error.retry_at or tx.now + pace.quota_wait
            wake_at = max(again_at, tx.now + pace.backoff(grip.attempt.retries, grip.attempt.id))
            stop(tx, post, _S.HELD, pace, Reason.QUOTA, error.sentence, wake_at=wake_at)
        case NotProcessed() if error.try_again and grip.attempt.retries < CONTAINERS_MOST:
            return False
        case NotProcessed() | Rejected():
            if isinstance(error, NotProcessed) or not _adapter(tx, grip).spec.proves_absence:
                _begin_anew(tx, grip)
            stop(tx, post, _S.FAILED, pace, Reason.REFUSED, error.sentence)
        case _:
            return False
    return True


def _wait(tx: Tx, grip: Grip, pace: Pace, error: ProviderError, *, again_from: PostState) -> None:
    """Another try after a while. What can never be published is not tried again: the next try prepares anew."""
    if isinstance(error, NotProcessed):
        _begin_anew(tx, grip)
        again_from = _S.PREPARING
    attempts.count_retry(tx, grip.attempt.id, error.detail, type(error).__name__)
    wait = pace.backoff(grip.attempt.retries, grip.attempt.id)
    park(tx, grip, again_from, pace, wait, reason=error.sentence)


def _begin_anew(tx: Tx, grip: Grip) -> None:
    """
    What was handed over is dead, or guards nothing: another try hands it over again. Parts that are public stay.

    A handle by which the platform proves what became of it is kept while it may be alive: it is used up by one post.
    """
    adapter, attempt = _adapter(tx, grip), attempts.one(tx, grip.attempt.id)
    public = adapter.public_in(attempt.remote) if attempt and isinstance(adapter, InParts) else {}
    attempts.set_remote(tx, grip.attempt.id, public)


def _adapter(tx: Tx, grip: Grip) -> Publisher:
    return publisher_of(sources.sealed_content(tx, grip.post.approval_id))


def _note(tx: Tx, grip: Grip, error: ProviderError) -> None:
    if not isinstance(error, NotProcessed):
        accounts.report_failure(tx, grip.post.channel_id, error)


def too_long(tx: Tx, grip: Grip, pace: Pace, most: timedelta) -> None:
    """Media that is still not processed; nothing is visible, so this is a plain failure."""
    minutes = max(1, int(most.total_seconds() // 60))
    if attempts.first_intent(tx, grip.post.id) is None:
        _begin_anew(tx, grip)
    stop(
        tx, grip.post, _S.FAILED, pace, Reason.GAVE_UP, f"The platform did not process the media within {minutes} min."
    )
