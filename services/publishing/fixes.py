"""What we can put right of a picture that a platform would refuse: shape, format, size. Pure. Clips: `clip_offers`."""

from dataclasses import dataclass
from uuid import UUID

from services import media
from services.approvals import SealedContent, SealedMedia
from services.publishing.limits import takes_shape
from services.publishing.publisher import Cover, PlatformSpec
from services.publishing.registry import FormatUnknown, PlatformUnknown, publisher_of

_JPEG = "image/jpeg"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Fix:
    """One picture of the post, at `place` from 0, and what making it fit means, as words after "to"."""

    place: int
    asset_id: UUID
    wanted: media.Wanted
    words: str


def fixes_of(content: SealedContent) -> list[Fix]:
    """One for each picture that we can make fit; empty where nothing is wrong, or only a person can help."""
    try:
        spec = publisher_of(content).spec
    except (FormatUnknown, PlatformUnknown):
        return []
    found = (fix_of(spec, place, item, has_shape=takes_shape(spec, item)) for place, item in enumerate(content.media))
    return [fix for fix in found if fix is not None]


def fix_of(limits: PlatformSpec | Cover, place: int, item: SealedMedia, *, has_shape: bool) -> Fix | None:
    """What makes a picture fit these limits; None where it does, or only another picture would."""
    if item.is_video or _JPEG not in limits.media_types:
        return None
    wanted = media.Wanted(limits.ratio_min, limits.ratio_max, limits.bytes_max)
    width, height = media.cut_size(item.width, item.height, wanted)
    words = []
    if not has_shape:
        words.append(f"crop to {width:,} × {height:,}")
    if item.content_type not in limits.media_types:
        words.append("convert to JPEG")
    if limits.bytes_max is not None and item.byte_count > limits.bytes_max:
        words.append(f"compress below {limits.bytes_max / _MEGABYTE:.0f} MB")
    if not words or width < limits.width_min:
        return None
    return Fix(place, item.asset_id, wanted, ", ".join(words))
