"""Reading how posts did: planned visits, visits on request, and what is shown of them."""

from datetime import datetime, timedelta
from uuid import UUID

from services import accounts, identity
from services.events import MetricsDue
from services.identity import Act
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, ProviderError, Rejected
from services.kit.text import clip
from services.metrics import queries
from services.metrics.errors import NotPublished, NotRead, PostNotFound
from services.metrics.models import PostResult, Pull, PullState, Reading, Snapshot
from services.metrics.registry import is_read, reader
from services.metrics.rules import TRIES, pull_times

_STUCK_AFTER = timedelta(hours=2)  # longer than any backoff of a retried job but a daily quota
POSTS_SHOWN = 200


def plan_pulls(tx: Tx, post_id: UUID) -> None:
    """Plan the visits to a post that went out. Safe to call twice; one that is not out or cannot be read is left."""
    went_out = queries.published_at(tx, post_id)
    if went_out is None or not is_read(queries.platform_of(tx, post_id)):
        return
    for reason, due_at in pull_times(went_out).items():
        queries.insert_pull(tx, post_id, reason, due_at)


def due_pulls(tx: Tx, limit: int = 200) -> int:
    """For the clockwork: queue every visit that is due; returns how many."""
    due = queries.claim_due(tx, tx.now - _STUCK_AFTER, limit)
    for org_id, pull_id in due:
        tx.act_as(Scope(org_id))
        tx.emit(MetricsDue(pull_id))
    return len(due)


def pull_now(tx: Tx, post_id: UUID) -> bool:
    """
    Ask for a visit now; False where one is under way.

    :raises PostNotFound: not in this organisation
    :raises NotPublished: it has not gone out
    :raises NotRead: results of its platform are not read
    """
    identity.demand(tx, Act.SCHEDULE)
    if queries.published_at(tx, post_id) is None:
        raise NotPublished() if queries.post_exists(tx, post_id) else PostNotFound()
    if not is_read(queries.platform_of(tx, post_id)):
        raise NotRead()
    pull_id = queries.insert_pull_now(tx, post_id)
    if pull_id is not None:
        tx.emit(MetricsDue(pull_id))
    return pull_id is not None


def read_post(app: App, org_id: UUID, pull_id: UUID) -> None:
    """
    Visit the platform and keep what it tells. Safe to run twice.

    :raises Unavailable, RateLimited: try again later; after five tries the visit has failed instead
    """
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        pull = queries.pull(tx, pull_id)
    if pull is None or pull.state in (PullState.DONE, PullState.FAILED):
        return
    try:
        reading = _visit(app, scope, pull)
    except ProviderError as error:
        is_final = isinstance(error, CredentialsExpired | Rejected) or pull.tries + 1 >= TRIES
        with app.tx(scope) as tx:
            queries.note_failure(tx, pull_id, clip(error.sentence, 300), is_final=is_final)
            if isinstance(error, CredentialsExpired):
                accounts.report_failure(tx, pull.channel_id, error)
        if not is_final:
            raise
        return
    with app.tx(scope) as tx:
        if queries.finish_pull(tx, pull_id):
            queries.insert_snapshot(tx, pull.post_id, reading)
            accounts.report_success(tx, pull.channel_id)


def results(
    tx: Tx, brand_id: UUID, *, since: datetime, until: datetime, channel_ids: list[UUID] | None = None
) -> list[PostResult]:
    """The brand's posts published in the time (`until` excluded), newest first, at most 200."""
    identity.demand(tx, Act.LOOK)
    return queries.results(tx, brand_id, since, until, channel_ids, POSTS_SHOWN)


def count_reading(tx: Tx, brand_id: UUID) -> int:
    """How many posts of the brand are being read now."""
    return queries.count_reading(tx, brand_id)


def daily(tx: Tx, posts: list[PostResult], time_zone: str) -> list[Snapshot]:
    """The last reading of each post on each day, ordered by post, then day."""
    return queries.day_snapshots(tx, [post.post_id for post in posts], time_zone) if posts else []


def _visit(app: App, scope: Scope, pull: Pull) -> Reading:
    if pull.remote_id is None:
        raise Rejected("The post has no id on the platform.")
    token = accounts.fresh_token(app, scope, pull.channel_id)
    host = accounts.host_of(app.settings, pull.platform, is_practice=pull.is_practice)
    return reader(pull.platform).read(host, token, pull.remote_id, http=app.http, now=app.clock.now())
