"""Layers that stand in a box of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.creative.render.layers import BadgeLayer, ButtonLayer, ImageLayer, Layer, LogoLayer, TextLayer
from services.creative.render.layout.placed import Box, Placed
from services.creative.render.layout.setting import block_height, fit_text, place_text, set_badge, set_button, style_for
from services.creative.render.lettering import Fitted, Style, advance

_LOGO_WEIGHT = 800


@dataclass(frozen=True)
class Contents:
    """
    What fills a template: cleaned words by field, keys of pictures that exist by field, and the brand's name.
    """

    texts: Mapping[str, str]
    pictures: Mapping[str, str]
    brand_name: str


def place_single(layer: Layer, box: Box, contents: Contents, rtl: bool) -> Placed:
    """A layer that stands in its own box."""
    if isinstance(layer, TextLayer):
        fitted, style = _fit_height(layer, contents.texts[layer.field], box)
        text = place_text(fitted, style, layer.leading, box, layer.anchor, rtl=rtl)
        return Placed(layer, box, rtl, text)
    if isinstance(layer, ButtonLayer):
        button, text = set_button(layer, contents.texts[layer.field], box, layer.max_size, rtl=rtl)
        return Placed(layer, button, rtl, text)
    if isinstance(layer, BadgeLayer):
        return Placed(layer, box, rtl, set_badge(layer, contents.texts[layer.field], box))
    if isinstance(layer, LogoLayer):
        return _logo(layer, box, contents, rtl)
    picture = contents.pictures.get(layer.field) if isinstance(layer, ImageLayer) else None
    return Placed(layer, box, rtl, picture=picture)


def _fit_height(layer: TextLayer, text: str, box: Box) -> tuple[Fitted, Style]:
    """The largest setting that is no higher than its box."""
    size, lines = layer.max_size, layer.max_lines
    while True:
        fitted, style = fit_text(layer, text, box.w, size, lines)
        at_least = fitted.size <= layer.min_size and len(fitted.lines) == 1
        if at_least or block_height(fitted, layer.leading, style) <= box.h:
            return fitted, style
        if fitted.size > layer.min_size:
            size = max(layer.min_size, fitted.size - max(1, fitted.size // 20))
        else:
            lines = len(fitted.lines) - 1


def _logo(layer: LogoLayer, box: Box, contents: Contents, rtl: bool) -> Placed:
    """The logo's picture, or the brand's name set at `size` pixels."""
    key = contents.pictures.get(layer.field)
    if key:
        return Placed(layer, box, rtl, picture=key)
    style = style_for(contents.brand_name, _LOGO_WEIGHT, display=True)
    size = min(layer.size, int(box.w / max(0.1, advance(contents.brand_name, style))))
    text = place_text(Fitted((contents.brand_name,), max(8, size)), style, 1.0, box, "start", rtl=rtl)
    return Placed(layer, text.box, rtl, text)
