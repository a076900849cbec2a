"""A place on this machine from which practice platforms fetch files."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type


@contextmanager
def media_host(files: dict[str, bytes]) -> Iterator[str]:
    """
    Serve files by name, with the type of their ending; `/moved/<name>` redirects to one.

    Yields the address without a slash at the end.
    """

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            body = files.get(name)
            if name.startswith("moved/"):
                self.send_response(302)
                self.send_header("location", self.path.removeprefix("/moved"))
            else:
                self.send_response(200 if body else 404)
                self.send_header("content-type", guess_type(name)[0] or "")
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()  # looks whether to stop
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
