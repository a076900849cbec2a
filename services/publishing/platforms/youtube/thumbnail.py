"""
The thumbnail of a video: one call with the picture's bytes. Setting it again sets the same one.

Source: YouTube Data API, thumbnails: set; 50 units of the day's quota.
"""

from typing import BinaryIO

from services.kit.errors import OutcomeUnknown, Rejected
from services.kit.rest import said_of
from services.kit.youtube import objects_in, youtube_call
from services.publishing.platforms.youtube.upload import root_of
from services.publishing.publisher import Door

_SECONDS = 60.0
_UNCONFIRMED = "YouTube takes thumbnails only of channels with a confirmed phone number: youtube.com/verify."


class Thumbnail:
    """Sets the picture that is shown before a video plays."""

    def set_cover(self, remote_id: str, picture: BinaryIO, content_type: str, door: Door) -> None:
        """:raises Rejected: the picture, or that this channel may have any"""
        try:
            reply = youtube_call(
                door.http,
                "POST",
                f"{root_of(door)}/upload/youtube/v3/thumbnails/set",
                token=door.secret,
                writes=True,
                now=door.now,
                params={"videoId": remote_id, "uploadType": "media"},
                content=picture.read(),
                headers={"Content-Type": content_type},
                timeout_seconds=_SECONDS,
            )
        except Rejected as error:
            said = said_of(error)
            if said is not None and said.status == 403 and said.code == "forbidden":
                raise Rejected(_UNCONFIRMED) from error
            raise
        if not objects_in(reply.body):
            raise OutcomeUnknown("YouTube answered without naming a thumbnail.")
