"""What can go wrong with files, told to the person who added them."""

from services.kit.errors import Conflict, Invalid, NotFound


class FileRefused(Invalid):
    """This file cannot be added to the library."""


class Empty(FileRefused):
    """The file is empty."""


class TooLarge(FileRefused):
    """The file is larger than this installation accepts."""


class NotMedia(FileRefused):
    """The file is neither a picture nor a video that can be used."""


class Damaged(FileRefused):
    """The file is damaged or incomplete."""


class AssetMissing(NotFound):
    """The file is no longer in the library."""


class AssetInUse(Conflict):
    """The file is part of work that waits for a decision or is planned. Take that back first."""


class TagWrong(Invalid):
    """A tag has 1 to 40 characters and no comma."""


class AltTextTooLong(Invalid):
    """An alternative text has at most 1,000 characters."""


class CannotFit(Invalid):
    """This file cannot be made to fit here. Make it smaller, then add it again."""
