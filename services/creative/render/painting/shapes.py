"""Masks with smooth edges: rounded corners, seals and soft shadows. Sizes in pixels, all masks 8-bit."""

import math
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFilter

_FINER = 4  # masks are drawn four times larger and averaged down


@lru_cache(maxsize=256)
def _quarter(radius: int) -> Image.Image:
    """The top-left quarter of a disc."""
    large = Image.new("L", (radius * _FINER, radius * _FINER), 0)
    side = 2 * radius * _FINER - 1
    ImageDraw.Draw(large).ellipse((0, 0, side, side), fill=255)
    return large.reduce(_FINER)


@lru_cache(maxsize=128)
def rounded(width: int, height: int, radii: tuple[int, int, int, int]) -> Image.Image:
    """A rectangle with its own radius per corner: top left, top right, bottom left, bottom right."""
    mask = Image.new("L", (width, height), 255)
    for i, wanted in enumerate(radii):
        radius = min(wanted, width, height)
        if radius > 0:
            tile = _quarter(radius)
            if i % 2:
                tile = tile.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            if i > 1:
                tile = tile.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
            mask.paste(tile, ((width - radius) * (i % 2), (height - radius) * (i // 2)))
    return mask


@lru_cache(maxsize=32)
def seal(side: int, scallops: int = 18) -> Image.Image:
    """A round seal with a gently waved edge."""
    middle, steps = side * _FINER / 2, scallops * 24
    points = []
    for step in range(steps):
        angle = 2 * math.pi * step / steps
        radius = middle * (0.965 + 0.035 * math.cos(scallops * angle))
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    large = Image.new("L", (side * _FINER, side * _FINER), 0)
    ImageDraw.Draw(large).polygon(points, fill=255)
    return large.reduce(_FINER)


def shadow(
    canvas: Image.Image, mask: Image.Image, at: tuple[int, int], *, blur: float, drop: int, opacity: float
) -> None:
    """Lay a soft shadow of a mask on the canvas, `drop` pixels lower. Blurred at a quarter of the size."""
    pad = math.ceil(blur * 2)
    padded = Image.new("L", (mask.width + 2 * pad, mask.height + 2 * pad), 0)
    padded.paste(mask, (pad, pad))
    small = padded.resize((max(1, padded.width // 4), max(1, padded.height // 4)), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(blur / 4)).resize(padded.size, Image.Resampling.BICUBIC)
    faint = soft.point([round(value * opacity) for value in range(256)])
    canvas.paste((12, 12, 18), (at[0] - pad, at[1] - pad + drop), faint)
