"""The two type families ads are set in, loaded once per size and weight."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont, features

FOLDER = Path(__file__).parent.parent / "fonts"


class ShapingMissing(RuntimeError):
    """Pillow cannot shape text: install the library fribidi (Debian: libfribidi0, macOS: brew install fribidi)."""


class Face(StrEnum):
    """A vendored variable font; the value is its file name in `fonts/`."""

    INTER = "Inter.ttf"
    ARABIC = "NotoSansArabic.ttf"


@dataclass(frozen=True)
class Style:
    """
    How letters look, apart from their size.

    `weight` is 100 to 900. `display` picks Inter's large optical size, drawn tighter for headlines.
    `face` is the family tried first; the other one fills in for characters it lacks.
    """

    weight: int
    display: bool = False
    face: Face = Face.INTER


# Ascent from baseline to the top of a capital (or a tall Arabic letter) and descent below it, as shares of the size.
# Inter: capHeight 1490/2048, descender of g and p 0.21. Noto Sans Arabic: alef 0.72, bowls and dots below 0.40.
CAP_RATIO = {Face.INTER: 0.727, Face.ARABIC: 0.76}
DROP_RATIO = {Face.INTER: 0.21, Face.ARABIC: 0.40}
# Arabic carries marks above and below the letters and needs more air between lines than the template's Latin leading.
LEADING_MORE = {Face.INTER: 0.0, Face.ARABIC: 0.26}


@lru_cache(maxsize=1)
def require_shaping() -> None:
    """
    Make sure kerning and right-to-left shaping work before a single letter is drawn.

    :raises ShapingMissing: Pillow found no fribidi; it would draw unkerned, unjoined letters without saying so
    """
    if not features.check("raqm"):
        raise ShapingMissing(ShapingMissing.__doc__)


@lru_cache(maxsize=512)
def font_for(face: Face, size: float, weight: int, display: bool) -> ImageFont.FreeTypeFont:
    """
    One font object per face, size in pixels and weight.

    Variations are state on the object, so it is never changed after it is cached.

    :raises ShapingMissing: see `require_shaping`
    """
    require_shaping()
    loaded = ImageFont.truetype(FOLDER / face.value, size, layout_engine=ImageFont.Layout.RAQM)
    if face is Face.INTER:
        loaded.set_variation_by_axes([32 if display else 14, weight])
    else:
        loaded.set_variation_by_axes([weight, 100])
    return loaded


def font(style: Style, size: float, face: Face | None = None) -> ImageFont.FreeTypeFont:
    """The font a style is drawn with at `size` pixels, in its own face or in the one given."""
    return font_for(face or style.face, size, style.weight, style.display)
