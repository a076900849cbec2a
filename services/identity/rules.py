"""The role matrix: one table, shown on the Members screen and tested cell by cell. And the rules of sign-in."""

import re
from collections.abc import Mapping
from datetime import timedelta

from services.identity.errors import EmailWrong, NameWrong, PasswordTooWeak
from services.identity.models import Act, Role

_ALL = frozenset(Role)
_EDITORS = frozenset({Role.OWNER, Role.ADMIN, Role.EDITOR})
_ADMINS = frozenset({Role.OWNER, Role.ADMIN})
_OWNERS = frozenset({Role.OWNER})

MATRIX: Mapping[Act, frozenset[Role]] = {
    Act.LOOK: _ALL,
    Act.IMPORT: _EDITORS,
    Act.UPLOAD: _EDITORS,
    Act.MAKE: _EDITORS,
    Act.APPROVE: _EDITORS,
    Act.SCHEDULE: _EDITORS,
    Act.CONNECT: _ADMINS,
    Act.BRAND: _ADMINS,
    Act.INVITE: _ADMINS,
    Act.RESET: _OWNERS,
    Act.SYSTEM: _ADMINS,
}

INVITABLE = (Role.ADMIN, Role.EDITOR, Role.VIEWER)

SESSION_LASTS = timedelta(days=30)  # from the last use
SEEN_EVERY = timedelta(minutes=1)
SET_UP_LINK_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=7)
PASSWORD_LINK_LASTS = timedelta(hours=24)
GOOGLE_LASTS = timedelta(minutes=10)
ATTEMPT_WINDOW = timedelta(minutes=15)
ATTEMPTS_PER_EMAIL = 5
ATTEMPTS_PER_ADDRESS = 30

PASSWORD_MIN = 12
_PASSWORD_MAX = 256
_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\"',;:()\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?\.[a-z]{2,63}")


def can(role: Role, act: Act) -> bool:
    return role in MATRIX[act]


def may_change(actor: Role, target: Role) -> bool:
    """Whether a person of role `actor` may change or remove one of role `target`, or make somebody `target`."""
    return can(actor, Act.INVITE) and (actor is Role.OWNER or target is not Role.OWNER)


def normal_email(text: str) -> str:
    """Lower case, no surrounding space. :raises EmailWrong: not shaped like an address, or over 254 characters"""
    email = text.strip().lower()
    if len(email) > 254 or ".." in email or not _EMAIL.fullmatch(email):
        raise EmailWrong()
    return email


def normal_name(text: str, longest: int = 80) -> str:
    """One line without control characters. :raises NameWrong: empty or over `longest` characters"""
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not 1 <= len(name) <= longest:
        raise NameWrong(f"A name has 1 to {longest} characters.")
    return name


def check_password(password: str, email: str) -> None:
    """:raises PasswordTooWeak: under 12 or over 256 characters, under 5 different ones, or the e-mail itself"""
    fits = PASSWORD_MIN <= len(password) <= _PASSWORD_MAX
    if not fits or len(set(password)) < 5 or password.strip().lower() == email:
        raise PasswordTooWeak()
