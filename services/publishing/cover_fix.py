"""What we can put right of a picture that was chosen as the cover of a clip."""

from services import media
from services.approvals import SealedContent
from services.publishing.covers import has_shape
from services.publishing.fixes import Fix
from services.publishing.registry import FormatUnknown, PlatformUnknown, publisher_of

_JPEG = "image/jpeg"
_MEGABYTE = 1024 * 1024
_COVER_PLACE = -1


def cover_fix_of(content: SealedContent) -> Fix | None:
    """What makes the chosen picture fit, after it no file of the post; None where it does, or only another would."""
    try:
        cover, item = publisher_of(content).spec.cover, content.cover
    except (FormatUnknown, PlatformUnknown):
        return None
    if cover is None or item is None or _JPEG not in cover.media_types:
        return None
    wanted = media.Wanted(cover.ratio_min, cover.ratio_max, cover.bytes_max)
    width, height = media.cut_size(item.width, item.height, wanted)
    words = []
    if not has_shape(cover, item):
        words.append(f"crop to {width:,} × {height:,}")
    if item.content_type not in cover.media_types:
        words.append("convert to JPEG")
    if item.byte_count > cover.bytes_max:
        words.append(f"compress below {cover.bytes_max / _MEGABYTE:.0f} MB")
    if not words or width < cover.width_min:
        return None
    return Fix(_COVER_PLACE, item.asset_id, wanted, ", ".join(words))
