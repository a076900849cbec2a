"""
The last intents a second time, in files outside the database: what a database that was brought back does not know.

Each is noted once it is committed and before the call is made. The mark beside it (`mark.py`) moves every few seconds;
what went out after the last beat of a backup is told by these lines alone. One file per minute in which anything went
out, and the newest two of them are kept: beats are seconds apart. Hosted workers keep no files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from services.kit.app import App

_NAME = "publishing.sent"
_KEPT = 2


@dataclass(frozen=True)
class Sent:
    """One intent; `fingerprint` as in the attempt, and of no other intent."""

    at: datetime
    post_id: UUID
    attempt_id: UUID
    fingerprint: str


def note_sent(app: App, sent: Sent) -> None:
    """
    One line, whole: short appends are not mixed. A disk that is full stops no post.

    It begins on a line of its own, also after one that was torn.
    """
    if app.settings.is_hosted:
        return
    place = app.settings.loopdesk_data / f"{_NAME}.{sent.at:%Y%m%dT%H%M}"
    try:
        is_new = not place.exists()
        with place.open("a", encoding="ascii") as file:
            file.write(f"\n{sent.at.isoformat()} {sent.post_id} {sent.attempt_id} {sent.fingerprint}\n")
        if is_new:
            _drop_old(app, place)
    except OSError:
        return


def read_sent(app: App, post_id: UUID | None = None) -> Iterator[Sent]:
    """What was noted last, of one post or of all, the oldest first. A torn line is passed over."""
    for place in _places(app):
        try:
            lines = place.read_text("ascii", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            if post_id is None or str(post_id) in line:
                yield from _sent_in(line)


def _sent_in(line: str) -> Iterator[Sent]:
    try:
        at, post_id, attempt_id, fingerprint = line.split(" ")
        sent = Sent(datetime.fromisoformat(at), UUID(post_id), UUID(attempt_id), fingerprint)
    except ValueError:
        return
    if sent.at.tzinfo:
        yield sent


def _drop_old(app: App, used: Path) -> None:
    places = _places(app)
    before = [one for one in places if one <= used]
    for old in set(places[:-_KEPT]).difference(before[-_KEPT:]):
        old.unlink(missing_ok=True)


def _places(app: App) -> list[Path]:
    return sorted(app.settings.loopdesk_data.glob(f"{_NAME}.*"))
