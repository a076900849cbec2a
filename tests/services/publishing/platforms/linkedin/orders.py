"""Accounts, contents and answers for the tests of LinkedIn."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
from pydantic import SecretStr

from services.approvals import SealedMedia
from services.publishing.publisher import Door, Order, Remote
from tests.services.publishing.platforms.contract import NOW, SECRET, content

API = "https://api.linkedin.com/rest"
UPLOADS = "https://www.linkedin.com/dms-uploads"
PAGE, MEMBER = "urn:li:organization:17", "urn:li:person:Ana_1"
Answer = Callable[[httpx.Request], httpx.Response]


def media(
    count: int = 1, *, alt_text: str = "A cone.", byte_count: int = 10, **changes: Any
) -> tuple[SealedMedia, ...]:
    whole = {"file_key": "k.jpg", "width": 1080, "height": 1350, "content_type": "image/jpeg", **changes}
    return tuple(
        SealedMedia(sha256=str(n) * 64, alt_text=alt_text, asset_id=UUID(int=n), byte_count=byte_count, **whole)
        for n in range(count)
    )


def order(*files: bytes, **changes: Any) -> Order:
    """An order whose files are these bytes."""
    sizes = tuple(media(byte_count=len(body))[0] for body in files)
    sealed = content("linkedin", **({"media": sizes} | changes))
    return Order(sealed, ("https://files.example/k",) * len(files), lambda place: io.BytesIO(files[place]))


def door(answer: Answer, account: str = PAGE, kept: Remote | None = None, **changes: Any) -> Door:
    http = httpx.Client(transport=httpx.MockTransport(answer))
    keep = (kept if kept is not None else {}).update
    return replace(Door(http, "linkedin", API, account, SecretStr(SECRET), NOW, keep=keep), **changes)


def sent_json(request: httpx.Request) -> Any:
    return json.loads(request.read())


def refusing(status: int, code: str = "", message: str = "No.") -> Answer:
    return lambda request: httpx.Response(status, json={"status": status, "code": code, "message": message})


def repeating(urn: str) -> httpx.Response:
    """A duplicate refusal. Shape: recorded by a client in December 2023."""
    inputs = [{"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}]
    told = f"BadRequestResponseException: Content is a duplicate of {urn}"
    return httpx.Response(422, json={"status": 422, "message": told, "errorDetails": {"inputErrors": inputs}})


def row(urn: str, *, seconds: float = 5, words: str = "Fresh today.", **changes: Any) -> dict[str, Any]:
    """One post of the account's list, made so many seconds after the intent."""
    made = int((NOW.timestamp() + seconds) * 1000)
    told = {"id": urn, "author": PAGE, "commentary": words, "createdAt": made, "lifecycleState": "PUBLISHED"}
    return told | changes


def listing(*rows: dict[str, Any]) -> Answer:
    return lambda request: httpx.Response(200, json={"elements": list(rows), "paging": {"start": 0, "count": 10}})
