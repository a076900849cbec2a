"""Words in their place: from a text layer and the room it has to lines with baselines."""

from services.creative.render.layers import BadgeLayer, ButtonLayer, TextLayer
from services.creative.render.layout.placed import Box, SetLine, SetText
from services.creative.render.lettering import Fitted, Limits, Style, advance, fit, is_rtl
from services.creative.render.lettering.faces import CAP_RATIO, DROP_RATIO, LEADING_MORE, Face
from services.creative.render.lettering.glyphs import coverage

BUTTON_HEIGHT = 2.3  # button height and side padding as multiples of its type size
BUTTON_PADDING = 1.1
_BADGE_ROOM = 0.66  # share of a seal's diameter its words may span
_ANCHORS = {"start": "l", "centre": "m", "end": "r"}


def style_for(text: str, weight: int, *, display: bool = False) -> Style:
    """The style of a text: Arabic letters bring their own face, its digits and Latin words included."""
    arabic = any(ord(char) not in coverage(Face.INTER) and ord(char) in coverage(Face.ARABIC) for char in text)
    return Style(weight, display, Face.ARABIC if arabic else Face.INTER)


def leading_px(size: float, leading: float, style: Style) -> float:
    """Distance between baselines in pixels."""
    return size * (leading + LEADING_MORE[style.face])


def block_height(fitted: Fitted, leading: float, style: Style) -> float:
    """From the top of the first capital to the last baseline, plus the descent below it."""
    between = (len(fitted.lines) - 1) * leading_px(fitted.size, leading, style)
    return fitted.size * (CAP_RATIO[style.face] + DROP_RATIO[style.face]) + between


def fit_text(layer: TextLayer, text: str, width: float, max_size: int, max_lines: int) -> tuple[Fitted, Style]:
    """Size and lines of a text layer in `width` pixels."""
    style = style_for(text, layer.weight, display=layer.display)
    limits = Limits(width, min(layer.min_size, max_size), max_size, max_lines)
    return fit(text, style, limits), style


def place_text(fitted: Fitted, style: Style, leading: float, box: Box, anchor: str, *, rtl: bool) -> SetText:
    """Baselines for a fitted text, its first capital touching the top of `box`; start means right when `rtl`."""
    side = _ANCHORS[anchor]
    if rtl:
        side = {"l": "r", "r": "l", "m": "m"}[side]
    x = {"l": box.x, "m": box.x + box.w / 2, "r": box.right}[side]
    first = box.y + fitted.size * CAP_RATIO[style.face]
    step = leading_px(fitted.size, leading, style)
    lines = tuple(SetLine(line, x, first + i * step, side) for i, line in enumerate(fitted.lines))
    widest = max((advance(line, style) for line in fitted.lines), default=0.0) * fitted.size
    left = {"l": x, "m": x - widest / 2, "r": x - widest}[side]
    last = lines[-1].baseline if lines else first
    area = Box(left, box.y, widest, last + DROP_RATIO[style.face] * fitted.size - box.y)
    return SetText(lines, fitted.size, style, fitted.overflow, area, is_rtl("\n".join(fitted.lines)))


def set_button(layer: ButtonLayer, text: str, box: Box, max_size: int, *, rtl: bool) -> tuple[Box, SetText]:
    """A button at the start side of `box`, as wide as its words, and the words in its middle."""
    style = style_for(text, layer.weight)
    limits = Limits(box.w - 2 * BUTTON_PADDING * max_size, layer.min_size, max(max_size, layer.min_size), 1)
    fitted = fit(text, style, limits)
    size = fitted.size
    width = advance(fitted.lines[0], style) * size + 2 * BUTTON_PADDING * size
    x = box.right - width if rtl else box.x
    button = Box(x, box.y, width, size * BUTTON_HEIGHT)
    return button, _centred(fitted, style, button, 1.0)


def set_badge(layer: BadgeLayer, text: str, box: Box) -> SetText:
    """Words in the middle of a seal filling `box`."""
    style = style_for(text, layer.weight, display=True)
    fitted = fit(text, style, Limits(box.w * _BADGE_ROOM, layer.min_size, layer.max_size, layer.max_lines))
    return _centred(fitted, style, box, 1.02)


def _centred(fitted: Fitted, style: Style, box: Box, leading: float) -> SetText:
    """Centred both ways by what the eye takes as middle: half the height of a capital."""
    cap = CAP_RATIO[style.face] - (DROP_RATIO[style.face] * 0.5 if style.face is Face.ARABIC else 0.0)
    between = (len(fitted.lines) - 1) * leading_px(fitted.size, leading, style)
    first = box.y + (box.h + cap * fitted.size - between) / 2
    top = first - CAP_RATIO[style.face] * fitted.size
    return place_text(fitted, style, leading, Box(box.x, top, box.w, 0), "centre", rtl=False)
