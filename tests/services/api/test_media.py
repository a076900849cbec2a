"""The route of stored files: signed, expiring, bound to one path; anything else is not found."""

import io

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import media
from services.api.media import routes
from tests.makers.cast import Cast
from tests.makers.media import fixture, make_asset
from tests.makers.world import World


@pytest.fixture
def client(world: World) -> TestClient:
    return TestClient(Starlette(routes=routes(lambda: world.web)))


@pytest.fixture
def asset(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, data=fixture("hand.jpg"))


def test_a_signed_address_shows_the_file_and_lets_it_do_nothing(
    world: World, client: TestClient, asset: media.Asset
) -> None:
    answer = client.get(media.address(world.web, asset.file_key))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.content == media.asset_bytes(world.web, asset.file_key)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["cache-control"].startswith("private")
    assert "content-disposition" not in answer.headers


def test_head_and_range_are_answered(world: World, client: TestClient, asset: media.Asset) -> None:
    address, whole = media.address(world.web, asset.file_key), media.asset_bytes(world.web, asset.file_key)
    head = client.head(address)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(whole)))
    part = client.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"


def test_the_address_for_platforms_is_absolute_and_the_same_file(
    world: World, client: TestClient, asset: media.Asset
) -> None:
    url = world.web.files.url(asset.file_key, 600)
    assert url.startswith("http://127.0.0.1:8501/files/")
    assert client.get(url.removeprefix("http://127.0.0.1:8501")).status_code == 200


def test_an_address_stays_the_same_for_a_while_and_then_ends(
    world: World, client: TestClient, asset: media.Asset
) -> None:
    address = media.address(world.web, asset.file_key, ttl=600)
    world.clock.move(minutes=1)
    assert media.address(world.web, asset.file_key, ttl=600) == address
    world.clock.move(minutes=9)
    assert client.get(address).status_code == 200
    world.clock.move(minutes=11)
    assert client.get(address).status_code == 404


def test_whatever_is_wrong_is_not_found(world: World, cast: Cast, client: TestClient, asset: media.Asset) -> None:
    address = media.address(world.web, asset.file_key)
    path, _, query = address.partition("?")
    other = make_asset(world, cast.ana, cast.brand)
    gone = f"{cast.acme}/{world.web.ids.new()}.jpg"
    wrong = [
        path,
        f"{path}?exp=99999999999&sig=00",
        f"{path}?{query}0",
        f"{path}?{query.replace('exp=', 'exp=9')}",
        f"{path}?exp=%ff&sig=é",
        f"/files/{other.file_key}?{query}",
        media.address(world.web, gone),
        f"/files/../../etc/passwd?{query}",
        f"/files/%2e%2e/%2e%2e/etc/passwd?{query}",
        f"/files/{asset.file_key}/?{query}",
        f"/files/?{query}",
    ]
    assert [client.get(one).status_code for one in wrong] == [404] * len(wrong)


def test_a_download_carries_the_files_own_name(world: World, client: TestClient, asset: media.Asset) -> None:
    address = media.download_address(world.web, asset.file_key, 'Hand "1"\r\nx.jpg')
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''Hand%20%221%22%0D%0Ax.jpg"


def test_what_is_no_picture_or_clip_is_only_ever_saved(world: World, cast: Cast, client: TestClient) -> None:
    key = media.make_key(cast.acme, world.web.ids.new(), "html")
    world.web.files.put(key, io.BytesIO(b"<script>alert(1)</script>"), "text/html")
    answer = client.get(media.address(world.web, key))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
