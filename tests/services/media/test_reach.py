"""Can platforms fetch our files? Asked like one of them; what is found is written down for all who must know."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import media
from services.api.media import routes
from services.kit.app import App
from services.media.stores.supabase import SupabaseStore
from tests.makers.cast import Cast
from tests.makers.world import World, with_http

HOST = "https://media.morrow.example"


@pytest.fixture(autouse=True)
def _nothing_known(world: World) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("delete from app.media_host")


def _app(world: World, answer: Callable[[httpx.Request], httpx.Response], base: str = HOST) -> App:
    settings = world.worker.settings.model_copy(update={"media_public_url": base})
    files = media.open_store(settings, world.worker.signer, world.clock)
    return with_http(replace(world.worker, settings=settings, files=files), httpx.MockTransport(answer))


def _served(world: World) -> Callable[[httpx.Request], httpx.Response]:
    """Our own route, as a plain https proxy in front of it would pass it on."""
    client = TestClient(Starlette(routes=routes(lambda: world.web)))

    def answer(request: httpx.Request) -> httpx.Response:
        assert str(request.url).startswith(f"{HOST}/files/")
        got = client.get(request.url.raw_path.decode(), headers=dict(request.headers))
        return httpx.Response(got.status_code, headers=got.headers, content=got.content)

    return answer


def test_our_own_route_behind_an_https_host_is_what_platforms_want(world: World, cast: Cast) -> None:
    found = media.check_reach(_app(world, _served(world)))
    assert (found.address, found.problem) == (HOST, "")
    with world.web.tx(cast.vera) as tx:
        assert media.reach_problem(tx) == ""
    with world.web.admin_tx() as tx:
        assert media.reach(tx) == found


def test_files_for_platforms_are_on_the_media_host_and_live_for_a_day(world: World, cast: Cast) -> None:
    app = _app(world, _served(world))
    media.check_reach(app)
    (key,) = app.files.list("00000000-0000-0000-0000-000000000000/")
    url = httpx.URL(app.files.url(key, 86_400))
    assert url.host == "media.morrow.example"
    assert int(url.params["exp"]) - world.clock.now().timestamp() >= 86_400


@pytest.mark.parametrize("base", ["", "http://media.morrow.example"])
def test_without_https_nobody_is_asked_and_the_sentence_says_what_to_set(world: World, cast: Cast, base: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    found = media.check_reach(_app(world, answer, base))
    assert "over https only" in found.problem
    assert "Set MEDIA_PUBLIC_URL" in found.problem
    with world.web.tx(cast.ana) as tx:
        assert media.reach_problem(tx) == found.problem


def test_a_host_that_leads_inside_is_no_host_for_platforms(world: World) -> None:
    app = replace(_app(world, _served(world)), look_up=lambda host: ["10.0.0.8"])
    assert "does not lead to the public internet" in media.check_reach(app).problem


def _redirects(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return httpx.Response(302, headers={"location": str(request.url)})


def _forbids(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return httpx.Response(403)


def _ignores_range(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return answer if "range" not in request.headers else httpx.Response(200, content=b"whole")


def _mistypes(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=answer.content, headers={"content-type": "text/html"})


def _replaces(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=b"<html>Sign in</html>", headers={"content-type": "image/png"})


def _hides_length(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=iter([answer.content]), headers={"content-type": "image/png"})


def _is_silent(answer: httpx.Response, request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectTimeout("slow")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_redirects, "redirects, and platforms follow none"),
        (_forbids, "answers 403"),
        (_ignores_range, "does not answer Range"),
        (_mistypes, "another kind of file"),
        (_replaces, "something else than the file"),
        (_hides_length, "does not tell the length"),
        (_is_silent, "media.morrow.example could not be reached"),
    ],
)
def test_what_a_platform_would_stumble_over_is_named(
    world: World, spoil: Callable[[httpx.Response, httpx.Request], httpx.Response], told: str
) -> None:
    served = _served(world)
    found = media.check_reach(_app(world, lambda request: spoil(served(request), request)))
    assert told in found.problem
    assert "MEDIA_PUBLIC_URL" in found.problem
    assert "sig=" not in found.problem


def test_an_address_on_supabase_keeps_its_signature_on_the_media_host() -> None:
    class Signed(SupabaseStore):
        def addresses(self, keys: list[str], ttl_seconds: int) -> dict[str, str]:  # type: ignore[override]
            return {key: f"https://p.supabase.co/storage/v1/object/sign/media/{key}?token=abc" for key in keys}

    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(500)))
    store = Signed("https://p.supabase.co", "sb_secret_x", "media", http, None, HOST)  # type: ignore[arg-type]
    assert store.url("k", 60) == f"{HOST}/storage/v1/object/sign/media/k?token=abc"
