"""What the clockwork does for messages: deliveries whose job is gone end, and what is old is forgotten."""

from datetime import timedelta

from services.kit.app import App
from services.notifications.queries import deliveries, log, notices, queue, wishes

# Tries are minutes apart, or an hour where the other side asked to wait that long.
GONE_AFTER = timedelta(hours=6)
KEPT_FOR = timedelta(days=180)  # tellings, deliveries and their log
INBOX_KEPT_FOR = timedelta(days=365)
_AT_ONCE = 5_000


def upkeep(app: App) -> int:
    """End deliveries that nothing works on any more, and forget what is old; returns how many ended."""
    with app.admin_tx() as tx:
        ended = log.end_gone(tx, GONE_AFTER, _AT_ONCE)
        queue.forget_old(tx, KEPT_FOR, _AT_ONCE)
        deliveries.forget_old(tx, KEPT_FOR, _AT_ONCE)
        notices.forget_old(tx, INBOX_KEPT_FOR, _AT_ONCE)
        wishes.forget_mutes(tx, _AT_ONCE)
    return ended
