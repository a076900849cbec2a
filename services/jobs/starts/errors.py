"""What can be wrong with a start."""

from services.kit.errors import Conflict, Invalid, NotFound


class StartNotFound(NotFound):
    """This job is not here, or not yours to see."""


class StartOver(Conflict):
    """It has ended already."""


class StartNotOver(Conflict):
    """It has not ended yet."""


class WrongReach(Invalid):
    """This kind of job cannot be started for that."""


class BrandUnknown(Invalid):
    """This brand is not in your organisation."""
