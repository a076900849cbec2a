"""Sealing secrets at rest and signing addresses."""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.errors import AppError


class SealBroken(AppError):
    """A stored secret could not be opened: the key is missing or the value was moved or changed."""


class Sealer:
    """
    AES-256-GCM with a key id and the row's identity as associated data.

    Format `v1.<key id>.<base64url(nonce + ciphertext)>`. The first key seals, all keys open.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys or any(len(key) != 32 for key in keys.values()):
            raise ValueError("sealing keys must be 32 bytes each")
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self.current, *older = keys
        self.older = tuple(older)

    def seal(self, plain: str, bound_to: str) -> str:
        """Seal `plain` so that it opens only for the same `bound_to`, e.g. `channels/<id>/access_token`."""
        nonce = os.urandom(12)
        body = self._keys[self.current].encrypt(nonce, plain.encode(), bound_to.encode())
        return f"v1.{self.current}." + base64.urlsafe_b64encode(nonce + body).decode()

    def marks(self) -> dict[str, str]:
        """By name of each key a sealed nothing: it opens with that key only, whatever others are called (`fits`)."""
        marks = {}
        for name, key in self._keys.items():
            nonce = os.urandom(12)
            body = key.encrypt(nonce, b"", f"keys/{name}".encode())
            marks[name] = f"v1.{name}." + base64.urlsafe_b64encode(nonce + body).decode()
        return marks

    def fits(self, name: str, mark: str) -> bool:
        """Is the key of this name the one that made the mark?"""
        try:
            return mark.startswith(f"v1.{name}.") and self.open(mark, f"keys/{name}") == ""
        except SealBroken:
            return False

    def reseal(self, sealed: str, bound_to: str) -> str:
        """The same secret sealed with the current key. :raises SealBroken: as `open`"""
        return self.seal(self.open(sealed, bound_to), bound_to)

    def open(self, sealed: str, bound_to: str) -> str:
        """:raises SealBroken: unknown key, damaged value, or a value copied from another row"""
        try:
            version, key_id, body = sealed.split(".", 2)
            raw = base64.urlsafe_b64decode(body)
            if version != "v1":
                raise ValueError(version)
            return self._keys[key_id].decrypt(raw[:12], raw[12:], bound_to.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise SealBroken() from error


def canonical_json(value: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8, no floats: equal values give equal bytes."""
    return json.dumps(_no_floats(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _no_floats(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("floats have no canonical form")
    if isinstance(value, Mapping):
        return {str(key): _no_floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_no_floats(item) for item in value]
    return value


def sha256_of(file: BinaryIO) -> str:
    """SHA-256 in hex of what is left in a file, read in pieces."""
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class AddressSigner:
    """
    Signs a path and an expiry with HMAC-SHA256, so that an address works for one path and a limited time.

    And derives secrets from what is known anyway, so that they need not be stored.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, path: str, expires_at: datetime) -> str:
        """The query string to append: `exp=<unix seconds>&sig=<hex>`."""
        expires = int(expires_at.timestamp())
        return f"exp={expires}&sig={self._mac(path, expires)}"

    def is_valid(self, path: str, expires: str, signature: str, now: datetime) -> bool:
        if not expires.isascii() or not expires.isdigit() or len(expires) > 12:
            return False
        fits = hmac.compare_digest(self._mac(path, int(expires)).encode(), signature.encode("utf-8", "replace"))
        return fits and now.timestamp() < int(expires)

    def derive(self, purpose: str, text: str) -> str:
        """43 characters (base64url) that only a holder of the key can compute from `text`."""
        # No path holds a zero byte, so no signature of an address is ever one of these, nor the other way round.
        body = hmac.new(self._key, f"\0{purpose}\0{text}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(body).decode().rstrip("=")

    def _mac(self, path: str, expires: int) -> str:
        return hmac.new(self._key, f"{path}\n{expires}".encode(), hashlib.sha256).hexdigest()
