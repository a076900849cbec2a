"""Marking many messages as read, which can be taken back for a few seconds."""

from uuid import UUID

from pages.parts import doors
from pages.parts.notices import offer_undo
from services import notifications


def read_all() -> None:
    """Everything of the person's inbox in this organisation, on screen or not."""
    _mark(None)


def mark_read(notice_ids: list[UUID]) -> None:
    _mark(notice_ids)


def _mark(notice_ids: list[UUID] | None) -> None:
    app, scope = doors.app(), doors.scope()

    def back() -> None:
        with app.tx(scope) as tx:
            notifications.take_back_read(tx, marked)

    with app.tx(scope) as tx:
        marked = notifications.read_all(tx) if notice_ids is None else notifications.mark_read(tx, notice_ids)
    if marked:
        offer_undo(f"{len(marked)} marked as read", back)
