"""
A stand-in for Supabase Storage that answers our calls in its wire format, over real HTTP on this machine.

Nearly every refusal is HTTP 400 with the real status as text in the body, as the storage server (1.11) does it.
"""

import re
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.kit.clock import Clock

SECRET_KEY = "sb_secret_of_the_stand_in"
_SAFE_NAME = re.compile(r"[\w/!.*'() &$@=;:+,?-]*", re.ASCII)


def _refusal(status: str, error: str, message: str) -> JSONResponse:
    return JSONResponse({"statusCode": status, "error": error, "message": message}, 400)


_MISSING = ("404", "not_found", "Object not found")


@dataclass
class StandIn:
    """One project. `fails_with` answers the next calls with this HTTP status and no readable body."""

    clock: Clock
    url: str = ""
    objects: dict[str, dict[str, tuple[bytes, str]]] = field(default_factory=dict)
    tokens: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    fails_with: int = 0

    async def answer(self, request: Request) -> Response:
        path = request.path_params["path"]
        self.calls.append((request.method, path))
        if self.fails_with:
            return Response("<html>bad gateway</html>", self.fails_with)
        if request.method == "GET" and path.startswith("object/sign/"):
            return self._signed(path.removeprefix("object/sign/"), request)
        if request.headers.get("apikey") != SECRET_KEY or "authorization" in request.headers:
            return _refusal("403", "Unauthorized", "Invalid Compact JWS")
        if path == "bucket":
            return self._make_bucket(await request.json())
        kind, _, rest = path.partition("/")
        verb, _, after = rest.partition("/")
        if kind == "object" and request.method == "POST" and verb in ("sign", "list"):
            return self._sign_or_list(verb, after, await request.json())
        bucket, _, name = rest.partition("/")
        if bucket not in self.objects:
            return _refusal("404", "Bucket not found", "Bucket not found")
        if request.method == "DELETE":
            return self._remove(bucket, await request.json())
        return await self._upload(bucket, name, request) if request.method == "POST" else self._download(bucket, name)

    def _make_bucket(self, asked: Any) -> Response:
        if asked["id"] in self.objects:
            return _refusal("409", "Duplicate", "The resource already exists")
        self.objects[asked["id"]] = {}
        return JSONResponse({"name": asked["id"]})

    async def _upload(self, bucket: str, name: str, request: Request) -> Response:
        if not _SAFE_NAME.fullmatch(name):
            return _refusal("400", "InvalidKey", f"Invalid key: {name}")
        if name in self.objects[bucket] and request.headers.get("x-upsert") != "true":
            return _refusal("409", "Duplicate", "The resource already exists")
        form = await request.form()
        upload: Any = form["file"]
        self.objects[bucket][name] = (await upload.read(), upload.content_type)
        return JSONResponse({"Key": f"{bucket}/{name}", "Id": secrets.token_hex(16)})

    def _download(self, bucket: str, name: str) -> Response:
        if name not in self.objects[bucket]:
            return _refusal(*_MISSING)
        data, content_type = self.objects[bucket][name]
        return Response(data, media_type=content_type)

    def _remove(self, bucket: str, asked: Any) -> Response:
        gone = [name for name in asked["prefixes"] if self.objects[bucket].pop(name, None)]
        return JSONResponse([{"name": name, "bucket_id": bucket} for name in gone])

    def _sign_or_list(self, verb: str, bucket: str, asked: Any) -> Response:
        if bucket not in self.objects:
            return _refusal("404", "Bucket not found", "Bucket not found")
        if verb == "list":
            return JSONResponse(self._entries(bucket, asked)[asked["offset"] : asked["offset"] + asked["limit"]])
        ends = self.clock.now().timestamp() + int(asked["expiresIn"])
        return JSONResponse([self._sign(bucket, name, ends) for name in asked["paths"]])

    def _sign(self, bucket: str, name: str, ends: float) -> dict[str, Any]:
        if name not in self.objects[bucket]:
            error = "Either the object does not exist or you do not have access to it"
            return {"error": error, "path": name, "signedURL": None}
        token = secrets.token_urlsafe(16)
        self.tokens[token] = (bucket, name, ends)
        return {"error": None, "path": name, "signedURL": f"/object/sign/{bucket}/{name}?token={token}"}

    def _entries(self, bucket: str, asked: Any) -> list[dict[str, Any]]:
        folder = f"{asked['prefix']}/" if asked["prefix"] else ""
        found: dict[str, str | None] = {}
        for name in sorted(self.objects[bucket]):
            if name.startswith(folder):
                first, deeper, _ = name[len(folder) :].partition("/")
                found[first] = None if deeper else secrets.token_hex(16)
        return [{"name": name, "id": one} for name, one in found.items()]

    def _signed(self, path: str, request: Request) -> Response:
        bucket, _, name = path.partition("/")
        meant = self.tokens.get(request.query_params.get("token", ""))
        if meant is None or meant[:2] != (bucket, name) or meant[2] <= self.clock.now().timestamp():
            return _refusal("400", "InvalidJWT", '"exp" claim timestamp check failed')
        return self._download(bucket, name)


@contextmanager
def running(clock: Clock, *others: Route) -> Iterator[StandIn]:
    """The stand-in on a free port of 127.0.0.1, until the block ends; `others` are served under the same address."""
    stand_in = StandIn(clock)
    route = Route("/storage/v1/{path:path}", stand_in.answer, methods=["GET", "POST", "PUT", "DELETE"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stand_in.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=[route, *others]), log_level="critical", lifespan="off")
        )
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield stand_in
        finally:
            server.should_exit = True
            thread.join(10)
