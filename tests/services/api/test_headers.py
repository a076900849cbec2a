"""Headers around every answer, and forms from other sites."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from services import api
from services.api.headers import STREAMLIT_SCRIPT
from services.kit.config import Settings
from tests.makers.world import World
from tests.services.api.conftest import ORIGIN


def _browser(world: World, **settings: str) -> TestClient:
    def page(request: object) -> HTMLResponse:
        return HTMLResponse("<p>page</p>")

    def file(request: object) -> PlainTextResponse:
        return PlainTextResponse("file", headers={"content-security-policy": "sandbox"})

    app = replace(world.web, settings=world.web.settings.model_copy(update=settings))
    routes = [
        Route("/", page, methods=["GET", "POST"]),
        Route("/file", file),
        Route("/_stcore/upload_file/1", page, methods=["PUT"]),
    ]
    return TestClient(Starlette(routes=routes, middleware=api.middleware(lambda: app)), base_url=ORIGIN)


def test_the_hash_of_the_inline_script_is_that_of_the_installed_streamlit() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts]
    assert hashes == [STREAMLIT_SCRIPT]


def test_every_answer_carries_the_headers(world: World) -> None:
    answer = _browser(world).get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
    assert "unsafe-inline" not in policy.split("style-src")[0]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in answer.headers


def test_a_route_with_its_own_policy_keeps_it(world: World) -> None:
    assert _browser(world).get("/file").headers.get_list("content-security-policy") == ["sandbox"]


def test_hosted_pictures_come_from_the_store_and_sockets_from_our_own_host() -> None:
    hosted = Settings(
        supabase_url="https://x.supabase.co/",
        public_url="https://desk.example.com",
        _env_file=None,  # type: ignore[call-arg]
    )
    policy = dict(part.strip().split(" ", 1) for part in api.content_security_policy(hosted).split(";"))
    assert policy["img-src"] == "'self' data: blob: https://x.supabase.co"
    assert policy["media-src"] == "'self' blob: https://x.supabase.co"
    assert policy["connect-src"] == "'self' wss://desk.example.com blob: data:"


def test_https_brings_strict_transport_and_a_secure_cookie(world: World) -> None:
    browser = _browser(world, public_url="https://desk.example.com")
    answer = browser.get("/", cookies={"ld_sid": "abc-DEF_1"})
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert "; Secure" in answer.headers["set-cookie"]


def test_a_page_renews_the_session_cookie_and_nothing_else_does(world: World) -> None:
    browser = _browser(world)
    renewed = browser.get("/", cookies={"ld_sid": "abc-DEF_1"}).headers["set-cookie"]
    assert renewed == "ld_sid=abc-DEF_1; HttpOnly; Max-Age=2592000; Path=/; SameSite=lax"
    assert "set-cookie" not in _browser(world).get("/file", cookies={"ld_sid": "abc"}).headers
    assert "set-cookie" not in _browser(world).get("/").headers
    assert "set-cookie" not in _browser(world).get("/", headers={"cookie": 'ld_sid="a; Domain=evil"'}).headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:9999", "http://127.0.0.1:8501.evil.example", "null", ""]
)
def test_a_form_from_another_site_does_nothing(world: World, origin: str) -> None:
    answer = _browser(world).post("/", headers={"origin": origin} if origin else {})
    assert answer.status_code == 403
    assert "page" not in answer.text


def test_our_own_form_and_streamlits_own_writes_pass(world: World) -> None:
    browser = _browser(world)
    assert browser.post("/", headers={"origin": ORIGIN}).status_code == 200
    assert browser.put("/_stcore/upload_file/1").status_code == 200
