"""What Prometheus is told about posts, over all organisations and without naming any."""

from services.kit.db import Tx
from services.kit.meters import Reading
from services.publishing.models import PostState


def figures(tx: Tx) -> list[Reading]:
    """Posts by state, 0 where there is none; `tx` is the worker's `app.admin_tx()`."""
    rows = tx.tuples("select state, count(*) from app.posts group by state", {})
    states = {state.value: 0.0 for state in PostState} | {state: float(count) for state, count in rows}
    return [Reading("loopdesk_posts", "Posts", "state", states)]
