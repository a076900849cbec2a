"""The practice platforms in the test's own process, with a clock that stands still and a web that is made up."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from starlette.testclient import TestClient

from services.kit.clock import FixedClock
from services.practice.main import build
from tests.makers.practice import ADMIN_TOKEN, INSTAGRAM_ACME, PAGE_ACME, Admin

MEDIA = "http://media.example"
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def picture(width: int = 1080, height: int = 1350, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (40, 90, 200)).save(out, kind)
    return out.getvalue()


@dataclass
class Platforms:
    """A client that follows no redirects, the operator, the clock, and `web`: what each media address answers."""

    http: TestClient
    admin: Admin
    clock: FixedClock
    web: dict[str, httpx.Response] = field(default_factory=dict)

    def serve(self, name: str, body: bytes, content_type: str = "image/jpeg", status: int = 200, **headers: str) -> str:
        """Put a file on the made-up web; returns its address."""
        answer = httpx.Response(status, content=body, headers={"content-type": content_type, **headers})
        self.web[f"{MEDIA}/{name}"] = answer
        return f"{MEDIA}/{name}"

    def get(self, path: str, token: str = "", **params: Any) -> httpx.Response:
        return self.http.get(path, params=params, headers=_bearer(token))

    def post(self, path: str, token: str = "", **form: Any) -> httpx.Response:
        return self.http.post(path, data=form, headers=_bearer(token))

    def container(self, token: str, account: str = INSTAGRAM_ACME, **form: Any) -> httpx.Response:
        """Create a container; the picture is a good one unless told otherwise."""
        form.setdefault("image_url", self.serve("good.jpg", picture()))
        return self.post(f"/instagram/v26.0/{account}/media", token, **form)

    def publish(self, token: str, creation_id: str, account: str = INSTAGRAM_ACME) -> httpx.Response:
        return self.post(f"/instagram/v26.0/{account}/media_publish", token, creation_id=creation_id)

    def posted(self, token: str, **form: Any) -> str:
        """A published Instagram post; returns its media id."""
        container = self.container(token, **form).json()["id"]
        self.clock.move(seconds=5)
        return str(self.publish(token, container).json()["id"])

    def photo(self, token: str, page: str = PAGE_ACME, **form: Any) -> httpx.Response:
        if not {"url", "bare"} & form.keys():
            form["url"] = self.serve("good.jpg", picture())
        form.pop("bare", None)
        return self.post(f"/facebook/v26.0/{page}/photos", token, **form)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def error(answer: httpx.Response) -> tuple[int, int | None]:
    """Code and subcode of a refusal."""
    body = answer.json()["error"]
    assert answer.status_code >= 400 and body["fbtrace_id"] and body["message"]
    return body["code"], body.get("error_subcode")


@pytest.fixture
def platforms(tmp_path: Path) -> Iterator[Platforms]:
    clock = FixedClock(NOW)
    web: dict[str, httpx.Response] = {}
    fetcher = httpx.Client(transport=httpx.MockTransport(lambda asked: web.get(str(asked.url), httpx.Response(404))))
    app = build(tmp_path / "practice.sqlite", ADMIN_TOKEN, clock, http=fetcher)
    with TestClient(app, base_url="http://practice.example", follow_redirects=False) as http:
        operator = TestClient(app, headers={"X-Practice-Admin": ADMIN_TOKEN})
        yield Platforms(http, Admin(operator), clock, web)
