"""A disk without room, told in a sentence instead of a number."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from services.kit.errors import Unavailable

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class DiskFull(Unavailable):
    """The disk of this installation is full. Nothing of this was kept; try again once there is room."""


@contextmanager
def told_when_full() -> Iterator[None]:
    """:raises DiskFull: what is written inside found no room"""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull() from error
        raise
