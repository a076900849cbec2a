"""Who may decide: values in, values out."""

from collections.abc import Collection
from uuid import UUID

from services.approvals.models import QueueItem


def is_free_to_decide(user_id: UUID | None, authors: Collection[UUID | None], deciders: Collection[UUID]) -> bool:
    """
    Authors do not decide on their own work while somebody else could.

    :param authors: who made the version and who asked
    :param deciders: every member whose role lets them decide
    """
    return user_id not in authors or not set(deciders) - set(authors)


def may_decide(item: QueueItem, user_id: UUID, deciders: Collection[UUID]) -> bool:
    """Whether this person decides on this request: their role allows it, and it is not their own work."""
    return user_id in deciders and is_free_to_decide(user_id, (item.asked_by, item.version_by), deciders)
