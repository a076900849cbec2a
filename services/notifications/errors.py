"""What can go wrong when people say how they want to be told."""

from services.kit.errors import Conflict, Invalid, NotFound


class NoticeNotFound(NotFound):
    """This message is not here, or not yours."""


class NewerWaits(Conflict):
    """A newer message about the same is unread already."""


class ZoneUnknown(Invalid):
    """This time zone is not known."""


class QuietHoursWrong(Invalid):
    """Quiet hours need a beginning and a different end."""


class OutletNotFound(NotFound):
    """This connection is not here any more."""


class NameMissing(Invalid):
    """A name has 1 to 80 characters."""


class AddressWrong(Invalid):
    """This is not an address that messages can be sent to."""
