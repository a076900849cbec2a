"""What can go wrong, by who can put it right. Rooms subclass the leaves; a docstring is the sentence a person reads."""

from datetime import datetime

from services.kit.text import storable


class AppError(Exception):
    """Something went wrong."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    @property
    def sentence(self) -> str:
        """What a person reads: the detail where one was given, else the class's own docstring."""
        return self.detail or " ".join((self.__doc__ or "").split())


class UserError(AppError):
    """That is not possible as asked."""


class NotFound(UserError):
    """It is not here, or not yours to see."""


class NotAllowed(UserError):
    """Your role does not allow this."""


class RightLost(NotAllowed):
    """Your role changed meanwhile and does not allow this any more. Nothing was changed."""


class Invalid(UserError):
    """Something in the input is not right."""


class Conflict(UserError):
    """Somebody was faster, or it has changed since you looked."""


class ProviderError(AppError):
    """Another system did not do what was asked."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(storable(detail))


class Unavailable(ProviderError):
    """The other system could not be reached. Nothing was done."""


class RateLimited(ProviderError):
    """The other system asks to wait."""

    def __init__(self, detail: str = "", *, retry_at: datetime | None = None) -> None:
        super().__init__(detail)
        self.retry_at = retry_at


class CredentialsExpired(ProviderError):
    """The connection has ended and must be renewed."""


class PermissionMissing(CredentialsExpired):
    """The connection stands but lacks a right that this needs."""


class Rejected(ProviderError):
    """The other system refuses the content."""


class OutcomeUnknown(ProviderError):
    """No clear answer: it may have happened or not."""


class BudgetExceeded(AppError):
    """One of our own limits is reached."""
