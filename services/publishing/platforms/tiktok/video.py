"""
TikTok videos: sent by us in parts, fetched by TikTok from our media host, or left as a draft in the creator's inbox.

Facts: Content Posting API v2: Direct Post, Upload Video, Media Transfer Guide.
"""

from dataclasses import replace
from datetime import datetime

from services.approvals import SealedContent
from services.publishing.errors import Accepted
from services.publishing.platforms.tiktok import status, upload
from services.publishing.platforms.tiktok.choices import VIDEO_SETTINGS, demand_allowed, video_info
from services.publishing.platforms.tiktok.specs import CREATOR
from services.publishing.platforms.tiktok.wire import TikTok, ask_first, call, creator, publish_id_in
from services.publishing.publisher import Cover, Door, Order, Receipt, Remote, Sighting

_INIT, _INBOX_INIT = "post/publish/video/init/", "post/publish/inbox/video/init/"
_SIDE_MIN, _SIDE_MAX = 360, 4_096


class Video(TikTok):
    """Sent in parts: nothing is visible before the last one, and the publish_id tells exactly what became of it."""

    spec = replace(
        CREATOR,
        format="video",
        format_label="Video",
        media_types=("video/mp4", "video/quicktime", "video/webm"),
        ratio_min=_SIDE_MIN / _SIDE_MAX,
        ratio_max=_SIDE_MAX / _SIDE_MIN,
        width_min=_SIDE_MIN,
        bytes_max=4 * 1024 * upload.MIB,
        seconds_min=3.0,
        seconds_max=600.0,
        settings=VIDEO_SETTINGS,
        cover=Cover(),
    )

    def prepare(self, order: Order, door: Door) -> Remote:
        demand_allowed(order.content, creator(door))
        return upload.begin(order, door, _INIT, video_info(order.content))

    def poll(self, remote: Remote, door: Door) -> bool:
        """:raises NotProcessed: the upload's address is about to end"""
        return upload.is_open(remote, door)

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Accepted: always, where all went well: a publish_id is not yet a public post"""
        raise upload.finish(order, remote, door)

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """The publish_id's own status is the proof, both ways."""
        state = status.ask(remote["publish_id"], door)
        return upload.sight(state, remote, door) or status.sighting(state, content, remote)


class Draft(Video):
    """
    A video in the creator's inbox. They finish it in the app and write its words there: TikTok carries none.

    Done is when the inbox has it; whether the creator ever posts it is theirs.
    """

    spec = replace(Video.spec, format="draft", format_label="Draft in the creator's inbox", settings=(), cover=None)

    def prepare(self, order: Order, door: Door) -> Remote:
        return upload.begin(order, door, _INBOX_INIT, None)


class VideoByAddress(TikTok):
    """
    Fetched by TikTok from our media host, which must be verified for the app. The one call cannot be taken back.

    After a lost answer there is no publish_id: only a public post with the same words can be recognised.
    """

    spec = replace(
        Video.spec,
        format="video_url",
        format_label="Video, fetched by TikTok",
        pulls=True,
        prepares=False,
        proves_absence=False,
    )

    def publish(self, order: Order, remote: Remote, door: Door) -> Receipt:
        """:raises Accepted: where all went well: TikTok fetches and processes the video now"""
        ask_first(order, door)
        source = {"source": "PULL_FROM_URL", "video_url": order.media_urls[0]}
        body = {"post_info": video_info(order.content), "source_info": source}
        begun = publish_id_in(call(door, _INIT, body, writes=True))
        raise Accepted("TikTok is fetching the video.", {"publish_id": begun})

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        return status.look(content, remote, since, door, content.text)
