"""What can go wrong with accounts. `code` goes into addresses, so that no text from outside is ever shown from one."""

from services.identity import RoleTooLow
from services.kit.errors import Conflict, Invalid, NotFound, UserError


class ChannelNotFound(NotFound):
    """This channel does not exist, or is not yours to see."""

    code = "gone"


class PlatformUnknown(Invalid):
    """This platform cannot be connected here."""

    code = "platform"


class FlowInvalid(Invalid):
    """This sign-in is no longer valid: used before, begun by somebody else, or older than ten minutes. Start again."""

    code = "invalid"


class AccessDenied(Invalid):
    """You did not allow access, so nothing was connected."""

    code = "denied"


class NothingOffered(Invalid):
    """No account that can be posted to was shared. Sign in again and tick at least one."""

    code = "nothing"


class SignInFailed(Invalid):
    """The platform did not complete the sign-in. Nothing was connected; start again."""

    code = "failed"


class TokenRefused(Invalid):
    """The platform does not accept this token. Nothing was stored; check that it was copied whole."""


class TokenUnread(Invalid):
    """The platform could not be asked about this token just now. Nothing was stored; try again."""


class ReviewDateWrong(Invalid):
    """The day of the application lies in the future."""


class NoteTooLong(Invalid):
    """The note is too long: at most 500 characters."""


class OtherAccount(Conflict):
    """You signed in to another account than this channel's. Nothing was changed; sign in to the same one."""

    code = "other"


class AlreadyConnected(Conflict):
    """This account is already connected to another brand. Disconnect it there first."""

    code = "elsewhere"


_TOLD: dict[str, type[UserError]] = {
    ChannelNotFound.code: ChannelNotFound,
    PlatformUnknown.code: PlatformUnknown,
    FlowInvalid.code: FlowInvalid,
    AccessDenied.code: AccessDenied,
    NothingOffered.code: NothingOffered,
    SignInFailed.code: SignInFailed,
    OtherAccount.code: OtherAccount,
    AlreadyConnected.code: AlreadyConnected,
    "role": RoleTooLow,
}


def code_of(error: UserError) -> str:
    """The code for an address; an error without one of its own is told as a sign-in that was not completed."""
    return next((code for code, kind in _TOLD.items() if isinstance(error, kind)), SignInFailed.code)


def sentence_for(code: str) -> str | None:
    """What a person reads after a sign-in ended with this code; None for a code that is not ours."""
    kind = _TOLD.get(code)
    return kind().sentence if kind else None
