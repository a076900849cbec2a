"""What can be wrong with a run."""

from services.kit.errors import Conflict, Invalid, NotFound


class RunNotFound(NotFound):
    """This run is not here, or not yours to see."""


class NothingToRetry(Conflict):
    """It is running, was started again already, or ended too long ago."""


class NothingToStop(Conflict):
    """It has ended already."""


class SpreadTooWide(Invalid):
    """Spread them over a day at most."""
