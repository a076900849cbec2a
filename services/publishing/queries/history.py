"""What happened to a post, line by line."""

from uuid import UUID

from services.kit.db import Tx
from services.publishing.models import Happening


def add(tx: Tx, post_id: UUID, from_state: str | None, to_state: str, detail: str = "") -> None:
    tx.run(
        "insert into app.post_history (org_id, post_id, at, from_state, to_state, actor_id, detail) "
        "values (%(org)s, %(post)s, %(now)s, %(from)s, %(to)s, %(actor)s, %(detail)s)",
        {
            "org": tx.org_id,
            "post": post_id,
            "now": tx.now,
            "from": from_state,
            "to": to_state,
            "actor": tx.user_id,
            "detail": detail[:1000],
        },
    )


def of_post(tx: Tx, post_id: UUID) -> list[Happening]:
    """The first line first."""
    return tx.all(
        "select at, from_state, to_state, actor_id, detail from app.post_history where post_id = %(post)s order by id",
        {"post": post_id},
        Happening,
    )
