"""While composing for a real platform that fetches files itself: can it reach ours? Practice ones always can."""

from collections.abc import Iterator

import psycopg
import pytest

from services import media
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("delete from app.media_host")
    media.check_reach(world.worker)
    with showing(world, "creator", monkeypatch) as shown:
        yield shown


@pytest.mark.parametrize("is_practice", [False, True])
def test_a_real_platform_that_could_not_fetch_the_picture_is_told_with_what_to_set(
    world: World, cast: Cast, show: Show, is_practice: bool
) -> None:
    make_channel(world, cast, is_practice=is_practice)
    cone = make_asset(world, cast.ana, cast.brand, name="cone.jpg", data=jpeg_bytes(1080, 1350))
    test = show(cast.ana, draft=str(make_post(world, cast, cone).id))
    assert not test.exception
    assert ("Set MEDIA_PUBLIC_URL" in texts(test)) is not is_practice
