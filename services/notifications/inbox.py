"""A person's inbox: read, unread, muted, and what was told before."""

from datetime import datetime
from uuid import UUID

from services.kit.db import Tx
from services.notifications.errors import NewerWaits, NoticeNotFound
from services.notifications.models import Mute, Notice, Reach, Wanted
from services.notifications.queries import notices as queries
from services.notifications.queries import wishes

PAGE = 50


def notices(tx: Tx, limit: int = PAGE) -> list[Notice]:
    """The person's newest messages, without what is muted."""
    return queries.newest(tx, limit)


def history(tx: Tx, wanted: Wanted, limit: int = PAGE) -> list[Notice]:
    """The person's messages as wanted, the last told first; the next page begins `before` the last of this one."""
    return queries.listed(tx, wanted, limit)


def unread(tx: Tx) -> int:
    """How many the badge counts: unread and not muted."""
    return queries.count_unread(tx)


def open_notice(tx: Tx, notice_id: UUID) -> Notice:
    """Mark one as read and return it. :raises NoticeNotFound: not theirs"""
    notice = _own(tx, notice_id)
    queries.mark_read(tx, [notice_id])
    return notice


def read_all(tx: Tx) -> list[UUID]:
    """Mark everything as read, what is muted too; returns what was unread, to take it back."""
    return queries.mark_read(tx, None)


def mark_read(tx: Tx, notice_ids: list[UUID]) -> list[UUID]:
    """Returns those of them that were unread."""
    return queries.mark_read(tx, notice_ids)


def take_back_read(tx: Tx, notice_ids: list[UUID]) -> int:
    """Make unread again what one act has marked; not where something newer about the same is unread."""
    return queries.mark_unread(tx, notice_ids)


def mark_unread(tx: Tx, notice_id: UUID) -> None:
    """:raises NoticeNotFound: not theirs. :raises NewerWaits: a newer one about the same is unread"""
    _own(tx, notice_id)
    if not queries.mark_unread(tx, [notice_id]):
        raise NewerWaits()


def mute(tx: Tx, notice_id: UUID, reach: Reach, until: datetime | None = None) -> None:
    """
    Hear no more of this cause, object or category until then, or for ever.

    It is still recorded, and counted nowhere. :raises NoticeNotFound: not theirs
    """
    notice = _own(tx, notice_id)
    what = {Reach.CAUSE: notice.matter, Reach.OBJECT: notice.object, Reach.CATEGORY: str(notice.category)}[reach]
    label = str(notice.category).capitalize() if reach is Reach.CATEGORY else notice.title
    wishes.put_mute(tx, reach, what, label, until)
    queries.set_muted(tx, reach, what, is_muted=True)


def mutes(tx: Tx) -> list[Mute]:
    """What is silenced now, the newest first."""
    return wishes.mutes(tx)


def unmute(tx: Tx, mute_id: UUID) -> None:
    """What came meanwhile and is unread shows again."""
    gone = wishes.drop_mute(tx, mute_id)
    if gone is not None:
        queries.set_muted(tx, gone.reach, gone.what, is_muted=False)


def _own(tx: Tx, notice_id: UUID) -> Notice:
    notice = queries.one(tx, notice_id)
    if notice is None:
        raise NoticeNotFound()
    return notice
