"""Thumbnails and colours: made once, ahead of the first look."""

import io

import pytest
from PIL import Image

from services import media
from services.kit.files import FileMissing
from services.media.thumbnails import leading_colours, shrunk
from tests.makers.cast import Cast
from tests.makers.media import fixture, make_asset
from tests.makers.world import World
from worker.tasks.media import make_thumbnail


def _made(world: World, cast: Cast, asset: media.Asset) -> tuple[media.Asset, Image.Image]:
    make_thumbnail(world.worker, cast.acme, asset.id)
    with world.web.tx(cast.ana) as tx:
        found = media.find_asset(tx, asset.id)
    assert found is not None and found.thumb_key is not None
    return found, Image.open(io.BytesIO(media.asset_bytes(world.web, found.thumb_key)))


def test_a_picture_gets_a_small_webp_and_five_colours(world: World, cast: Cast) -> None:
    asset, thumb = _made(world, cast, make_asset(world, cast.ana, data=fixture("ice-cream.jpg")))
    assert (thumb.format, thumb.size) == ("WEBP", (640, 640))
    assert len(asset.colours) == 5 and all(len(colour) == 7 for colour in asset.colours)
    assert asset.colours[0].startswith("#f")  # the yellow ground


def test_a_clip_gets_its_first_picture(world: World, cast: Cast) -> None:
    for name, size in (("friday.mp4", (640, 480)), ("flower.webm", (640, 360))):
        _, thumb = _made(world, cast, make_asset(world, cast.ana, data=fixture(name)))
        assert thumb.size == size


def test_a_second_run_makes_nothing(world: World, cast: Cast) -> None:
    asset, _ = _made(world, cast, make_asset(world, cast.ana))
    again, _ = _made(world, cast, asset)
    assert again == asset
    assert sorted(world.web.files.list(f"{cast.acme}/")) == sorted([asset.file_key, asset.thumb_key or ""])


def test_a_file_deleted_before_its_turn_is_let_be(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    with world.web.tx(cast.ana) as tx:
        media.delete_assets(tx, [asset.id])
    make_thumbnail(world.worker, cast.acme, asset.id)
    make_thumbnail(world.worker, cast.acme, world.web.ids.new())
    assert world.web.files.list(f"{cast.acme}/") == [asset.file_key]


def test_lost_bytes_are_told_and_record_nothing(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    world.web.files.delete([asset.file_key])
    with pytest.raises(FileMissing):
        make_thumbnail(world.worker, cast.acme, asset.id)


def test_another_organisation_s_worker_scope_makes_nothing(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana)
    make_thumbnail(world.worker, cast.other, asset.id)
    with world.web.tx(cast.ana) as tx:
        assert media.find_asset(tx, asset.id) == asset


def test_what_is_see_through_has_no_colour() -> None:
    clear = Image.new("RGBA", (50, 50), (255, 0, 0, 0))
    assert leading_colours(clear) == []
    clear.paste((0, 128, 0, 255), (0, 0, 50, 10))
    assert leading_colours(shrunk(clear)) == ["#008000"]
