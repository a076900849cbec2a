"""Setting type: which face draws which character, where lines break, how large a text may be."""

from services.creative.render.lettering.bidi import Run, is_rtl, visual_runs
from services.creative.render.lettering.breaks import tokens
from services.creative.render.lettering.faces import ShapingMissing, Style, font, font_for
from services.creative.render.lettering.fit import Fitted, Limits, advance, fit
from services.creative.render.lettering.glyphs import clean, missing_glyphs

__all__ = [
    "Fitted",
    "Limits",
    "Run",
    "ShapingMissing",
    "Style",
    "advance",
    "clean",
    "fit",
    "font",
    "font_for",
    "is_rtl",
    "missing_glyphs",
    "tokens",
    "visual_runs",
]
