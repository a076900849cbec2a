"""What can go wrong when somebody decides."""

from services.kit.errors import Conflict, Invalid, NotAllowed, NotFound


class RequestNotFound(NotFound):
    """This request is not here, or not yours to see."""


class AlreadyDecided(Conflict):
    """Somebody decided first, or the request was withdrawn. Nothing was changed."""


class OwnWork(NotAllowed):
    """You made this version, so somebody else decides on it."""


class ReasonMissing(Invalid):
    """Say in a few words why, so that the next version can be better."""


class NoChannel(Invalid):
    """Choose at least one connected channel."""


class ChannelNotConnected(Invalid):
    """This channel is not connected. Reconnect it, then approve."""


class ChannelElsewhere(Invalid):
    """This channel belongs to another brand."""


class LaterWaits(Conflict):
    """A later version of this ad waits for a decision already, so this one stays decided."""


class NotDecided(Conflict):
    """There is no decision to take back."""


class VersionNotFound(NotFound):
    """This version is not here, or not yours to see."""


class ConfirmFirst(Conflict):
    """You made this version. Confirm that it may go out although nobody else looked at it."""


class OthersDecide(NotAllowed):
    """Others decide on this now. Nothing was changed."""


class LevelsMissing(Invalid):
    """Several levels means one to five of them."""


class LevelEmpty(Invalid):
    """Every level names at least one member, and only members who may decide."""


class CommentEmpty(Invalid):
    """A comment has 1 to 2,000 characters."""


class CommentNotFound(NotFound):
    """This comment is not here any more, or not yours to change."""
