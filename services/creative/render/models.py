"""The nouns of drawing: what a brand looks like, the finished picture and its warnings."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.creative.render.layers import Frozen
from services.creative.render.placements import Placement

Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class BrandStyle(Frozen):
    """A brand as drawing sees it. `colours`: one to five, the main one first. `logo`: key of its picture, if any."""

    name: str
    colours: tuple[Hex, ...] = Field(min_length=1, max_length=5)
    logo: str | None = None


class WarningCode(StrEnum):
    """What is wrong with a drawn ad."""

    MISSING_FIELD = "missing_field"
    OVERFLOW = "overflow"
    LOW_CONTRAST = "low_contrast"
    OUTSIDE_SAFE = "outside_safe"
    MISSING_GLYPHS = "missing_glyphs"
    SMALL_PICTURE = "small_picture"


class AdWarning(Frozen):
    """
    One thing a person should look at before the ad goes out.

    `figure` and `needed` are in the unit the code implies: contrast ratio, pixels, characters.
    """

    code: WarningCode
    placement: Placement
    layer: str
    sentence: str
    figure: float | None = None
    needed: float | None = None


class SafeBox(Frozen):
    """The part of the picture no platform draws over, in pixels of the picture."""

    left: int
    top: int
    right: int
    bottom: int


class Rendered(Frozen):
    """
    A finished picture.

    `content` is JPEG (or WebP for a preview), sRGB. `sha256` is that of `content` in hex: the same inputs give the same
    bytes, so an approved picture can be recognised later.
    """

    placement: Placement
    content: bytes
    media_type: Literal["image/jpeg", "image/webp"]
    width: int
    height: int
    sha256: str
    warnings: tuple[AdWarning, ...]
    safe_box: SafeBox
