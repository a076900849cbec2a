"""`/{page-id}/video_reels` in three calls, and the host that takes the bytes. Facts: Reels Publishing API."""

from typing import Any

from starlette.responses import JSONResponse, Response

from services.practice import images
from services.practice.facebook import videos
from services.practice.facebook.access import page_token
from services.practice.seeds import Page
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, Refusal, bad_parameter
from services.practice.world import DAY_SECONDS

BYTES_MAX, SECONDS_MIN, SECONDS_MAX = 1024 * 1024 * 1024, 3, 90
WIDTH_MIN, HEIGHT_MIN, FRAMES_MIN, FRAMES_MAX, RATIO, _RATIO_TOLERANCE = 540, 960, 24, 60, 9 / 16, 0.01
_CODECS = ("h264", "hevc", "vp9", "av1", "libdav1d")


class UploadRefusal(Refusal):
    """The upload host's own envelope."""

    def __init__(self, kind: str, message: str, *, status: int = 400, retriable: bool = False) -> None:
        super().__init__(message, status=status)
        self.kind, self.retriable = kind, retriable

    def answer(self, trace: str) -> Response:
        told = {"retriable": self.retriable, "type": self.kind, "message": self.message}
        return JSONResponse({"debug_info": told}, status_code=self.status)


def step(call: Call, page_id: str) -> dict[str, Any]:
    """`POST /{page-id}/video_reels`. :raises GraphError: 100 wrong parameters, 1390008 the day's reels are used up"""
    page = page_token(call, page_id, "pages_manage_posts", "pages_read_engagement", task="CREATE_CONTENT")
    match call.need("upload_phase"):
        case "start":
            video = videos.begin(call, page, "reel", None)
            return {"video_id": video, "upload_url": f"{call.base}/facebook/rupload/video-upload/{video}"}
        case "finish":
            return _finish(call, page)
    raise bad_parameter("Param upload_phase must be one of {START, FINISH}")


def upload(call: Call) -> dict[str, Any]:
    """The bytes from `offset` on, or where they lie. :raises UploadRefusal:"""
    if not call.headers.get("authorization", "").startswith("OAuth "):
        raise UploadRefusal("NotAuthorizedError", "The Authorization header must be: OAuth <token>", status=401)
    video = videos.find(call, call.segments[-1]) if call.segments else None
    if video is None or video["ready_at"] is not None:
        raise UploadRefusal("NotFoundError", "There is no such upload.", status=404)
    body, size = _sent(call, video)
    if not body or video["received"] + len(body) > min(size, BYTES_MAX):
        raise UploadRefusal("PartialRequestError", "The body does not have the bytes that were announced.")
    videos.receive(call.world, video, body, size)
    return {"success": True}


def _sent(call: Call, video: dict[str, Any]) -> tuple[bytes, int]:
    address = call.headers.get("file_url", "")
    if address:
        try:
            body = images.fetch(call.world, address, limit_bytes=256 * 1024 * 1024).body
        except images.NotFetched as problem:
            raise UploadRefusal("FileUrlError", f"The file could not be fetched: {problem}.") from problem
        return body, len(body)
    offset, size = call.headers.get("offset", ""), call.headers.get("file_size", "")
    if not (offset.isdecimal() and size.isdecimal()):
        raise UploadRefusal("HeaderError", "The headers offset and file_size are required.")
    if int(offset) != video["received"]:
        raise UploadRefusal("OffsetInvalidError", f"The next byte is {video['received']}.")
    return call.body, int(size)


def _finish(call: Call, page: Page) -> dict[str, Any]:
    video_state = call.need("video_state")
    if video_state != "PUBLISHED":
        raise bad_parameter("Only video_state PUBLISHED is practised here: schedule in the app")
    is_spent = call.fault("quota") is not None  # asked outside the act: a refusal undoes what is counted within
    with call.world.store.act():
        video = videos.own(call, page, call.need("video_id"), "reel")
        videos.demand_whole(video, call.now)
        if is_spent or _made_today(call, page) >= call.world.setting("facebook_reels_total"):
            raise GraphError(1390008, "You are posting too fast: 30 reels in 24 hours", status=403)
        videos.finish(call, page, video, call.get("description"), call.get("title"), _refusal(call, video))
    return {"success": True}


def _made_today(call: Call, page: Page) -> int:
    row = call.world.store.one(
        "select count(*) as made from posts where account = :page and format = 'reel' and created_at > :since",
        page=page.id,
        since=call.now - DAY_SECONDS,
    )
    return 0 if row is None else int(row["made"])


def _refusal(call: Call, video: dict[str, Any]) -> str:
    """Why its processing will fail; empty for a good one."""
    clip = videos.measured(call.world, video)
    if clip is None or clip.format not in ("mp4", "mov") or clip.codec not in _CODECS or clip.audio not in ("", "aac"):
        return "The file is no MP4 in a codec that reels play."
    if not SECONDS_MIN <= round(clip.seconds, 1) <= SECONDS_MAX:
        return f"A reel is {SECONDS_MIN} to {SECONDS_MAX} seconds long; this is {clip.seconds:.1f}."
    if not FRAMES_MIN <= round(clip.frames_per_second) <= FRAMES_MAX:
        return f"A reel has {FRAMES_MIN} to {FRAMES_MAX} pictures a second; this has {clip.frames_per_second:.0f}."
    if clip.width < WIDTH_MIN or clip.height < HEIGHT_MIN or abs(clip.ratio - RATIO) > _RATIO_TOLERANCE:
        return f"A reel is 9:16 and at least {WIDTH_MIN} x {HEIGHT_MIN}; this is {clip.width} x {clip.height}."
    return ""
