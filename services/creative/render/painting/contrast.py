"""How well text stands out from the pixels that are really behind it."""

from PIL import Image

from services.creative.render.painting.colours import LARGE_TEXT_RATIO, RGB, TEXT_RATIO, contrast_of, luminance, mix

_CELL = 6  # pixels of the ad averaged into one sample: about the width of a letter's stroke
_MOST_COLUMNS, _MOST_ROWS = 48, 28
_WORST_SHARE = 0.05  # the worst twentieth decides: a few bright specks do not make a line unreadable


# WCAG calls text large from 24 css px, or 18.7 css px bold. A phone shows 1080 px of an ad on about 390 css px.
_LARGE_PX = 66
_LARGE_BOLD_PX = 52
_BOLD = 700


def needed_ratio(size: float, weight: int, *, logotype: bool = False) -> float:
    """The contrast a text of `size` pixels must have: 4.5, or 3 when large; a logotype (exempt in WCAG) 3 as well."""
    large = size >= _LARGE_PX or (weight >= _BOLD and size >= _LARGE_BOLD_PX)
    return LARGE_TEXT_RATIO if large or logotype else TEXT_RATIO


def samples(canvas: Image.Image, box: tuple[int, int, int, int]) -> list[RGB]:
    """The colours under a box of the canvas as a grid of averages, row by row; empty when the box is outside."""
    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(canvas.width, box[2]), min(canvas.height, box[3])
    if right - left < 1 or bottom - top < 1:
        return []
    columns = max(1, min(_MOST_COLUMNS, (right - left) // _CELL))
    rows = max(1, min(_MOST_ROWS, (bottom - top) // _CELL))
    small = canvas.resize((columns, rows), Image.Resampling.BOX, box=(left, top, right, bottom))
    raw = (small if small.mode == "RGB" else small.convert("RGB")).tobytes()
    return [(raw[i], raw[i + 1], raw[i + 2]) for i in range(0, len(raw), 3)]


def worst_ratio(found: list[RGB], ink: RGB) -> float:
    """The contrast of `ink` that at least 95 % of the samples reach; 21 when there are none."""
    if not found:
        return 21.0
    own = luminance(ink)
    ratios = sorted(contrast_of(luminance(colour), own) for colour in found)
    return ratios[int(len(ratios) * _WORST_SHARE)]


def darkened(found: list[RGB], shares: list[int], tone: RGB, strength: float) -> list[RGB]:
    """The samples under a scrim of one colour; `shares` is the scrim's own opacity per sample, 0 to 255."""
    return [mix(tone, colour, strength * share / 255) for colour, share in zip(found, shares, strict=True)]
