"""What can go wrong between a file and the list of competitors' ads."""

from services.kit.errors import Conflict, Invalid, NotFound


class UnreadableFile(Invalid):
    """This file cannot be read as a table or as a list of ads."""


class NoRows(Invalid):
    """The file has a header but no rows."""


class FileTooLarge(Invalid):
    """The file is larger than 1 GB. Split it and import the parts."""


class MappingIncomplete(Invalid):
    """Say which column holds what before the import starts."""


class ImportNotFound(NotFound):
    """This import is not here, or not yours to see."""


class ImportOver(Conflict):
    """This import has already ended."""


class AdNotFound(NotFound):
    """This ad is not here, or not yours to see."""


class SampleLoaded(Conflict):
    """The sample ads are already here."""
