"""What can go wrong with people, roles and signing in."""

from services.kit.errors import Conflict, Invalid, NotAllowed, NotFound, UserError


class RoleTooLow(NotAllowed):
    """Your role does not allow this. Ask an owner or admin of the organisation."""


class WrongSignIn(Invalid):
    """The e-mail or the password is not right."""


class TooManyAttempts(UserError):
    """Too many wrong attempts. Wait 15 minutes, then try again."""


class NoOrganisation(NotAllowed):
    """You are not a member of any organisation here. Ask an owner for an invitation."""


class LinkSpent(NotFound):
    """This link was already used, was withdrawn, or has expired. Ask for a new one."""


class AlreadySetUp(Conflict):
    """Loopdesk is already set up here. Sign in, or ask an owner for an invitation."""


class EmailTaken(Conflict):
    """There is a sign-in for this e-mail already. Use its password to accept."""


class PasswordTooWeak(Invalid):
    """The password is too easy to guess. Use 12 characters or more; a sentence is fine."""


class PasswordWrong(Invalid):
    """Your present password is not right."""


class EmailWrong(Invalid):
    """That is not an e-mail address."""


class NameWrong(Invalid):
    """A name has 1 to 80 characters."""


class AlreadyMember(Conflict):
    """This person is a member already."""


class MemberGone(NotFound):
    """This person is no longer a member."""


class LastOwner(Conflict):
    """An organisation keeps at least one owner. Make somebody else owner first."""


class OwnersOnly(NotAllowed):
    """Only an owner may do this to an owner, or make one."""


class MemberElsewhere(NotAllowed):
    """This person also belongs to another organisation, so only they can change their password."""


class GoogleOff(NotFound):
    """Signing in with Google is not set up here."""
