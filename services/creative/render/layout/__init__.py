"""Solving an ad's layout: values in, places and sizes out."""

from services.creative.render.layout.placed import Box, Layout, Placed, SetLine, SetText
from services.creative.render.layout.single import Contents
from services.creative.render.layout.solve import solve

__all__ = ["Box", "Contents", "Layout", "Placed", "SetLine", "SetText", "solve"]
