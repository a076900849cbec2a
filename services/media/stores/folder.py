"""Files in a folder of this machine: the embedded store."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from services.kit.clock import Clock
from services.kit.crypto import AddressSigner
from services.kit.disk import told_when_full
from services.kit.files import BadKey, FileExists, FileMissing, StoredFile
from services.media.stores.keys import checked_key, checked_prefix, expiry, is_key

ROUTE = "/files/"
_CHUNK_BYTES = 1024 * 1024


class FolderStore:
    """Keeps each file under `root/<org>/<uuid>.<ext>`, readable by the owner of the process only."""

    def __init__(self, root: Path, public_url: str, signer: AddressSigner, clock: Clock) -> None:
        self._root = root.resolve()
        self._public_url, self._signer, self._clock = public_url, signer, clock

    def put(self, key: str, data: BinaryIO, content_type: str) -> StoredFile:
        """
        Write the whole file, or nothing.

        :raises DiskFull: there is no room for it
        :raises FileExists: the key is taken
        :raises BadKey: not a key of this store
        """
        path = self._path(key)
        if path.exists():
            raise FileExists()
        with told_when_full():
            digest, size = _written(path, data)
        return StoredFile(key, size, digest, content_type)

    def open(self, key: str) -> BinaryIO:
        """:raises FileMissing: nothing under this key"""
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise FileMissing() from error

    def path(self, key: str) -> Path:
        """Where the file lies, for the route that serves it. :raises FileMissing: nothing under this key"""
        path = self._path(key)
        if not path.is_file():
            raise FileMissing()
        return path

    def url(self, key: str, ttl_seconds: int) -> str:
        """An absolute address for others to fetch. :raises FileMissing: nothing under this key"""
        self.path(key)
        return self._public_url + self._address(key, ttl_seconds)

    def addresses(self, keys: Sequence[str], ttl_seconds: int) -> dict[str, str]:
        """Addresses on our own host, for pages; what is missing is left out when it is asked for."""
        return {key: self._address(key, ttl_seconds) for key in keys}

    def delete(self, keys: Sequence[str]) -> list[str]:
        """The keys that were there and are gone now."""
        gone = []
        for key in keys:
            try:
                self._path(key).unlink()
            except FileNotFoundError:
                continue
            gone.append(key)
        return gone

    def list(self, prefix: str) -> list[str]:
        """Every key of an organisation (`<org>/`), or of all (nothing), in order."""
        folder = self._root / checked_prefix(prefix)
        found = (path.relative_to(self._root).as_posix() for path in folder.rglob("*") if path.is_file())
        return sorted(key for key in found if is_key(key))

    def is_signed(self, key: str, expires: str, signature: str) -> bool:
        """Whether this address was made here for this key and has not ended."""
        return self._signer.is_valid(ROUTE + key, expires, signature, self._clock.now())

    def _path(self, key: str) -> Path:
        path = (self._root / checked_key(key)).resolve()
        if not path.is_relative_to(self._root):  # a link planted inside the folder
            raise BadKey()
        return path

    def _address(self, key: str, ttl_seconds: int) -> str:
        path = ROUTE + checked_key(key)
        ends_at = datetime.fromtimestamp(expiry(self._clock.now().timestamp(), ttl_seconds), UTC)
        return f"{path}?{self._signer.sign(path, ends_at)}"


def _written(path: Path, data: BinaryIO) -> tuple[str, int]:
    """The whole file under its name, or nothing; its SHA-256 in hex and its length."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as partial:
        try:
            while chunk := data.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
                partial.write(chunk)
            partial.flush()
            os.fsync(partial.fileno())
            Path(partial.name).replace(path)
        except BaseException:
            Path(partial.name).unlink(missing_ok=True)
            raise
    _sync_folder(path.parent)
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut, not only the bytes."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
