"""Posts from the library: files as they are, in order, and what differs per platform."""

from uuid import UUID

import pytest

from services import creative, identity, media
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.media import fixture, jpeg_bytes, make_asset, png_bytes
from tests.makers.world import World


@pytest.fixture
def cone(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="cone.jpg", data=jpeg_bytes(1080, 1350))


@pytest.fixture
def clip(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=fixture("friday.mp4"))


def test_a_version_of_a_post_is_its_files_in_order_with_their_stored_bytes(
    world: World, cast: Cast, cone: media.Asset, clip: media.Asset
) -> None:
    kept = creative.keep_version(world.web, cast.ana, make_post(world, cast, clip, cone).id)
    assert [(one.placement, one.asset_id, one.sha256) for one in kept.media] == [
        ("1", clip.id, clip.sha256),
        ("2", cone.id, cone.sha256),
    ]
    assert (kept.media[0].content_type, kept.media[0].duration_seconds) == ("video/mp4", clip.duration_seconds)
    assert kept.media[1].alt_text == "A cone."


def test_an_unchanged_post_gives_its_newest_version_back_and_another_order_is_a_new_one(
    world: World, cast: Cast, cone: media.Asset, clip: media.Asset
) -> None:
    made = make_post(world, cast, cone, clip)
    first = creative.keep_version(world.web, cast.ana, made.id)
    assert creative.keep_version(world.web, cast.ana, made.id) == first
    with world.web.tx(cast.ana) as tx:
        creative.choose_media(tx, made.id, [clip.id, cone.id])
    assert creative.keep_version(world.web, cast.ana, made.id).number == 2


def test_what_differs_on_a_platform_is_kept_per_platform_and_taken_away_when_emptied(
    world: World, cast: Cast, cone: media.Asset
) -> None:
    made = make_post(world, cast, cone)
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, made.id, "x", {"text": "Short.", "format": "thread"})
        creative.save_for_channel(tx, made.id, "tiktok", {"privacy": "SELF_ONLY"})
        creative.save_for_channel(tx, made.id, "x", {"format": ""})
        assert creative.draft(tx, made.id).per_channel == {"x": {"text": "Short."}, "tiktok": {"privacy": "SELF_ONLY"}}
    kept = creative.keep_version(world.web, cast.ana, made.id)
    assert kept.per_channel["x"] == {"text": "Short."}
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, made.id, "x", {"text": "Shorter."})
    assert creative.keep_version(world.web, cast.ana, made.id).number == 2


def test_words_alone_are_a_post(world: World, cast: Cast) -> None:
    assert creative.keep_version(world.web, cast.ana, make_post(world, cast).id).media == []


def test_a_file_that_left_the_library_keeps_the_post_from_being_sent(
    world: World, cast: Cast, cone: media.Asset, clip: media.Asset
) -> None:
    made = make_post(world, cast, cone)
    with world.web.tx(cast.ana) as tx:
        tx.run("update app.assets set deleted_at = now() where id = %(id)s", {"id": cone.id})
    with pytest.raises(creative.PictureGone):
        creative.keep_version(world.web, cast.ana, made.id)
    with world.web.tx(cast.ana) as tx, pytest.raises(creative.PictureGone):
        creative.choose_media(tx, made.id, [clip.id, UUID(int=7)])


def test_more_files_than_any_channel_takes_are_refused_with_the_number(world: World, cast: Cast) -> None:
    made = make_post(world, cast)
    with world.web.tx(cast.ana) as tx, pytest.raises(creative.TextTooLong, match="36 files"):
        creative.choose_media(tx, made.id, [UUID(int=number) for number in range(36)])


def test_a_viewer_changes_nothing_and_a_stranger_sees_nothing(world: World, cast: Cast, cone: media.Asset) -> None:
    made = make_post(world, cast, cone)
    with world.web.tx(cast.vera) as tx, pytest.raises(identity.RoleTooLow):
        creative.save_for_channel(tx, made.id, "x", {"text": "Mine."})
    with world.web.tx(cast.vera) as tx, pytest.raises(identity.RoleTooLow):
        creative.choose_media(tx, made.id, [])
    with world.web.tx(cast.cleo) as tx, pytest.raises(creative.DraftNotFound):
        creative.save_for_channel(tx, made.id, "x", {"text": "Mine."})


def test_a_file_of_a_post_counts_as_used(world: World, cast: Cast, cone: media.Asset) -> None:
    make_post(world, cast, cone)
    with world.web.tx(cast.ana) as tx:
        assert media.count_uses(tx, [cone.id]) == {cone.id: 1}
        assert [use.draft_name for use in media.where_used(tx, cone.id)] == ["Friday"]


def test_every_picture_of_a_post_needs_words_and_a_clip_needs_none(world: World, cast: Cast) -> None:
    cone = make_asset(world, cast.ana, cast.brand, alt_text="A cone")
    bare = make_asset(world, cast.ana, cast.brand, data=png_bytes(300, 300))
    clip = make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=fixture("friday.mp4"))
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand, template="post")
        creative.save_draft(tx, made.id, caption="Fresh")
        creative.choose_media(tx, made.id, [cone.id, bare.id, clip.id])
    with pytest.raises(creative.NotReady, match="Alt text"):
        creative.keep_version(world.web, cast.ana, made.id)
    with world.web.tx(cast.ana) as tx:
        creative.choose_media(tx, made.id, [cone.id, clip.id])
    kept = creative.keep_version(world.web, cast.ana, made.id)
    assert [one.alt_text for one in kept.media] == ["A cone", ""]
