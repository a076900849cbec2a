"""What every platform's calls have in common: envelopes, headers, bodies, faults, sign-in with a challenge."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from services.kit.clock import FixedClock
from services.practice import codes
from services.practice.control import admin
from services.practice.main import LOOPBACK
from services.practice.screens.consent import Desk, consent
from services.practice.seeds import ACCOUNTS
from services.practice.store import Store
from services.practice.wire.calls import Call
from services.practice.wire.errors import Refusal
from services.practice.wire.gate import gate
from services.practice.world import World
from tests.makers.practice import ADMIN_TOKEN, Admin
from tests.services.practice.conftest import NOW

ACME = next(iter(ACCOUNTS["pinterest"]))
DESK = Desk("pinterest", "Sign in", ("read",), {ACME: "Acme"}, client="client_key", wants_challenge=True)
VERIFIER = "a-verifier-of-at-least-forty-three-characters-x"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


class _No(Refusal):
    def answer(self, trace: str) -> Response:
        return JSONResponse({"no": self.message, "trace": trace}, status_code=self.status, headers={"x-no": "1"})


def _act(call: Call) -> dict[str, Any]:
    if call.path.endswith("/upload"):
        return {"failed": call.fault("fail_processing") is not None, "again": call.fault("fail_processing") is not None}
    if call.path.endswith("/refuse"):
        raise _No("never", status=418)
    if call.path.endswith("/title"):
        call.need("title")
    return {"json": call.json, "size": len(call.body), "basic": call.basic, "range": call.headers.get("content-range")}


@pytest.fixture
def own(tmp_path: Path) -> World:
    return World(Store(tmp_path / "own.sqlite"), FixedClock(NOW), httpx.Client(), ADMIN_TOKEN, "app", "s", LOOPBACK)


@pytest.fixture
def client(own: World) -> Iterator[TestClient]:
    """A made-up platform under /a, and the operator's routes."""
    answers = gate(own, "pinterest", _act, headers=lambda call: {"x-left": "7"}, missed=lambda name: _No(name))
    methods = ["GET", "POST", "PUT", "PATCH"]
    routes = [
        *admin.routes(own),
        Route("/a/sign-in", gate(own, "pinterest", lambda call: consent(call, DESK)), methods=["GET", "POST"]),
        Route("/a/{rest:path}", answers, methods=methods),
        Route("/plain/{rest:path}", gate(own, "pinterest", _act), methods=methods),
    ]
    with TestClient(Starlette(routes=routes), follow_redirects=False) as http:
        yield http


@pytest.fixture
def operator(client: TestClient) -> Admin:
    return Admin(TestClient(client.app, headers={"X-Practice-Admin": ADMIN_TOKEN}))


def test_a_platform_refuses_in_its_own_envelope_and_tells_its_own_headers(client: TestClient) -> None:
    refused = client.get("/a/refuse")
    assert (refused.status_code, refused.json()["no"]) == (418, "never") and refused.json()["trace"].startswith("A")
    assert (refused.headers["x-no"], refused.headers["x-left"]) == ("1", "7")
    assert client.get("/a/title").json()["no"] == "title"
    plain = client.get("/plain/title")
    assert plain.status_code == 400 and "title" in plain.json()["message"] and "x-app-usage" not in plain.headers


def test_bodies_come_as_json_or_as_they_are(client: TestClient) -> None:
    assert client.post("/a/x", json=[1, {"b": None}]).json()["json"] == [1, {"b": None}]
    assert client.post("/a/x", content=b"{", headers={"content-type": "application/json"}).json()["json"] is None
    piece = client.put("/a/x", content=b"\0" * 9, headers={"content-type": "video/mp4", "Content-Range": "bytes 0-8/9"})
    assert (piece.json()["size"], piece.json()["range"]) == (9, "bytes 0-8/9")
    assert client.get("/a/x", auth=("name", "pass:word")).json()["basic"] == ["name", "pass:word"]
    for header in ("Basic %%%", "Basic bmFtZQ==", "Bearer abc", ""):
        assert client.get("/a/x", headers={"Authorization": header}).json()["basic"] is None


def test_the_record_holds_no_secret_and_no_file(client: TestClient, operator: Admin) -> None:
    client.post("/a/x", data={"refresh_token": "hush", "code_verifier": "hush", "token": "hush", "long": "x" * 9_000})
    client.put("/a/x", content=b"12345", headers={"content-type": "video/mp4"})
    form, raw = operator.requests("/a/x")
    assert "hush" not in str(form) and len(form["params"]["long"]) < 5_000
    assert raw["params"] == {"body": {"size_bytes": 5}}


def test_a_broken_platform_answers_plainly_and_with_the_headers_it_is_told(client: TestClient, operator: Admin) -> None:
    operator.fault("http", platform="pinterest", status=429, headers={"Retry-After": "7"}, count=1)
    broken = client.get("/a/x")
    assert (broken.status_code, broken.headers["retry-after"]) == (429, "7") and "error" not in broken.json()
    assert client.get("/a/x").status_code == 200


def test_a_fault_of_processing_waits_for_the_call_that_processes(client: TestClient, operator: Admin) -> None:
    operator.fault("fail_processing", count=1)
    client.post("/a/x")
    assert client.post("/a/upload").json() == {"failed": True, "again": True}
    assert client.post("/a/upload").json() == {"failed": False, "again": False}
    (fault,) = operator.faults()
    assert (fault["seen"], fault["fired"]) == (2, 1)
    assert [request["faults"] for request in operator.requests("/a")] == [[], ["fail_processing"], []]


def test_faults_and_tokens_are_for_platforms_that_exist(operator: Admin) -> None:
    assert operator.http.post("/admin/faults", json={"kind": "delay", "platform": "myspace"}).status_code == 422
    for platform, subject in (("myspace", "1"), ("pinterest", "nobody")):
        body = {"platform": platform, "subject": subject, "scopes": []}
        assert operator.http.post("/admin/tokens", json=body).status_code == 422
    assert operator.token("pinterest", ("read",), ACME).startswith("pina_")
    assert operator.token("pinterest", ("read",), ACME, kind="refresh").startswith("pinr_")


def test_a_sign_in_carries_its_challenge_to_the_exchange(client: TestClient, own: World) -> None:
    asked = {
        "client_key": "app",
        "redirect_uri": "http://127.0.0.1:1/back",
        "response_type": "code",
        "scope": "read",
        "state": "s",
    }
    assert "code_challenge is missing" in client.get("/a/sign-in", params=asked).text
    plain = asked | {"code_challenge": CHALLENGE, "code_challenge_method": "plain"}
    assert "must be S256" in client.get("/a/sign-in", params=plain).text
    right = asked | {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    sent = client.post("/a/sign-in", params=right, data={"subject": ACME, "decision": "allow"})
    code = codes.take_code(own, "pinterest", httpx.URL(sent.headers["location"]).params["code"])
    assert code is not None and codes.check_verifier(code, VERIFIER)
    assert not codes.check_verifier(code, "wrong") and not codes.check_verifier(code, "")
