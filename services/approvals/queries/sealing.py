"""What the seal reads beside the version."""

from uuid import UUID

from services.approvals.models import Target
from services.kit.db import Tx


def target(tx: Tx, channel_id: UUID) -> Target | None:
    return tx.one(
        "select id as channel_id, platform, is_practice, remote_id from app.channels where id = %(channel)s",
        {"channel": channel_id},
        Target,
    )
