"""Reading ahead: the next chunk is checked while the database stores the one before it."""

import queue
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
_WAIT_SECONDS = 0.2


@contextmanager
def ahead(items: Generator[Item], *, most: int = 1) -> Generator[Iterator[Item]]:
    """
    The same items in the same order, made in a thread of their own, at most `most` in waiting.

    An exception of `items` is raised where the items are read. Leaving the block closes `items` and ends the thread.
    """
    waiting: queue.Queue[tuple[Item | None, BaseException | None]] = queue.Queue(most)
    left = threading.Event()

    def offer(item: Item | None, error: BaseException | None) -> None:
        while not left.is_set():
            try:
                waiting.put((item, error), timeout=_WAIT_SECONDS)
                return
            except queue.Full:
                continue

    def make() -> None:
        try:
            for item in items:
                if left.is_set():
                    return
                offer(item, None)
        except BaseException as error:  # noqa: BLE001  handed on to the reader
            offer(None, error)
        else:
            offer(None, StopIteration())
        finally:
            items.close()

    def read() -> Iterator[Item]:
        while True:
            item, error = waiting.get()
            if isinstance(error, StopIteration):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]

    thread = threading.Thread(target=make, name="import-reader", daemon=True)
    thread.start()
    try:
        yield read()
    finally:
        left.set()
        thread.join()
