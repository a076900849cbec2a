"""The door to stored files. Implementations live in media/stores."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from services.kit.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable


@dataclass(frozen=True)
class StoredFile:
    """What was written: its key `<org>/<uuid>.<ext>`, length in bytes, SHA-256 in hex and content type."""

    key: str
    size_bytes: int
    sha256: str
    content_type: str


class FileExists(Conflict):
    """A file with this key is already stored."""


class FileMissing(NotFound):
    """The file is not in the store."""


class BadKey(Invalid):
    """That is not a key of this store."""


class FileForbidden(NotAllowed):
    """The store refuses this file to us."""


_BLOCK_BYTES = 256 * 1024


def span_of(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    """These bytes of a file, read only as fast as they are taken. :raises Unavailable: the file ends before them"""
    file.seek(first)
    while length > 0:
        block = file.read(min(length, _BLOCK_BYTES))
        if not block:
            raise Unavailable("The stored file ended early.")
        length -= len(block)
        yield block


class Files(Protocol):
    """Stores bytes under keys. `put` is atomic: afterwards the whole file is there or nothing is."""

    def put(self, key: str, data: BinaryIO, content_type: str) -> StoredFile: ...

    def open(self, key: str) -> BinaryIO: ...

    def url(self, key: str, ttl_seconds: int) -> str:
        """A signed, absolute address for others to fetch, good for at least `ttl_seconds`."""
        ...

    def addresses(self, keys: Sequence[str], ttl_seconds: int) -> dict[str, str]:
        """Signed addresses for our own pages, by key, in one go; relative where we serve the files ourselves."""
        ...

    def delete(self, keys: Sequence[str]) -> list[str]: ...

    def list(self, prefix: str) -> list[str]: ...
