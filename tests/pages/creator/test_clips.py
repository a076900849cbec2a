"""A clip that a platform would refuse, on the ad creator's screen: the choices, how far it is, what came of it."""

from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from services import creative, identity, media
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.clips import clip_bytes
from tests.makers.creative import make_post
from tests.makers.media import make_asset
from tests.makers.screens import texts, went
from tests.makers.world import World
from tests.pages.screen import Show


def _dialog() -> None:
    """The choices for the first file of the only post, which stay open over reruns."""
    from pages.parts import creator_clips, doors
    from services import accounts, approvals, creative, publishing

    with doors.app().tx(doors.scope()) as tx:
        draft = creative.draft(tx, creative.list_drafts(tx)[0].id)
        content = approvals.compose(creative.unkept(tx, draft), accounts.channels(tx)[0])
    creator_clips.clip_dialog(draft.id, publishing.clip_offers_of(content)[0])


@pytest.fixture
def clip(world: World, cast: Cast) -> media.Asset:
    """Lying, and shown upright only."""
    data = clip_bytes(width=640, height=480, seconds=4)
    return make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=data)


@pytest.fixture
def post(world: World, cast: Cast, clip: media.Asset) -> UUID:
    make_channel(world, cast, "facebook")
    made = make_post(world, cast, clip)
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, made.id, "facebook", {"format": "reel"})
    return made.id


def _fixes(world: World, cast: Cast, draft_id: UUID) -> list[creative.ClipFix]:
    with world.web.tx(cast.ana) as tx:
        return creative.clip_fixes_of(tx, draft_id)


def _make(world: World, cast: Cast, draft_id: UUID) -> creative.ClipFix:
    (fix,) = _fixes(world, cast, draft_id)
    creative.run_clip_fix(world.worker, cast.worker, fix.id, lambda *_: None)
    return _fixes(world, cast, draft_id)[0]


def test_the_offer_says_what_changes_and_a_person_chooses(
    world: World, cast: Cast, show: Show, post: UUID, clip: media.Asset
) -> None:
    offer = show(cast.ana, draft=str(post)).button(key="creator-clip-0")
    assert offer.label == "Fix it: change the shape"
    assert not offer.click().run().exception
    test = AppTest.from_function(_dialog, default_timeout=30).run()
    assert "640 × 1,138 pixels" in texts(test) and "Its length stays" in texts(test)  # cropped it were too narrow
    test.button(key="creator-clip-make").click().run()
    (fix,) = _fixes(world, cast, post)
    assert (fix.state, fix.wanted.shape, fix.wanted.way) == (creative.FixState.WAITING, 9 / 16, media.Way.PAD)
    test = show(cast.ana, draft=str(post))
    test.button(key=f"creator-clip-cancel-{fix.id}").click().run()
    assert _fixes(world, cast, post)[0].state is creative.FixState.CANCELLED


def test_what_fits_is_in_the_post_and_the_source_can_be_taken_again(
    world: World, cast: Cast, show: Show, post: UUID, clip: media.Asset, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.ask_clip_fix(tx, post, clip.id, media.ClipWanted(shape=9 / 16, way=media.Way.PAD))
    fix = _make(world, cast, post)
    test = show(cast.ana, draft=str(post))
    shown = texts(test)
    assert "took its source" in shown and "does not take the shape" not in shown
    opened = went(monkeypatch)
    test.button(key=f"creator-clip-see-{fix.id}").click().run()
    assert opened == [("library", {"asset": str(clip.id)})]
    test.button(key=f"creator-clip-use-{fix.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, post).media_ids == (clip.id,)


def test_one_that_was_not_put_in_says_why_and_can_be(
    world: World, cast: Cast, show: Show, post: UUID, clip: media.Asset
) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.ask_clip_fix(tx, post, clip.id, media.ClipWanted(shape=9 / 16, way=media.Way.PAD))
        creative.choose_media(tx, post, [])
    fix = _make(world, cast, post)
    with world.web.tx(cast.ana) as tx:
        creative.choose_media(tx, post, [clip.id])
    test = show(cast.ana, draft=str(post))
    assert "taken out of the post meanwhile" in texts(test)
    test.button(key=f"creator-clip-use-{fix.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, post).media_ids == (fix.made_asset_id,)


def test_a_long_clip_is_cut_where_a_person_says(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast, "instagram")
    data = clip_bytes(width=64, height=64, seconds=62, rate=2)
    long = make_asset(world, cast.ana, cast.brand, name="long.mp4", data=data)
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand, name="Long", template="post")
        creative.choose_media(tx, made.id, [long.id])
        creative.save_for_channel(tx, made.id, "instagram", {"format": "story"})
    show(cast.ana, draft=str(made.id))
    test = AppTest.from_function(_dialog, default_timeout=30).run()
    test.slider(key="creator-clip-start").set_value(1.5).run()
    assert "It keeps 1.5 s to 61.5 s and leaves out 2.0 s of 62.0 s." in texts(test)
    test.button(key="creator-clip-make").click().run()
    (fix,) = _fixes(world, cast, made.id)
    assert (fix.wanted.start_seconds, fix.wanted.seconds_max) == (1.5, 60)


def test_a_viewer_is_offered_nothing_to_press(world: World, cast: Cast, show: Show, post: UUID) -> None:
    test = show(cast.vera, identity.Role.VIEWER, draft=str(post))
    assert test.button(key="creator-clip-0").disabled
