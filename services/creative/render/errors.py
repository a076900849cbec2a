"""What can go wrong while drawing."""

from services.kit.errors import Invalid, NotFound


class TemplateUnknown(NotFound):
    """There is no such template."""


class PictureUnreadable(Invalid):
    """This picture cannot be opened. Upload it again as JPEG, PNG or WebP."""
