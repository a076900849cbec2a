"""The pulse of publishing: when a worker last released posts, and which posts lived through a gap in it."""

from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.publishing.models import PostState

_S = PostState
# Whatever may still be sent. What is being published or looked for is decided by what the platform shows anyway.
_UNSENT = (_S.PLANNED, _S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.HELD, _S.FAILED)


class Doubt(BaseModel):
    """Nobody knows what happened between these instants."""

    model_config = ConfigDict(frozen=True)

    since: datetime
    until: datetime


def beat(tx: Tx, gap: timedelta) -> int:
    """
    A worker is here. After more than `gap` without one, every unsent post from before it is in doubt; returns how many.

    Beat and doubt are one transaction: whoever reads a fresh beat reads the doubts too. A beat from the future was a
    wrong clock's, and is put right.
    """
    seen: datetime | None = tx.value("select beat_at from app.publishing_pulse", {})
    if seen is None:
        tx.run("insert into app.publishing_pulse (beat_at) values (%(now)s) on conflict do nothing", {"now": tx.now})
        return 0
    if -gap <= tx.now - seen <= gap / 4:
        return 0
    moved = tx.run(
        "update app.publishing_pulse set beat_at = %(now)s where beat_at = %(seen)s", {"now": tx.now, "seen": seen}
    )
    if not moved or tx.now - seen <= gap:
        return 0
    return tx.run(
        "update app.posts set doubt_since = coalesce(doubt_since, %(seen)s), doubt_until = %(now)s "
        "where state = any (%(unsent)s) and created_at <= %(seen)s",
        {"seen": seen, "now": tx.now, "unsent": [state.value for state in _UNSENT]},
    )


def doubt_of(tx: Tx, post_id: UUID, gap: timedelta) -> Doubt | None:
    """What is in doubt about a post: as noted, or because of a gap that no worker has noted yet."""
    return tx.one(
        "select coalesce(p.doubt_since, b.beat_at) as since, coalesce(p.doubt_until, %(now)s) as until "
        "from app.posts p left join app.publishing_pulse b on true where p.id = %(post)s "
        "and (p.doubt_since is not null or (b.beat_at < %(now)s - %(gap)s and p.created_at <= b.beat_at))",
        {"post": post_id, "now": tx.now, "gap": gap},
        Doubt,
    )


def clear_doubt(tx: Tx, post_id: UUID) -> int:
    """Looked into: it is not out."""
    return tx.run(
        "update app.posts set doubt_since = null, doubt_until = null where id = %(post)s and doubt_since is not null",
        {"post": post_id},
    )


def unclear_others(tx: Tx, channel_id: UUID) -> int:
    """How many posts of a channel may be out without our knowing their id, and are still looked for."""
    return int(
        tx.value(
            "select count(*) from app.posts where channel_id = %(channel)s and (state = 'publishing' "
            "or (state = 'unconfirmed' and reason_class <> 'unproven'))",
            {"channel": channel_id},
        )
    )
