"""What came of the cover that a platform is given once a post is out."""

from uuid import UUID

from services.kit.db import Tx
from services.publishing.models import CoverStep


def of_post(tx: Tx, post_id: UUID) -> CoverStep | None:
    """None where it was not tried yet, or none was due."""
    return tx.one(
        "select state, reason, at from app.post_covers where post_id = %(post)s", {"post": post_id}, CoverStep
    )


def put(tx: Tx, post_id: UUID, reason: str) -> None:
    """It is set where there is no `reason`; what is set stays so."""
    tx.run(
        "insert into app.post_covers (post_id, org_id, state, reason, at) values (%(post)s, %(org)s, %(state)s, "
        "%(reason)s, %(now)s) on conflict (post_id) do update set state = excluded.state, reason = excluded.reason, "
        "at = excluded.at where app.post_covers.state <> 'set'",
        {
            "post": post_id,
            "org": tx.org_id,
            "state": "failed" if reason else "set",
            "reason": reason[:1000],
            "now": tx.now,
        },
    )
