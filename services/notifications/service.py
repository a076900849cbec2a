"""Telling people, once per object and cause; and what they have read."""

from uuid import UUID

from services.kit.db import Tx
from services.kit.errors import NotFound
from services.kit.text import clip
from services.notifications import queries
from services.notifications.models import Notice


def tell(
    tx: Tx, *, kind: str, tone: str, title: str, body: str = "", link: str, cause: str, only: list[UUID] | None = None
) -> int:
    """
    Tell the organisation's editors, admins and owners (or `only` some) about one thing; returns how many are new.

    `cause` names object and cause, for example `post/<id>/failed/<attempt>`: the same cause is told once.
    """
    return queries.insert_for_members(
        tx, kind=kind, tone=tone, title=clip(title, 140), body=clip(body, 300), link=link, cause=cause, only=only
    )


def notices(tx: Tx, limit: int = 50) -> list[Notice]:
    """The person's newest notifications."""
    return queries.newest(tx, limit)


def unread(tx: Tx) -> int:
    return queries.count_unread(tx)


def open_notice(tx: Tx, notice_id: UUID) -> Notice:
    """Mark one as read and return it. :raises NotFound: not theirs"""
    notice = queries.one(tx, notice_id)
    if notice is None:
        raise NotFound()
    queries.mark_read(tx, [notice_id])
    return notice


def read_all(tx: Tx) -> int:
    return queries.mark_read(tx, None)
