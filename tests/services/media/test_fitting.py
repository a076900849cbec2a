"""Pictures made to fit: cut to the nearest shape, as JPEG, within the bytes; the source is never touched."""

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from services import identity, media
from tests.makers.cast import Cast
from tests.makers.media import fixture, jpeg_bytes, make_asset, png_bytes
from tests.makers.world import World

FEED = media.Wanted(4 / 5, 1.91)


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def _noise(side: int) -> bytes:
    """A picture that compresses badly."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "PNG")
    return out.getvalue()


@given(st.integers(1, 6_000), st.integers(1, 6_000))
@settings(max_examples=200)
def test_the_cut_has_an_allowed_shape_and_is_part_of_the_picture(width: int, height: int) -> None:
    wide, high = media.cut_size(width, height, FEED)
    assert 1 <= wide <= width and 1 <= high <= height
    assert width == wide or height == high  # never smaller than it must be
    if min(wide, high) > 100:
        assert FEED.ratio_min - 0.01 <= wide / high <= FEED.ratio_max + 0.01


def test_a_wide_picture_keeps_its_height_and_its_middle() -> None:
    source = Image.new("RGB", (400, 100), "red")
    source.paste("blue", (150, 0, 250, 100))
    out = io.BytesIO()
    source.save(out, "PNG")
    made = _opened(media.fitted(out.getvalue(), media.Wanted(1, 1)))
    assert made.size == (100, 100) and made.format == "JPEG"
    red, _, blue = made.convert("RGB").getpixel((50, 50))
    assert blue > 200 > red


def test_a_picture_of_an_allowed_shape_is_only_written_as_jpeg() -> None:
    made = _opened(media.fitted(png_bytes(500, 500), FEED))
    assert (made.size, made.format) == ((500, 500), "JPEG")


def test_what_is_transparent_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (80, 80), (255, 0, 0, 0)).save(out, "PNG")
    assert min(_opened(media.fitted(out.getvalue(), FEED)).convert("RGB").getpixel((40, 40))) > 250


def test_a_heavy_picture_gets_below_the_limit() -> None:
    heavy = _noise(400)
    made = media.fitted(heavy, media.Wanted(0.1, 10, 30_000))
    assert len(made) <= 30_000 < len(heavy) and _opened(made).width >= 64


def test_what_cannot_be_that_small_is_refused_in_words() -> None:
    with pytest.raises(media.CannotFit) as refused:
        media.fitted(jpeg_bytes(300, 300), media.Wanted(0.1, 10, 100))
    assert "cannot be made to fit" in refused.value.sentence


def test_the_file_that_fits_stands_beside_the_source_with_its_rights(world: World, cast: Cast) -> None:
    ends = date(2027, 1, 31)
    source = make_asset(world, cast.ana, cast.brand, name="wide.png", data=png_bytes(2400, 600), tags=["cone"],
                        alt_text="A cone", rights_end_on=ends)  # fmt: skip
    made = media.fit_asset(world.web, cast.ana, source.id, FEED)
    assert (made.width, made.height, made.content_type) == (1146, 600, "image/jpeg")
    assert (made.original_name, made.tags, made.alt_text, made.rights_end_on) == (
        "wide fitted.jpg", ("cone",), "A cone", ends,
    )  # fmt: skip
    with world.web.tx(cast.ana) as tx:
        assert media.find_asset(tx, source.id) == source
    assert media.fit_asset(world.web, cast.ana, source.id, FEED).id == made.id


def test_rights_that_changed_meanwhile_are_taken_over(world: World, cast: Cast) -> None:
    source = make_asset(world, cast.ana, cast.brand, data=png_bytes(2400, 600))
    made = media.fit_asset(world.web, cast.ana, source.id, FEED)
    with world.web.tx(cast.ana) as tx:
        media.edit_asset(tx, source.id, media.Edit(rights_end_on=date(2026, 12, 1)))
    media.fit_asset(world.web, cast.ana, source.id, FEED)
    with world.web.tx(cast.ana) as tx:
        kept = media.find_asset(tx, made.id)
    assert kept and kept.rights_end_on == date(2026, 12, 1)


def test_clips_and_files_of_others_are_not_fitted(world: World, cast: Cast) -> None:
    clip = make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=fixture("friday.mp4"))
    with pytest.raises(media.CannotFit):
        media.fit_asset(world.web, cast.ana, clip.id, FEED)
    with pytest.raises(media.AssetMissing):
        media.fit_asset(world.web, cast.cleo, clip.id, FEED)
    with pytest.raises(identity.RoleTooLow):
        media.fit_asset(world.web, cast.vera, clip.id, FEED)


def test_an_end_that_somebody_gave_the_fitted_file_itself_is_not_taken_away(world: World, cast: Cast) -> None:
    source = make_asset(world, cast.ana, cast.brand, data=png_bytes(2400, 600))
    made = media.fit_asset(world.web, cast.ana, source.id, FEED)
    for ends in (date(2026, 12, 1), date(2026, 11, 30)):
        with world.web.tx(cast.ana) as tx:
            media.edit_asset(tx, made.id, media.Edit(rights_end_on=ends))
        assert media.fit_asset(world.web, cast.ana, source.id, FEED).id == made.id
        with world.web.tx(cast.ana) as tx:
            kept = media.find_asset(tx, made.id)
            media.edit_asset(tx, source.id, media.Edit(rights_end_on=date(2027, 1, 31)))
        assert kept and kept.rights_end_on == ends
