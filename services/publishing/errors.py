"""What can go wrong with posts."""

from services.kit.errors import Conflict, Invalid, NotAllowed, NotFound, OutcomeUnknown, ProviderError


class PostNotFound(NotFound):
    """This post is not here, or not yours to see."""


class ApprovalNotFound(NotFound):
    """This approval is not here, or not yours to see."""


class ApprovalGone(Conflict):
    """The approval was withdrawn, so this cannot be scheduled."""


class AlreadyPlanned(Conflict):
    """This approval is already scheduled on this channel."""


class PostLocked(Conflict):
    """This post is no longer waiting, so it cannot be changed."""


class NotUnconfirmed(Conflict):
    """Nobody asks about this post any more: its outcome is known."""


class AddressWrong(Invalid):
    """That is not the id or the web address of a post on this channel."""


class SealOnly(NotAllowed):
    """What is stored differs from what was approved. Only a new approval frees this post."""


class NotFetchable(Invalid):
    """Platforms cannot fetch our files, so this cannot be scheduled there."""


class DoesNotFit(Invalid):
    """The platform would refuse this."""


class NotProcessed(ProviderError):
    """The platform could not process the media; nothing was published. Carries whether another try makes sense."""

    def __init__(self, detail: str = "", *, try_again: bool) -> None:
        super().__init__(detail)
        self.try_again = try_again


class Accepted(OutcomeUnknown):
    """The platform has taken the post and is processing it. Carries the ids by which `find` asks for its outcome."""

    def __init__(self, detail: str, remote: dict[str, str]) -> None:
        super().__init__(detail)
        self.remote = remote


class CoverIsSet(Conflict):
    """There is no cover of this post to set again."""


class NoSlots(Invalid):
    """This brand has no posting slots yet. An owner or admin sets them on the Brand screen."""


class NoFreeSlot(Invalid):
    """No slot is free within a year on these channels."""
