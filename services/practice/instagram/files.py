"""
The media that containers are made of: fetched at creation, judged by what they are for. Limits: Content Publishing.

Not judged: the order of a clip's boxes, edit lists and bit rates, of which nobody reports a refusal.
"""

from dataclasses import dataclass

from services.practice import clips, images
from services.practice.clips import Clip
from services.practice.images import Fetched, Picture
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError

_MEGABYTE = 1024 * 1024
IMAGE_BYTES_MAX = 8 * _MEGABYTE
_RATIO_TOLERANCE = 0.01  # 1200 x 628, the usual wide size, is 1.911
_FRAMES_MIN, _FRAMES_MAX, _CLIP_WIDTH_MAX = 23, 60, 1_920
_CODECS, _FORMATS = ("h264", "hevc"), {"mp4": "video/mp4", "mov": "video/quicktime"}


@dataclass(frozen=True)
class Rules:
    """What one use allows: width divided by height, a picture's least width, a clip's bytes and seconds."""

    ratio_min: float
    ratio_max: float
    width_min: int
    clip_bytes_max: int
    seconds_max: int


FEED = Rules(4 / 5, 1.91, 320, 0, 0)
REEL = Rules(0.01, 10, 1, 300 * _MEGABYTE, 900)
FEED_CLIP = Rules(0.01, 10, 1, 100 * _MEGABYTE, 60)  # items are cut to the shape of the first
STORY = Rules(0.1, 10, 1, 100 * _MEGABYTE, 60)
COVER = Rules(0.01, 10, 1, 0, 0)
SECONDS_MIN = 3


def take_picture(call: Call, address: str, rules: Rules) -> str:
    """Fetch, judge and keep a picture; returns its sha256. :raises GraphError: 9004, 36000, 36001, 36003"""
    fetched = _fetch(call, address, IMAGE_BYTES_MAX)
    if len(fetched.body) > IMAGE_BYTES_MAX:
        raise GraphError(36000, "The image is too large", subcode=2207004, detail="The limit is 8 MiB.")
    try:
        picture = images.measure(fetched.body)
    except images.NotAPicture as problem:
        raise _wrong_format("the file is no readable picture") from problem
    if picture.format != "JPEG" or fetched.content_type != "image/jpeg":
        raise _wrong_format(f"the file is {picture.content_type}, sent as {fetched.content_type or 'nothing'}")
    if not _has_shape(picture, rules) or picture.width < rules.width_min:
        detail = f"{picture.width} x {picture.height} is not between 4:5 and 1.91:1 and at least 320 wide."
        raise GraphError(36003, "The aspect ratio is not supported", subcode=2207009, detail=detail)
    return images.keep(call.world, picture, fetched.body)


def take_clip(call: Call, address: str, rules: Rules) -> tuple[str, float]:
    """Fetch, judge and keep a clip; returns its sha256 and its seconds. :raises GraphError: 9004, 352/2207026"""
    fetched = _fetch(call, address, rules.clip_bytes_max)
    if len(fetched.body) > rules.clip_bytes_max:
        raise _unsupported(f"the limit is {rules.clip_bytes_max // _MEGABYTE} MiB")
    try:
        clip = clips.measure(fetched.body)
    except clips.NotAClip as problem:
        raise _unsupported(f"the file cannot be read: {problem}") from problem
    _judge(clip, fetched.content_type, rules)
    return clips.keep(call.world, clip, fetched.body), clip.seconds


def _judge(clip: Clip, content_type: str, rules: Rules) -> None:
    if _FORMATS.get(clip.format) != content_type:
        raise _unsupported(f"the file is {clip.content_type}, sent as {content_type or 'nothing'}")
    if clip.codec not in _CODECS or clip.audio not in ("", "aac"):
        raise _unsupported(f"only H.264 or HEVC with AAC is played, not {clip.codec} {clip.audio}".rstrip())
    if not SECONDS_MIN <= round(clip.seconds, 1) <= rules.seconds_max:
        raise _unsupported(f"{clip.seconds:.1f} s is not between {SECONDS_MIN} and {rules.seconds_max} s")
    if not _FRAMES_MIN <= clip.frames_per_second <= _FRAMES_MAX:
        raise _unsupported(f"{clip.frames_per_second:.0f} pictures a second are not between 23 and 60")
    if clip.width > _CLIP_WIDTH_MAX or not rules.ratio_min <= clip.ratio <= rules.ratio_max:
        raise _unsupported(f"{clip.width} x {clip.height} is no shape for it")


def _has_shape(picture: Picture, rules: Rules) -> bool:
    return rules.ratio_min - _RATIO_TOLERANCE <= picture.ratio <= rules.ratio_max + _RATIO_TOLERANCE


def _fetch(call: Call, address: str, limit_bytes: int) -> Fetched:
    try:
        return images.fetch(call.world, address, limit_bytes=limit_bytes)
    except images.NotFetched as problem:
        detail = f"The media could not be fetched from this URI: {problem}."
        raise GraphError(
            9004, "Only photo or video can be accepted as media type.", subcode=2207052, detail=detail
        ) from problem


def _wrong_format(reason: str) -> GraphError:
    detail = f"Only JPEG is supported: {reason}."
    return GraphError(36001, "The image format is not supported", subcode=2207005, detail=detail)


def _unsupported(reason: str) -> GraphError:
    return GraphError(352, "The video format is not supported", subcode=2207026, detail=f"Not supported: {reason}.")
