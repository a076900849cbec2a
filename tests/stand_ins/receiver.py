"""
A real HTTP server on this machine that receives what is sent to Slack and to webhooks.

The product goes to public addresses over https only. `reaching` leads its connections here and lets a test see where
they would have gone; everything above the connection is real.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

Answer = tuple[int, str] | bytes | None


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """`answers` are given in order, then `200 ok`; bytes go out as they are, None breaks off without an answer."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    went_to: list[httpx.URL] = field(default_factory=list)
    is_away: bool = False

    def reaching(self) -> httpx.Client:
        """A client whose connections end here."""
        return httpx.Client(transport=_Leading(self), follow_redirects=False)


class _Leading(httpx.BaseTransport):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver, self._inner = receiver, httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._receiver.went_to.append(request.url)
        if self._receiver.is_away:
            raise httpx.ConnectError("refused", request=request)
        here = httpx.URL(self._receiver.url)
        led = request.url.copy_with(scheme="http", host=here.host, port=here.port)
        terms = {name: term for name, term in request.extensions.items() if name != "sni_hostname"}
        again = httpx.Request(request.method, led, headers=request.headers, stream=request.stream, extensions=terms)
        return self._inner.handle_request(again)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens on a port of its own until the block ends."""
    found = Receiver()

    class _Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.received.append(Received(self.path, headers, body))
            answer: Answer = found.answers.pop(0) if found.answers else (200, "ok")
            if answer is None or isinstance(answer, bytes):
                self.close_connection = True
                self.wfile.write(answer or b"")
                return
            self.send_response(answer[0])
            self.send_header("Content-Length", str(len(answer[1].encode())))
            self.send_header("Connection", "close")
            if answer[0] == 429:
                self.send_header("Retry-After", "90")
            if answer[0] == 302:
                self.send_header("Location", "https://169.254.169.254/")
            self.end_headers()
            self.wfile.write(answer[1].encode())

        def log_message(self, *_: object) -> None:
            """Nothing on the test's screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)  # looks whether to stop
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
