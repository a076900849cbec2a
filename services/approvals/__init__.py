"""Who decides, what was decided, the seal."""

from services.approvals.errors import PictureMissing, TargetMissing
from services.approvals.models import Target
from services.approvals.seal import PLACEMENTS, SealedContent, SealedMedia, compose, content_for, tracked

__all__ = [
    "PLACEMENTS",
    "PictureMissing",
    "SealedContent",
    "SealedMedia",
    "Target",
    "TargetMissing",
    "compose",
    "content_for",
    "tracked",
]
