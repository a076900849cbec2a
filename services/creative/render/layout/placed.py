"""What the solver hands to the painter: every layer with its place in pixels of the full-size picture."""

from dataclasses import dataclass

from services.creative.render.layers import Layer
from services.creative.render.lettering import Style


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    def pixels(self, scale: float = 1.0) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in whole pixels at another scale; touching boxes stay touching."""
        return round(self.x * scale), round(self.y * scale), round(self.right * scale), round(self.bottom * scale)


@dataclass(frozen=True)
class SetLine:
    """One line of text: where its baseline is and the horizontal point its `anchor` (l, m, r) is held to."""

    text: str
    x: float
    baseline: float
    anchor: str


@dataclass(frozen=True)
class SetText:
    """A text with size and lines decided. `overflow`: its end had to be cut. `rtl`: it reads from right to left."""

    lines: tuple[SetLine, ...]
    size: float
    style: Style
    overflow: bool
    box: Box
    rtl: bool


@dataclass(frozen=True)
class Placed:
    """A layer in its place. `picture` is the key of the image it shows; `rtl` says the ad reads from right to left."""

    layer: Layer
    box: Box
    rtl: bool
    text: SetText | None = None
    picture: str | None = None


@dataclass(frozen=True)
class Layout:
    """A solved ad: its size in pixels and its layers from the back to the front."""

    width: int
    height: int
    rtl: bool
    placed: tuple[Placed, ...]
