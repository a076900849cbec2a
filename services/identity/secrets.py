"""Password hashes: argon2id with the library's defaults (RFC 9106, low memory: 64 MiB, t=3, p=4)."""

from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

# One hash takes 64 MiB and 0.4 s of 2 cores: two at once, so that a flood of sign-ins cannot exhaust the machine.
_AT_ONCE = BoundedSemaphore(2)


class Passwords:
    """Hashes and checks passwords, at most two at a time in this process."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with _AT_ONCE:
            return self._hasher.hash(password)

    def fits(self, stored: str | None, password: str) -> bool:
        """Whether the password is right. Takes as long where nothing is stored, so that time tells nothing."""
        with _AT_ONCE:
            try:
                return self._hasher.verify(stored or self._nobody, password) and stored is not None
            except VerifyMismatchError:
                return False

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(stored)
