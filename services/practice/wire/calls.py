"""One request, read: parameters from address, form, multipart or JSON, whichever the client chose."""

import json
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from services.practice.control.faults import Fault
from services.practice.wire.errors import GraphError, bad_parameter
from services.practice.world import World

_SECRET_NAMES = {"access_token", "client_secret", "code", "fb_exchange_token", "input_token", "appsecret_proof"}
_UPLOAD_LIMIT_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file sent as multipart."""

    filename: str
    content_type: str
    body: bytes


@dataclass(frozen=True)
class Call:
    """What a client asked. `segments` is the path after the platform: version first, on the graph."""

    world: World
    platform: str
    method: str
    path: str
    segments: tuple[str, ...]
    base: str
    now: float
    pairs: tuple[tuple[str, str], ...]
    uploads: dict[str, Upload] = field(default_factory=dict)
    bearer: str | None = None
    faults: tuple[Fault, ...] = ()

    def get(self, name: str, default: str = "") -> str:
        """The last value given for a parameter."""
        return dict(self.pairs).get(name, default)

    def many(self, name: str) -> list[str]:
        """Every value given for a parameter."""
        return [value for key, value in self.pairs if key == name]

    def need(self, name: str) -> str:
        """A parameter that must be there. :raises GraphError: 100 when it is not"""
        value = self.get(name)
        if not value:
            raise bad_parameter(f"The parameter {name} is required")
        return value

    def limit(self, *, default: int = 25) -> int:
        """How many rows a list may have, 1 to 100. :raises GraphError: 100"""
        text = self.get("limit", str(default))
        if not text.isdecimal() or not 1 <= int(text) <= 100:
            raise bad_parameter("Param limit must be an integer between 1 and 100")
        return int(text)

    def fault(self, kind: str) -> Fault | None:
        """The fault of this kind that struck this call, if any."""
        return next((fault for fault in self.faults if fault.kind == kind), None)

    @property
    def token_text(self) -> str:
        """The access token as sent: a header wins over a parameter."""
        return self.bearer or self.get("access_token")

    def redacted(self) -> dict[str, Any]:
        """Parameters for the record, without secrets."""
        shown: dict[str, Any] = {k: "[redacted]" if k in _SECRET_NAMES else v for k, v in self.pairs}
        for name, upload in self.uploads.items():
            shown[name] = {"filename": upload.filename, "size_bytes": len(upload.body)}
        return shown


async def read_call(request: Request, world: World, platform: str) -> Call:
    """Read a request to the end. :raises GraphError: 100 when its body cannot be read"""
    pairs = list(request.query_params.multi_items())
    uploads: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        pairs += _json_pairs(await request.body())
    elif request.method == "POST":
        async with request.form(max_files=2, max_fields=200, max_part_size=1024 * 1024) as form:
            pairs += [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
            uploads = await _uploads(form)
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
        bearer=_bearer(request.headers.get("authorization", "")),
    )


async def _uploads(form: FormData) -> dict[str, Upload]:
    found = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            body = await value.read(_UPLOAD_LIMIT_BYTES)
            found[name] = Upload(value.filename or "", value.content_type or "", body)
    return found


def _json_pairs(body: bytes) -> list[tuple[str, str]]:
    try:
        sent = json.loads(body or b"{}")
    except ValueError as problem:
        raise GraphError(100, "(#100) The request body is not valid JSON") from problem
    if not isinstance(sent, dict):
        raise bad_parameter("The request body must be a JSON object")
    return [(name, value if isinstance(value, str) else json.dumps(value)) for name, value in sent.items()]


def _bearer(header: str) -> str | None:
    scheme, _, text = header.partition(" ")
    return text.strip() if scheme.lower() in {"bearer", "oauth"} and text.strip() else None
