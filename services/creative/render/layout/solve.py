"""
Where everything goes: from a template, the words and a size to a layout in pixels. Draws nothing.

A right-to-left ad is the mirror image of the left-to-right one: boxes, corners and alignment change sides.
"""

from collections.abc import Mapping
from dataclasses import replace

from services.creative.render.layers import (
    BadgeLayer,
    ButtonLayer,
    FieldKind,
    ImageLayer,
    Layer,
    LogoLayer,
    ShapeLayer,
    Template,
    TextLayer,
)
from services.creative.render.layout.column import Column
from services.creative.render.layout.placed import Box, Layout, Placed
from services.creative.render.layout.single import Contents, place_single
from services.creative.render.lettering import is_rtl
from services.creative.render.placements import PlacementSpec


def reads_rtl(template: Template, texts: Mapping[str, str]) -> bool:
    """Whether an ad reads from right to left: its first filled text field decides."""
    for field in template.fields:
        if field.kind is FieldKind.TEXT and texts.get(field.name):
            return is_rtl(texts[field.name])
    return False


def solve(template: Template, contents: Contents, spec: PlacementSpec) -> Layout:
    """The layout of one ad in one size."""
    rtl = reads_rtl(template, contents.texts)
    layers = [layer.at(spec.placement) for layer in template.layers]
    shown = [layer for layer in layers if not layer.hidden and _has_content(layer, contents)]
    placed: list[Placed] = []
    spans: dict[str, tuple[float, float]] = {}
    for name, stack in template.stacks.items():
        here = stack.at(spec.placement)
        members = [layer for layer in shown if layer.stack == name]
        box = _box(here.box, spec, rtl)
        solved = Column(members, contents, box, here, rtl).solve()
        placed.extend(solved)
        spans[name] = (
            min((item.box.y for item in solved), default=box.bottom),
            max((item.box.bottom for item in solved), default=box.y),
        )
    for layer in shown:
        if layer.box is not None:
            box = _beside(_box(layer.box, spec, rtl), layer, spans)
            placed.append(place_single(layer, box, contents, rtl))
    placed.sort(key=lambda item: item.layer.z)
    return Layout(spec.width, spec.height, rtl, tuple(placed))


def _has_content(layer: Layer, contents: Contents) -> bool:
    if isinstance(layer, TextLayer | ButtonLayer | BadgeLayer):
        return bool(contents.texts.get(layer.field))
    if isinstance(layer, ImageLayer):
        return layer.field in contents.pictures
    if isinstance(layer, LogoLayer):
        return layer.field in contents.pictures or bool(contents.brand_name)
    return True


def _box(ratios: tuple[float, float, float, float], spec: PlacementSpec, rtl: bool) -> Box:
    x, y, w, h = ratios
    start = 1 - x - w if rtl else x
    return Box(start * spec.width, y * spec.height, w * spec.width, h * spec.height)


def _beside(box: Box, layer: Layer, spans: Mapping[str, tuple[float, float]]) -> Box:
    """The box with an edge held to a stack: pictures and areas stretch to it, anything else moves there."""
    stretches = isinstance(layer, ImageLayer | ShapeLayer)
    if layer.below is not None:
        top = max(box.y, spans[layer.below][1] + layer.below_gap)
        box = replace(box, y=top, h=max(1.0, box.bottom - top) if stretches else box.h)
    if layer.above is not None:
        bottom = spans[layer.above][0] - layer.above_gap
        box = replace(box, h=max(1.0, bottom - box.y)) if stretches else replace(box, y=bottom - box.h)
    return box
