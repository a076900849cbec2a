"""What can be wrong with a time or a campaign that a person enters."""

from services.kit.errors import Invalid, NotFound


class TimeSkipped(Invalid):
    """That time does not exist on that day: the clocks go forward."""


class TimePast(Invalid):
    """That time has passed."""


class CampaignNotFound(NotFound):
    """This campaign is not here any more."""


class CampaignNameWrong(Invalid):
    """A campaign needs a name of up to 80 characters."""


class DaysWrong(Invalid):
    """A campaign ends on the day it begins or later, within a year."""


class SlotWrong(Invalid):
    """A slot is a day of the week and a time such as 09:00."""


class TooManySlots(Invalid):
    """A brand has up to 100 slots a week."""
