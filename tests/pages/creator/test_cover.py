"""A clip's cover on the ad creator's screen: a moment or a picture, whatever the platform takes, and what not."""

from uuid import UUID

import pytest

from pages.parts import creator_pictures
from pages.parts.ticks import Picked
from services import creative, media
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post, read_draft
from tests.makers.media import fixture, jpeg_bytes, make_asset
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show


@pytest.fixture
def square(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="square.jpg", data=jpeg_bytes(1280, 1280))


def _post(world: World, cast: Cast, platform: str, form: str, *, is_clip: bool = True) -> UUID:
    make_channel(world, cast, platform)
    name, data = ("friday.mp4", fixture("friday.mp4")) if is_clip else ("a.jpg", jpeg_bytes(1080, 1080))
    file = make_asset(world, cast.ana, cast.brand, name=name, data=data)
    made = make_post(world, cast, file, alt_text="")
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, made.id, platform, {"format": form})
    return made.id


def _own(world: World, cast: Cast, draft_id: UUID, platform: str) -> dict[str, str]:
    return read_draft(world, cast, draft_id).per_channel[platform]


@pytest.mark.parametrize(
    ("platform", "form", "moment", "picture", "said"),
    [
        ("instagram", "reel", True, True, "A picture wins over a moment."),
        ("tiktok", "video", True, False, "takes a moment of the clip as its cover, no picture"),
        ("youtube", "video", False, True, "set right after it is out; no moment of the clip"),
        ("youtube", "short", False, False, "takes no cover from here"),
        ("x", "video", False, False, "takes no cover from here"),
    ],
)
def test_each_format_offers_what_its_platform_takes_and_says_what_it_does_not(
    world: World, cast: Cast, show: Show, platform: str, form: str, moment: bool, picture: bool, said: str
) -> None:
    test = show(cast.ana, draft=str(_post(world, cast, platform, form)))
    inputs, buttons = [one.key or "" for one in test.text_input], [one.key for one in test.button]
    assert any("cover_second" in key for key in inputs) is moment
    assert (f"creator-cover-choose-{platform}" in buttons) is picture
    assert said in texts(test) and not test.exception


def test_a_chosen_picture_is_made_to_fit_and_taken_out(
    world: World, cast: Cast, show: Show, square: media.Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = _post(world, cast, "youtube", "video")
    test = show(cast.ana, draft=str(draft_id))
    monkeypatch.setattr(creator_pictures, "shelf", lambda *_, **__: Picked(str(square.id)))
    test.button(key="creator-cover-choose-youtube").click().run()
    monkeypatch.undo()
    assert _own(world, cast, draft_id, "youtube")["cover"] == str(square.id)
    test = show(cast.ana, draft=str(draft_id))
    assert "the cover does not have the right shape: 1280 x 1280" in texts(test)
    test.button(key="creator-cover-fix-youtube").click().run()
    made = _own(world, cast, draft_id, "youtube")["cover"]
    with world.web.tx(cast.ana) as tx:
        asset = media.find_asset(tx, UUID(made))
    assert asset is not None and (asset.width, asset.height) == (1280, 720) and made != str(square.id)
    assert "right shape" not in texts(test)
    test.button(key="creator-cover-out-youtube").click().run()
    assert "cover" not in _own(world, cast, draft_id, "youtube") and not test.exception


def test_a_picture_where_none_is_taken_is_told_and_can_be_taken_out(
    world: World, cast: Cast, show: Show, square: media.Asset
) -> None:
    draft_id = _post(world, cast, "tiktok", "video")
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "tiktok", {"cover": str(square.id)})
    test = show(cast.ana, draft=str(draft_id))
    assert "takes no picture as its cover. Take it out." in texts(test)
    test.button(key="creator-cover-out-tiktok").click().run()
    assert "cover" not in _own(world, cast, draft_id, "tiktok")


def test_pictures_have_no_cover(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana, draft=str(_post(world, cast, "instagram", "image", is_clip=False)))
    assert "Cover" not in texts(test) and "cover from here" not in texts(test)
