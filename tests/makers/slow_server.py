"""A server that answers as it is told, byte by byte if it must: for what a request may cost us at most."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[["Caller"], None]
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


class Caller:
    """Who asked. Sending ends quietly once they have gone."""

    def __init__(self, connection: socket.socket, ending: threading.Event) -> None:
        self._connection, self._ending = connection, ending

    def read(self, count: int = 65_536) -> bytes:
        return self._connection.recv(count)

    def send(self, body: bytes) -> None:
        self._connection.sendall(body)

    def wait(self, seconds: float) -> None:
        """:raises OSError: the test is over"""
        if self._ending.wait(seconds):
            raise OSError("over")

    def drip(self, body: bytes, every: float) -> None:
        for place in range(len(body)):
            self.send(body[place : place + 1])
            self.wait(every)


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """The address of a server that answers every connection once, each in a thread of its own."""
    ending = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                answer(Caller(connection, ending))
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/call"
        finally:
            ending.set()
            listening.shutdown(socket.SHUT_RDWR)
