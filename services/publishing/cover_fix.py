"""What we can put right of a picture that was chosen as the cover of a clip."""

from services.approvals import SealedContent
from services.publishing.covers import has_shape
from services.publishing.fixes import Fix, fix_of
from services.publishing.registry import FormatUnknown, PlatformUnknown, publisher_of

_COVER_PLACE = -1


def cover_fix_of(content: SealedContent) -> Fix | None:
    """What makes the chosen picture fit, after it no file of the post; None where it does, or only another would."""
    try:
        cover, item = publisher_of(content).spec.cover, content.cover
    except (FormatUnknown, PlatformUnknown):
        return None
    if cover is None or item is None:
        return None
    return fix_of(cover, _COVER_PLACE, item, has_shape=has_shape(cover, item))
