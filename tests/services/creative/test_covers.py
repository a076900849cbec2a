"""Covers of clips: chosen per platform from the library, kept with the version, part of what is sealed there only."""

import pytest

from services import accounts, approvals, creative, media
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.media import fixture, jpeg_bytes, make_asset
from tests.makers.world import World


@pytest.fixture
def clip(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=fixture("friday.mp4"))


@pytest.fixture
def still(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="still.jpg", data=jpeg_bytes(1280, 720))


def choose(world: World, cast: Cast, draft: creative.Draft, cover: str, platform: str = "youtube") -> None:
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft.id, platform, {"cover": cover})


def test_a_cover_is_kept_behind_the_files_and_is_none_of_them(
    world: World, cast: Cast, clip: media.Asset, still: media.Asset
) -> None:
    draft = make_post(world, cast, clip)
    choose(world, cast, draft, str(still.id))
    kept = creative.keep_version(world.web, cast.ana, draft.id)
    assert [one.asset_id for one in kept.media] == [clip.id, still.id] and [one.asset_id for one in kept.files] == [
        clip.id
    ]
    chosen = kept.cover("youtube")
    assert chosen is not None and chosen.sha256 == still.sha256 and kept.cover("instagram") is None
    assert creative.keep_version(world.web, cast.ana, draft.id) == kept


def test_it_reaches_its_own_platform_only_and_changes_that_seal(
    world: World, cast: Cast, clip: media.Asset, still: media.Asset
) -> None:
    draft = make_post(world, cast, clip)
    first = creative.keep_version(world.web, cast.ana, draft.id)
    choose(world, cast, draft, str(still.id))
    second = creative.keep_version(world.web, cast.ana, draft.id)
    ids = [make_channel(world, cast, platform) for platform in ("youtube", "instagram")]
    with world.web.tx(cast.ana) as tx:
        video, reel = (
            [approvals.compose(one, accounts.channel(tx, channel)) for one in (first, second)] for channel in ids
        )
    assert video[0].cover is None and video[1].cover is not None and video[1].cover.sha256 == still.sha256
    assert video[0].seal() != video[1].seal() and "cover" not in video[1].settings
    assert reel[1].cover is None and reel[0].seal() == reel[1].seal()
    assert [len(one.media) for one in (*video, *reel)] == [1, 1, 1, 1]


def test_only_a_picture_of_the_own_library_can_be_one(
    world: World, cast: Cast, clip: media.Asset, still: media.Asset
) -> None:
    draft = make_post(world, cast, clip)
    theirs = make_asset(world, cast.cleo, name="theirs.jpg", data=jpeg_bytes(1280, 722))
    for wrong in (str(clip.id), str(theirs.id), "no-id", "' or 1=1"):
        with pytest.raises(creative.PictureGone):
            choose(world, cast, draft, wrong)
    choose(world, cast, draft, str(still.id))
    choose(world, cast, draft, "")
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, draft.id).per_channel["youtube"] == {}


def test_a_cover_counts_as_a_use_and_needs_no_alt_text(
    world: World, cast: Cast, clip: media.Asset, still: media.Asset
) -> None:
    draft = make_post(world, cast, clip)
    choose(world, cast, draft, str(still.id))
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, draft.id, alt_text="")
        now = creative.draft(tx, draft.id)
        assert creative.missing_parts(now, creative.unkept(tx, now).media) == []
        assert media.count_uses(tx, [still.id]) == {still.id: 1}
        assert [one.draft_id for one in media.where_used(tx, still.id)] == [draft.id]
