"""One request, read: parameters from address, form, multipart or JSON, whichever the client chose, or the raw body."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from services.practice.control import faults
from services.practice.control.faults import Fault
from services.practice.wire.errors import Refusal, bad_parameter
from services.practice.world import World

_SECRET_NAMES = {
    "access_token",
    "refresh_token",
    "client_secret",
    "code",
    "code_verifier",
    "token",
    "fb_exchange_token",
    "input_token",
    "appsecret_proof",
    "upload_id",
}
_BODY_LIMIT_BYTES = 256 * 1024 * 1024
_SHOWN_MAX = 4_000
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def missing(name: str) -> Refusal:
    """How a parameter is missed where the platform did not say otherwise."""
    return Refusal(f"The parameter {name} is required")


@dataclass(frozen=True)
class Upload:
    """A file sent as multipart."""

    filename: str
    content_type: str
    body: bytes


@dataclass(frozen=True)
class Call:
    """
    What a client asked. `segments` is the path after the platform: version first, on the graph.

    `headers` by lower-case name. `json` is the parsed body, None for a broken one or none; `body` is what was sent as
    neither JSON nor a form. The fields of a JSON object are parameters too.
    """

    world: World
    platform: str
    method: str
    path: str
    segments: tuple[str, ...]
    base: str
    now: float
    pairs: tuple[tuple[str, str], ...]
    uploads: dict[str, Upload] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    json: Any = None
    body: bytes = b""
    bearer: str | None = None
    faults: tuple[Fault, ...] = ()
    missed: Callable[[str], Refusal] = missing
    asked: dict[str, Fault | None] = field(default_factory=dict)

    @property
    def is_json(self) -> bool:
        """Does the client say that the body is JSON?"""
        return self.headers.get("content-type", "").startswith("application/json")

    def get(self, name: str, default: str = "") -> str:
        """The last value given for a parameter."""
        return dict(self.pairs).get(name, default)

    def many(self, name: str) -> list[str]:
        """Every value given for a parameter."""
        return [value for key, value in self.pairs if key == name]

    def need(self, name: str) -> str:
        """A parameter that must be there. :raises Refusal: in the platform's envelope when it is not"""
        value = self.get(name)
        if not value:
            raise self.missed(name)
        return value

    def limit(self, *, default: int = 25) -> int:
        """How many rows a list of the Graph may have, 1 to 100. :raises GraphError: 100"""
        text = self.get("limit", str(default))
        if not text.isdecimal() or not 1 <= int(text) <= 100:
            raise bad_parameter("Param limit must be an integer between 1 and 100")
        return int(text)

    def fault(self, kind: str) -> Fault | None:
        """The fault of this kind that strikes this call, if any; some kinds are drawn only when a call asks."""
        if kind in faults.WHEN_ASKED and kind not in self.asked:
            self.asked[kind] = faults.draw(self.world, kind, self.platform, self.method, self.path)
        return self.struck(kind)

    def struck(self, kind: str) -> Fault | None:
        """The fault of this kind that has struck this call already."""
        return self.asked.get(kind) or next((fault for fault in self.faults if fault.kind == kind), None)

    @property
    def token_text(self) -> str:
        """The access token as sent: a header wins over a parameter."""
        return self.bearer or self.get("access_token")

    @property
    def basic(self) -> tuple[str, str] | None:
        """Name and password of HTTP Basic; None without them."""
        scheme, _, text = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, colon, password = base64.b64decode(text.strip(), validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        return (name, password) if colon else None

    def redacted(self) -> dict[str, Any]:
        """Parameters for the record, without secrets and not at length."""
        shown: dict[str, Any] = {k: "[redacted]" if k in _SECRET_NAMES else v[:_SHOWN_MAX] for k, v in self.pairs}
        for name, upload in self.uploads.items():
            shown[name] = {"filename": upload.filename, "size_bytes": len(upload.body)}
        return shown | ({"body": {"size_bytes": len(self.body)}} if self.body else {})


async def read_call(request: Request, world: World, platform: str, missed: Callable[[str], Refusal] = missing) -> Call:
    """Read a request to the end; what is too long is cut off a little behind the limit of 256 MiB."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    kind = headers.get("content-type", "")
    pairs = list(request.query_params.multi_items())
    uploads: dict[str, Upload] = {}
    sent: Any = None
    body = b""
    if kind.startswith("application/json"):
        sent = _parsed(await _read(request))
        pairs += _json_pairs(sent)
    elif kind.startswith(_FORMS):
        async with request.form(max_files=4, max_fields=200, max_part_size=1024 * 1024) as form:
            pairs += [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
            uploads = await _uploads(form)
    else:
        body = await _read(request)
    path = request.path_params.get("rest", "")
    return Call(
        world=world,
        platform=platform,
        method=request.method,
        path=request.url.path,
        segments=tuple(part for part in path.split("/") if part),
        base=str(request.base_url).rstrip("/"),
        now=world.now(),
        pairs=tuple(pairs),
        uploads=uploads,
        headers=headers,
        json=sent,
        body=body,
        bearer=_bearer(headers.get("authorization", "")),
        missed=missed,
    )


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _BODY_LIMIT_BYTES:
            break
    return bytes(body)


async def _uploads(form: FormData) -> dict[str, Upload]:
    found = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            body = await value.read(_BODY_LIMIT_BYTES)
            found[name] = Upload(value.filename or "", value.content_type or "", body)
    return found


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return None


def _json_pairs(sent: Any) -> list[tuple[str, str]]:
    if not isinstance(sent, dict):
        return []
    return [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in sent.items()]


def _bearer(header: str) -> str | None:
    scheme, _, text = header.partition(" ")
    return text.strip() if scheme.lower() in {"bearer", "oauth"} and text.strip() else None
