"""Shading a photo behind text: only where the words are, and only as deep as they need."""

from dataclasses import dataclass

from PIL import Image

from services.creative.render.painting.colours import RGB
from services.creative.render.painting.contrast import darkened, samples, worst_ratio

_MARGIN = 0.4  # contrast aimed for beyond what is checked: JPEG and rounding take a little
_STEPS = 40
_AT_TEXT = 0.8  # opacity where the text ends, as a share of that at the picture's edge


@dataclass(frozen=True)
class Served:
    """A text a scrim is there for: its ink, its box in pixels of the canvas and the contrast it needs."""

    ink: RGB
    box: tuple[int, int, int, int]
    needed: float


@dataclass(frozen=True)
class Scrim:
    """A scrim ready to be laid: where it is, its colour, and the least opacity (0 to 1) that serves all texts."""

    mask: Image.Image
    tone: RGB
    needed: float

    def lay(self, canvas: Image.Image, strength: tuple[float, float]) -> None:
        """Shade the canvas with the needed opacity, held within `strength`."""
        share = min(strength[1], max(strength[0], self.needed))
        canvas.paste(self.tone, (0, 0), self.mask.point([round(value * share) for value in range(256)]))


def plan_scrim(canvas: Image.Image, side: str, served: list[Served], tone: RGB, fade_px: float) -> Scrim:
    """A scrim from one `side` (top, bottom, left, right) to the far end of the texts, then fading over `fade_px`."""
    length = canvas.height if side in {"top", "bottom"} else canvas.width
    reach = max((_far_end(text.box, side, canvas) for text in served), default=0)
    profile = bytes(round(255 * _opacity(distance, reach, fade_px)) for distance in range(length))
    if side in {"bottom", "right"}:
        profile = profile[::-1]
    shape = (1, length) if side in {"top", "bottom"} else (length, 1)
    mask = Image.frombytes("L", shape, profile).resize(canvas.size, Image.Resampling.NEAREST)
    return Scrim(mask, tone, max((_least(canvas, mask, text, tone) for text in served), default=0.0))


def _far_end(box: tuple[int, int, int, int], side: str, canvas: Image.Image) -> int:
    """How far from its side the scrim must reach to cover a box."""
    return {"top": box[3], "left": box[2], "bottom": canvas.height - box[1], "right": canvas.width - box[0]}[side]


def _opacity(distance: float, reach: float, fade: float) -> float:
    if distance <= reach:
        return 1 - (1 - _AT_TEXT) * distance / max(1.0, reach)
    part = min(1.0, (distance - reach) / fade)
    return _AT_TEXT * (1 - part * part * (3 - 2 * part))


def _least(canvas: Image.Image, mask: Image.Image, text: Served, tone: RGB) -> float:
    """The least opacity, 0 to 1 in fortieths, at which a text has its contrast; 1 when none is enough."""
    under = samples(canvas, text.box)
    shares = [colour[0] for colour in samples(mask, text.box)]
    low, high = 0, _STEPS
    while low < high:
        step = (low + high) // 2
        if worst_ratio(darkened(under, shares, tone, step / _STEPS), text.ink) >= text.needed + _MARGIN:
            high = step
        else:
            low = step + 1
    return low / _STEPS
