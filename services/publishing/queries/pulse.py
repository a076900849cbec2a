"""The pulse of publishing: when a worker last released posts, and which posts lived through a gap in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx
from services.publishing.models import PostState
from services.publishing.sent_list import Sent

_S = PostState
# Whatever may still be sent. What is being published or looked for is decided by what the platform shows anyway.
_UNSENT = (_S.PLANNED, _S.DUE, _S.PREPARING, _S.UPLOADING, _S.PROCESSING, _S.READY, _S.HELD, _S.FAILED)
_BEATS = 24  # within a gap: what goes out between two of them is what a restored backup could hide


class Doubt(BaseModel):
    """Nobody knows what happened between these instants."""

    model_config = ConfigDict(frozen=True)

    since: datetime
    until: datetime


def beat(tx: Tx, gap: timedelta, mark: datetime | None, sent: Sequence[Sent] = ()) -> datetime:
    """
    A worker is here; returns the beat as it now stands. After it `mark`, the same outside the database, is written.

    A mark newer than the beat: the database was brought back, and every unsent post from before the mark is in doubt.
    A gap and no mark to judge it by: that may be so. Beat and doubt are one transaction: whoever reads a fresh beat
    reads the doubts too. A beat or a mark from the future was a wrong clock's, and is put right. Posts of `sent`, the
    intents that were noted outside, are in doubt where the intent is not in the database.
    """
    now = tx.now  # read once: the mark must not be a moment newer than the beat
    seen = _stands(tx)
    if seen is None:
        return _first(tx, now, mark, gap)
    age = now - seen
    is_restored = mark is not None and seen < mark <= now + gap
    if -gap <= age <= gap / _BEATS and not is_restored:
        return seen
    moved = tx.run(
        "update app.publishing_pulse set beat_at = %(now)s where beat_at = %(seen)s", {"now": now, "seen": seen}
    )
    if not moved:
        return _stands(tx) or now  # another worker was faster
    is_unknown = age > gap and (mark is None or mark < seen - gap)
    if is_restored or is_unknown:
        _doubt(tx, seen, mark if is_restored and mark else now)
    recent = [one for one in sent if one.at >= seen - gap / _BEATS]
    if recent:
        _doubt_unknown(tx, seen, recent)
    return now


def _first(tx: Tx, now: datetime, mark: datetime | None, gap: timedelta) -> datetime:
    """No beat yet. With a mark this database is of a time before any worker ran, and all of it may be out by now."""
    made = tx.run("insert into app.publishing_pulse (beat_at) values (%(now)s) on conflict do nothing", {"now": now})
    oldest = tx.value("select min(created_at) from app.posts", {}) if made and mark else None
    if oldest is not None and mark is not None:
        _doubt(tx, oldest, mark if mark <= now + gap else now)
    return _stands(tx) or now


def _stands(tx: Tx) -> datetime | None:
    return tx.value("select beat_at from app.publishing_pulse", {})  # type: ignore[no-any-return]


def _doubt(tx: Tx, since: datetime, until: datetime) -> int:
    return tx.run(
        "update app.posts set doubt_since = coalesce(doubt_since, %(since)s), "
        "doubt_until = greatest(doubt_until, %(until)s) "
        "where state = any (%(unsent)s) and created_at <= %(until)s",
        {"since": since, "until": until, "unsent": [state.value for state in _UNSENT]},
    )


def _doubt_unknown(tx: Tx, since: datetime, sent: Sequence[Sent]) -> int:
    """Of these posts it is known that they were about to go out, so even one planned for later is in doubt."""
    return tx.run(
        "update app.posts p set doubt_since = coalesce(p.doubt_since, %(since)s), "
        "doubt_until = greatest(p.doubt_until, p.due_at, s.at) "
        "from unnest(%(posts)s::uuid[], %(attempts)s::uuid[], %(prints)s::text[], %(ats)s::timestamptz[]) "
        "as s (post_id, attempt_id, print, at) where p.id = s.post_id and p.state = any (%(unsent)s) "
        "and not exists (select from app.attempts a where a.id = s.attempt_id and a.intent_fingerprint = s.print)",
        {"since": since, "unsent": [state.value for state in _UNSENT], **_columns(sent)},
    )


def is_lost(tx: Tx, sent: Sequence[Sent]) -> bool:
    """Was one of these intents made after the newest beat, and is it not in the database?"""
    return bool(sent) and bool(
        tx.value(
            "select exists (select from unnest(%(posts)s::uuid[], %(attempts)s::uuid[], %(prints)s::text[], "
            "%(ats)s::timestamptz[]) as s (post_id, attempt_id, print, at) "
            "where s.at > (select max(beat_at) from app.publishing_pulse) "
            "and not exists (select from app.attempts a where a.id = s.attempt_id and a.intent_fingerprint = s.print))",
            _columns(sent),
        )
    )


def _columns(sent: Sequence[Sent]) -> dict[str, list[object]]:
    """The last intent of each attempt: it is the one whose fingerprint stands there."""
    last = {one.attempt_id: one for one in sent}.values()
    return {
        "posts": [one.post_id for one in last],
        "attempts": [one.attempt_id for one in last],
        "prints": [one.fingerprint for one in last],
        "ats": [one.at for one in last],
    }


def doubt_of(tx: Tx, post_id: UUID) -> Doubt | None:
    """What is in doubt about a post, as noted."""
    return tx.one(
        "select doubt_since as since, doubt_until as until from app.posts "
        "where id = %(post)s and doubt_since is not null",
        {"post": post_id},
        Doubt,
    )


def is_in_doubt(tx: Tx, post_id: UUID, gap: timedelta) -> bool:
    """Is something noted about this post, or has no sweep looked for doubts since a gap, or ever?"""
    return bool(
        tx.value(
            "select exists (select from app.posts where id = %(post)s and doubt_since is not null) "
            "or not exists (select from app.publishing_pulse where beat_at >= %(now)s - %(gap)s)",
            {"post": post_id, "now": tx.now, "gap": gap},
        )
    )


def is_stale(tx: Tx, gap: timedelta) -> bool:
    """Has no sweep looked for doubts since a gap, or ever?"""
    return bool(
        tx.value(
            "select not exists (select from app.publishing_pulse where beat_at >= %(now)s - %(gap)s)",
            {"now": tx.now, "gap": gap},
        )
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
