"""
YouTube, a video or a Short: a resumable session, filled up to its last chunk beforehand, finished by `publish`.

The session is the guard against doubles: it makes one video at most and can be asked for its outcome at any time, so a
try whose answer was lost goes on in the same session. A finished video is then processed, for hours at worst.
"""

import os
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Rejected
from services.kit.youtube import text_of
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.youtube import look, upload
from services.publishing.platforms.youtube.specs import SHORT, VIDEO
from services.publishing.publisher import Door, Order, PlatformSpec, Receipt, Remote, Sighting

_SITES = {"https://www.googleapis.com": "https://www.youtube.com"}  # a practice platform shows its own pages


class Video:
    """Uploads one video of any shape."""

    spec: PlatformSpec = VIDEO
    page = "watch?v="

    def prepare(self, order: Order, door: Door) -> Remote:
        upload.resource(order.content)  # a missing decision is found before anything is opened
        with order.open_media(0) as file:
            size = _size(file)
            session = upload.open_session(order.content, size, door)
            sent = upload.send_beginning(session, file, size, door)
        return {"session": session, "size": str(size), "sent": str(sent)}

    def poll(self, remote: Remote, door: Door) -> bool:
        """Always: an unfinished session waits for its last bytes, whatever became of it."""
        return True

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """
        Send the rest, unless the video is known to lie there already: then its state decides.

        :raises Accepted: taken, and processed now
        :raises NotProcessed: it, or its upload, is gone
        """
        if remote.get("video"):
            if not look.exists(remote["video"], door):
                raise NotProcessed("The video is no longer on the channel.", try_again=True)
            raise Accepted("YouTube has the video.", remote)
        with order.open_media(0) as file:
            video = upload.send_rest(remote["session"], file, _size(file), int(remote["sent"]), door)
        made = text_of(video, "id")
        if not made:
            raise OutcomeUnknown("YouTube answered without an id.")
        sighting = look.judged(video, order.content)
        if sighting.is_live:
            return Receipt(made, sighting.seen[0].at, self._page(made, door))
        raise Accepted("YouTube has the video and is processing it.", remote | {"video": made})

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """By the video's own status where its id is known, else by the session."""
        found = self._look(content, remote, since, door)
        # One that lies there otherwise than asked for is kept in mind: it is looked at before anything is sent again.
        return replace(found, remote=remote | found.remote) if found.refused and found.remote else found

    def _look(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        if remote.get("video"):
            return look.by_id(content, remote["video"], door)
        if remote.get("session"):
            return look.by_session(content, remote, since, door)
        return look.by_words(content, since, door)

    def recent(self, door: Door) -> list[Receipt]:
        found = [one for one in map(look.receipt_of, look.uploads(door)) if one]
        return [Receipt(one.remote_id, one.at, self._page(one.remote_id, door)) for one in found]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        """Made from the id: the platform tells none."""
        return self._page(remote_id, door)

    def _page(self, video_id: str, door: Door) -> str:
        root = upload.root_of(door)
        return f"{_SITES.get(root, root)}/{self.page}{quote(video_id, safe='')}"


class Short(Video):
    """A vertical or square video of at most three minutes, which YouTube shows as a Short."""

    spec = SHORT
    page = "shorts/"


def _size(file: BinaryIO) -> int:
    """In bytes; the file is back at its start. :raises Rejected: it is empty"""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size:
        raise Rejected("The video is empty.")
    return size
