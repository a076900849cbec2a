"""Filters of a screen that a person keeps under a name; nobody else sees them."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.kit.errors import Conflict, Invalid

NAME_MOST, VIEWS_MOST = 60, 50


class ViewNameWrong(Invalid):
    """A view needs a name of at most 60 letters."""


class TooManyViews(Conflict):
    """Fifty views of one screen are the most. Remove one first."""


class SavedView(BaseModel):
    """`query` is the filters as they stand in the screen's address, without the question mark."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    query: str


def saved_views(tx: Tx, screen: str) -> list[SavedView]:
    """The person's own views of this screen, by name."""
    return tx.all(
        "select id, name, query from app.saved_views where screen = %(screen)s and user_id = %(user)s "
        "order by lower(name), id",
        {"screen": screen, "user": tx.user_id},
        SavedView,
    )


def save_view(tx: Tx, screen: str, name: str, query: str) -> None:
    """
    Keep these filters; a view of the same name is replaced.

    :raises ViewNameWrong, TooManyViews:
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_MOST or len(query) > 2_000:
        raise ViewNameWrong()
    others = [one for one in saved_views(tx, screen) if one.name.lower() != name.lower()]
    if len(others) >= VIEWS_MOST:
        raise TooManyViews()
    tx.run(
        "insert into app.saved_views (id, org_id, user_id, screen, name, query, created_at) "
        "values (%(id)s, %(org)s, %(user)s, %(screen)s, %(name)s, %(query)s, %(now)s) "
        "on conflict (org_id, user_id, screen, lower(name)) do update set query = excluded.query, name = excluded.name",
        {
            "id": tx.new_id(),
            "org": tx.org_id,
            "user": tx.user_id,
            "screen": screen,
            "name": name,
            "query": query,
            "now": tx.now,
        },
    )


def forget_view(tx: Tx, view_id: UUID) -> None:
    tx.run(
        "delete from app.saved_views where id = %(view)s and user_id = %(user)s",
        {"view": view_id, "user": tx.user_id},
    )
