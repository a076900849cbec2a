"""What Prometheus is told about posts, over all organisations and without naming any."""

from services.kit.db import Tx
from services.kit.meters import Reading


def figures(tx: Tx) -> list[Reading]:
    """Posts by state; `tx` is the worker's `app.admin_tx()`."""
    rows = tx.tuples("select state, count(*) from app.posts group by state", {})
    return [Reading("loopdesk_posts", "Posts", "state", {state: float(count) for state, count in rows})]
