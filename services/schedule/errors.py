"""What can be wrong with a time a person enters."""

from services.kit.errors import Invalid


class TimeSkipped(Invalid):
    """That time does not exist on that day: the clocks go forward."""


class TimePast(Invalid):
    """That time has passed."""
