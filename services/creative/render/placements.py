"""
The four sizes an ad is made in, and where each platform draws over it.

Sizes: Meta's recommended 1:1, 4:5, 9:16 and 1.91:1 pictures. The strip kept free in stories is the top 14 %, the bottom
35 % and 6 % at the sides: Meta's unified figure for 9:16 Stories and Reels since March 2026, as quoted by several
agencies (behaviour.digital, primores.org; checked 2026-11-21, not read at Meta itself). Stories alone need only 20 %
at the bottom; the larger figure also survives Reels. Elsewhere nothing is drawn over a picture; the margin is ours.
"""

from dataclasses import dataclass
from enum import StrEnum


class Placement(StrEnum):
    """A size ads are made in."""

    SQUARE = "square"
    FEED = "feed"
    STORY = "story"
    LINK = "link"


@dataclass(frozen=True)
class PlacementSpec:
    """
    One size. `width` and `height` in pixels; `safe_*` are the shares of width or height to keep free on each side.
    """

    placement: Placement
    label: str
    ratio: str
    width: int
    height: int
    safe_side: float
    safe_top: float
    safe_bottom: float

    @property
    def safe_px(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of the safe area in pixels."""
        side = round(self.width * self.safe_side)
        bottom = self.height - round(self.height * self.safe_bottom)
        return side, round(self.height * self.safe_top), self.width - side, bottom


PLACEMENTS: dict[Placement, PlacementSpec] = {
    Placement.SQUARE: PlacementSpec(Placement.SQUARE, "Square", "1:1", 1080, 1080, 0.05, 0.05, 0.05),
    Placement.FEED: PlacementSpec(Placement.FEED, "Feed", "4:5", 1080, 1350, 0.05, 0.04, 0.04),
    Placement.STORY: PlacementSpec(Placement.STORY, "Story", "9:16", 1080, 1920, 0.06, 0.14, 0.35),
    Placement.LINK: PlacementSpec(Placement.LINK, "Link", "1.91:1", 1200, 628, 0.04, 0.06, 0.06),
}
