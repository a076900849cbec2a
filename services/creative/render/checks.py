"""What a person should look at before an ad goes out, each with the figure behind it."""

from collections.abc import Mapping

from services.creative.render.layers import (
    BadgeLayer,
    ButtonLayer,
    FieldKind,
    ImageLayer,
    LogoLayer,
    Template,
    TemplateField,
    TextLayer,
)
from services.creative.render.layout import Box, Layout, Placed
from services.creative.render.lettering import missing_glyphs
from services.creative.render.models import AdWarning, WarningCode
from services.creative.render.painting import Pictures, needed_ratio
from services.creative.render.placements import PlacementSpec

_ENLARGED_TOO_FAR = 1.6  # beyond this, photos look soft on a phone (judged by eye on the sample photos)
_KEPT_CLEAR = TextLayer | ButtonLayer | BadgeLayer | LogoLayer


def warnings_for(
    template: Template,
    fields: Mapping[str, str],
    layout: Layout,
    ratios: Mapping[str, float],
    pictures: Pictures,
    spec: PlacementSpec,
) -> tuple[AdWarning, ...]:
    """Every warning for one drawn size, in the order fields, then layers from the back to the front."""
    found = [*_missing(template, fields, pictures, spec), *_undrawable(template, fields, spec)]
    labels = {field.name: field.label for field in template.fields}
    for item in layout.placed:
        label = labels.get(getattr(item.layer, "field", ""), item.layer.name)
        found.extend(_overflow(item, label, spec))
        found.extend(_contrast(item, label, ratios, spec))
        found.extend(_unsafe(item, label, spec))
        found.extend(_soft(item, label, pictures, spec))
    return tuple(found)


def _missing(template: Template, fields: Mapping[str, str], pictures: Pictures, spec: PlacementSpec) -> list[AdWarning]:
    def is_empty(field: TemplateField) -> bool:
        value = fields.get(field.name, "").strip()
        return not value or (field.kind in {FieldKind.IMAGE, FieldKind.LOGO} and not pictures.has(value))

    return [
        AdWarning(
            code=WarningCode.MISSING_FIELD,
            placement=spec.placement,
            layer=field.name,
            sentence=f"{field.label} is empty.",
        )
        for field in template.fields
        if field.required and is_empty(field)
    ]


def _undrawable(template: Template, fields: Mapping[str, str], spec: PlacementSpec) -> list[AdWarning]:
    found = []
    for field in template.fields:
        lost = missing_glyphs(fields.get(field.name, "")) if field.kind is FieldKind.TEXT else ()
        if lost:
            shown = " ".join(lost[:8])
            found.append(
                AdWarning(
                    code=WarningCode.MISSING_GLYPHS,
                    placement=spec.placement,
                    layer=field.name,
                    sentence=f"{field.label} contains characters the ad's typeface cannot draw; left out: {shown}",
                    figure=len(lost),
                    needed=0,
                )
            )
    return found


def _overflow(item: Placed, label: str, spec: PlacementSpec) -> list[AdWarning]:
    if item.text is None or not item.text.overflow or isinstance(item.layer, LogoLayer):
        return []
    return [
        AdWarning(
            code=WarningCode.OVERFLOW,
            placement=spec.placement,
            layer=item.layer.name,
            sentence=f"{label} is too long for {spec.label}: even at {item.text.size:.0f} px its end is cut off.",
            figure=item.text.size,
        )
    ]


def _contrast(item: Placed, label: str, ratios: Mapping[str, float], spec: PlacementSpec) -> list[AdWarning]:
    ratio = ratios.get(item.layer.name)
    if ratio is None or item.text is None:
        return []
    is_logo = isinstance(item.layer, LogoLayer)
    needed = needed_ratio(item.text.size, item.text.style.weight, logotype=is_logo)
    if ratio >= needed:
        return []
    return [
        AdWarning(
            code=WarningCode.LOW_CONTRAST,
            placement=spec.placement,
            layer=item.layer.name,
            sentence=f"{label} is hard to read in {spec.label}: contrast {ratio:.1f}:1, needed {needed:.1f}:1.",
            figure=round(ratio, 2),
            needed=needed,
        )
    ]


def _unsafe(item: Placed, label: str, spec: PlacementSpec) -> list[AdWarning]:
    if not isinstance(item.layer, _KEPT_CLEAR):
        return []
    outside = _outside(_visible(item), spec)
    if outside < 1:
        return []
    return [
        AdWarning(
            code=WarningCode.OUTSIDE_SAFE,
            placement=spec.placement,
            layer=item.layer.name,
            sentence=f"{label} reaches {outside:.0f} px beyond the area {spec.label} keeps free of its own controls.",
            figure=round(outside),
            needed=0,
        )
    ]


def _visible(item: Placed) -> Box:
    """What must stay visible: the words of a text, the whole of a button, badge or logo."""
    return item.text.box if item.text and isinstance(item.layer, TextLayer) else item.box


def _outside(box: Box, spec: PlacementSpec) -> float:
    left, top, right, bottom = spec.safe_px
    return max(left - box.x, top - box.y, box.right - right, box.bottom - bottom)


def _soft(item: Placed, label: str, pictures: Pictures, spec: PlacementSpec) -> list[AdWarning]:
    if not isinstance(item.layer, ImageLayer) or item.picture is None or pictures.is_cutout(item.picture):
        return []
    times = pictures.enlargement(item.picture, round(item.box.w), round(item.box.h))
    if times <= _ENLARGED_TOO_FAR:
        return []
    return [
        AdWarning(
            code=WarningCode.SMALL_PICTURE,
            placement=spec.placement,
            layer=item.layer.name,
            sentence=f"{label} is too small for {spec.label}: it is enlarged {times:.1f} times and will look soft.",
            figure=round(times, 2),
            needed=_ENLARGED_TOO_FAR,
        )
    ]
