"""A stored file that says, while it is read, that its reader is alive: sending gigabytes may take hours."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from services.kit.app import App
from services.kit.db import Scope
from services.publishing.models import PostState
from services.publishing.moves import Grip, Lost
from services.publishing.pace import Pace
from services.publishing.queries import posts

Alive = Callable[[], None]


def nobody_waits() -> None:
    """For files that are read without a post in hand."""


def heart(app: App, scope: Scope, grip: Grip, pace: Pace) -> Alive:
    """
    What to call while bytes are moving: now and then it puts off the moment from which the post counts as left by its
    worker.

    It raises `Lost` where another attempt has taken over: what is being sent ends there. So does what trickles for
    longer than a post is tried at all: the account's other posts wait behind it.
    """
    begun = last = app.clock.now()
    limit = pace.limit(PostState.PUBLISHING)

    def beat() -> None:
        nonlocal last
        now = app.clock.now()
        if now - last < pace.beat:
            return
        last = now
        if now - begun > pace.tries_most:
            raise Lost()
        with app.tx(scope) as tx:
            if not posts.put_off(tx, grip.post.id, grip.attempt.id, now + limit):
                raise Lost()

    return beat


@contextmanager
def watched(file: BinaryIO, alive: Alive) -> Iterator[BinaryIO]:
    """The same file; `alive` is called before every read."""
    with file:
        yield cast(BinaryIO, _Watched(file, alive))


class _Watched(io.RawIOBase):
    def __init__(self, file: BinaryIO, alive: Alive) -> None:
        super().__init__()
        self._file, self._alive = file, alive

    def read(self, size: int | None = -1) -> bytes:
        self._alive()
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True
