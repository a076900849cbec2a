"""Drawing a solved layout: colours, photos, shapes and letters onto one canvas."""

from services.creative.render.painting.colours import palette
from services.creative.render.painting.contrast import needed_ratio
from services.creative.render.painting.painter import Painter
from services.creative.render.painting.pictures import Pictures, forget_pictures

__all__ = ["Painter", "Pictures", "forget_pictures", "needed_ratio", "palette"]
