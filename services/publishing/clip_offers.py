"""What we can put right of a clip that a platform would refuse: its form, shape, size and length. Pure."""

from dataclasses import dataclass
from uuid import UUID

from services import media
from services.approvals import SealedContent, SealedMedia
from services.publishing.limits import takes_shape
from services.publishing.publisher import PlatformSpec
from services.publishing.registry import FormatUnknown, PlatformUnknown, publisher_of

_MP4 = "video/mp4"
_MEGABYTE = 1024 * 1024
_SHAPES = (("9:16", 9 / 16), ("4:5", 4 / 5), ("1:1", 1.0), ("16:9", 16 / 9))
AS_IT_IS = "As it is"


@dataclass(frozen=True)
class Shape:
    """A shape that the platform takes, width to height, None as it is; `ways` lead to one that is wide enough."""

    label: str
    ratio: float | None
    ways: tuple[media.Way, ...]


@dataclass(frozen=True)
class ClipOffer:
    """
    One clip of the post, at `place` from 0, and what it takes to make it fit: words after "to", choices for a person.

    `shapes`: the nearest first. `seconds` it is long, `seconds_max` where it has to be cut to so many.
    """

    place: int
    asset_id: UUID
    width: int
    height: int
    seconds: float
    words: str
    shapes: tuple[Shape, ...]
    seconds_max: float | None
    bytes_max: int | None
    width_min: int

    def wanted(self, shape: Shape, way: media.Way, start_seconds: float = 0.0) -> media.ClipWanted:
        """What the choices come to."""
        return media.ClipWanted(
            shape=shape.ratio,
            way=way,
            bytes_max=self.bytes_max,
            start_seconds=start_seconds if self.seconds_max else 0.0,
            seconds_max=self.seconds_max,
            width_min=self.width_min,
        )

    def size(self, shape: Shape, way: media.Way) -> tuple[int, int]:
        """Pixels of what would be made; fewer where the bytes allow no more."""
        return media.clip_size(self.width, self.height, self.wanted(shape, way))


def clip_offers_of(content: SealedContent) -> list[ClipOffer]:
    """One for each clip that we can make fit; empty where nothing is wrong, or only a person can help."""
    try:
        spec = publisher_of(content).spec
    except (FormatUnknown, PlatformUnknown):
        return []
    found = (_offer(spec, place, item) for place, item in enumerate(content.media))
    return [offer for offer in found if offer is not None]


def _offer(spec: PlatformSpec, place: int, item: SealedMedia) -> ClipOffer | None:
    seconds = item.duration_ms / 1000
    if not item.is_video or _MP4 not in spec.media_types or not seconds:
        return None
    shapes = _shapes(spec, item)
    cut = spec.seconds_max if spec.seconds_max is not None and seconds > spec.seconds_max else None
    words = _words(spec, item, cut)
    if not words or not shapes or (spec.seconds_min is not None and seconds < spec.seconds_min):
        return None
    return ClipOffer(
        place, item.asset_id, item.width, item.height, seconds, ", ".join(words), shapes, cut, spec.bytes_max,
        spec.width_min,
    )  # fmt: skip


def _words(spec: PlatformSpec, item: SealedMedia, cut: float | None) -> list[str]:
    words = []
    if item.content_type not in spec.media_types:
        words.append("convert to MP4")
    if not takes_shape(spec, item) or item.width < spec.width_min:
        words.append("change the shape")
    if spec.bytes_max is not None and item.byte_count > spec.bytes_max:
        words.append(f"compress below {spec.bytes_max / _MEGABYTE:.0f} MB")
    if cut is not None:
        words.append(f"cut to {cut:g} s")
    return words


def _shapes(spec: PlatformSpec, item: SealedMedia) -> tuple[Shape, ...]:
    own = item.width / item.height
    near = sorted(_SHAPES, key=lambda one: abs(one[1] / own - 1))
    taken = [(label, ratio) for label, ratio in near if spec.ratio_min <= ratio <= spec.ratio_max]
    asked: list[tuple[str, float | None]] = [(AS_IT_IS, None)] if takes_shape(spec, item) else []
    found = []
    for label, ratio in [*asked, *taken]:
        ways = (media.Way.CROP,) if ratio is None else tuple(media.Way)
        wide = tuple(way for way in ways if _width(item, ratio, way) >= spec.width_min)
        if wide:
            found.append(Shape(label, ratio, wide))
    return tuple(found)


def _width(item: SealedMedia, ratio: float | None, way: media.Way) -> int:
    return media.clip_size(item.width, item.height, media.ClipWanted(shape=ratio, way=way))[0]
