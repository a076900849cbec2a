"""What can be wrong with a schedule."""

from services.kit.errors import Conflict, Invalid, NotFound


class ScheduleNotFound(NotFound):
    """This schedule is not here, or not yours to see."""


class ScheduleChanged(Conflict):
    """Somebody changed this schedule since you opened it. Look at it again."""


class CadenceWrong(Invalid):
    """This is not a time that can be kept."""


class ScheduleWrong(Invalid):
    """Something in this schedule is not right."""


class StillRunning(Conflict):
    """It still runs, and this schedule does not start a second one."""
