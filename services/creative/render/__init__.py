"""Ads drawn from templates with Pillow: values in, bytes out."""

from services.creative.render.ad import PREVIEW_WIDTH, check, preview, render, render_all
from services.creative.render.errors import PictureUnreadable, TemplateUnknown
from services.creative.render.layers import FieldKind, Frozen, Template, TemplateField
from services.creative.render.lettering import ShapingMissing
from services.creative.render.models import AdWarning, BrandStyle, Rendered, SafeBox, WarningCode
from services.creative.render.painting import forget_pictures
from services.creative.render.placements import PLACEMENTS, Placement, PlacementSpec
from services.creative.render.templates import POST, template, templates

__all__ = [
    "PLACEMENTS",
    "POST",
    "PREVIEW_WIDTH",
    "AdWarning",
    "BrandStyle",
    "FieldKind",
    "Frozen",
    "PictureUnreadable",
    "Placement",
    "PlacementSpec",
    "Rendered",
    "SafeBox",
    "ShapingMissing",
    "Template",
    "TemplateField",
    "TemplateUnknown",
    "WarningCode",
    "check",
    "forget_pictures",
    "preview",
    "render",
    "render_all",
    "template",
    "templates",
]
