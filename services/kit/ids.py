"""The only place that makes identifiers and secrets."""

import hashlib
import secrets
import uuid
from typing import Protocol

from services.kit.clock import Clock


class Ids(Protocol):
    """Makes identifiers: `new` sorts by time, `token` cannot be guessed."""

    def new(self) -> uuid.UUID: ...

    def token(self) -> str: ...


class TimeIds:
    """UUID version 7 (RFC 9562 section 5.7: 48 bits of milliseconds, 74 random bits), so rows sort by birth."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def new(self) -> uuid.UUID:
        milliseconds = int(self._clock.now().timestamp() * 1000)
        value = (milliseconds << 80) | int.from_bytes(secrets.token_bytes(10), "big")
        value = (value & ~(0xF << 76)) | (0x7 << 76)
        return uuid.UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))

    def token(self) -> str:
        """32 random bytes, URL-safe."""
        return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 of a random token, hex: what the database keeps instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def short_id() -> str:
    """An id a person can read out, for example 7QK2-91F3: names an error in the log."""
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    letters = "".join(secrets.choice(alphabet) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
