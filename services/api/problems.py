"""What went wrong, as a short code in an address and as the sentence a person reads. Raw text never travels."""

import re

from services import brands, identity
from services.kit.errors import AppError, UserError

_KNOWN: tuple[type[UserError], ...] = (
    identity.AlreadyMember,
    identity.AlreadySetUp,
    identity.EmailTaken,
    identity.EmailWrong,
    identity.GoogleOff,
    identity.LinkSpent,
    identity.MemberGone,
    identity.NameWrong,
    identity.NoOrganisation,
    identity.PasswordTooWeak,
    identity.PasswordWrong,
    identity.TooManyAttempts,
    identity.WrongSignIn,
    brands.BrandNameWrong,
    brands.ColourWrong,
    brands.LogoWrong,
    brands.TimeZoneWrong,
    brands.WebAddressWrong,
)


def _code(error: type[AppError]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


_SENTENCES = {_code(error): error().sentence for error in _KNOWN} | {
    "unavailable": "The sign-in service did not answer. Nothing was changed; try again in a minute.",
    "passwords-differ": "The two new passwords differ.",
}
_OTHER = "That did not work. Nothing was changed; try again."


def problem_code(error: AppError) -> str:
    """The code for an address; errors nobody has a sentence for share one."""
    code = _code(type(error))
    if code in _SENTENCES:
        return code
    return "other" if isinstance(error, UserError) else "unavailable"


def problem_sentence(code: str) -> str:
    """What a person reads for a code from an address, which may hold anything."""
    return _SENTENCES.get(code, _OTHER)
