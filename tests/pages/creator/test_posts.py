"""Posts from the library on the ad creator's screen: files, each platform's own words, checks while composing."""

from uuid import UUID

import pytest

from services import creative, identity, media
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post, read_draft
from tests.makers.media import fixture, jpeg_bytes, make_asset
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show


@pytest.fixture
def cone(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="cone.jpg", data=jpeg_bytes(1080, 1350))


@pytest.fixture
def clip(world: World, cast: Cast) -> media.Asset:
    return make_asset(world, cast.ana, cast.brand, name="friday.mp4", data=fixture("friday.mp4"))


def test_post_this_from_the_library_starts_one_post_with_that_file(
    world: World, cast: Cast, show: Show, clip: media.Asset
) -> None:
    test = show(cast.ana, media=str(clip.id))
    made = read_draft(world, cast, UUID(test.query_params["draft"]))
    assert (made.template, made.media_ids) == ("post", (clip.id,))
    assert "friday.mp4" in texts(test) and not test.exception


def test_a_new_post_begins_with_words_alone(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    test.button(key="creator-new-post").click().run()
    assert read_draft(world, cast, UUID(test.query_params["draft"])).is_post
    assert "Words alone" in texts(test) and not test.exception


def test_files_are_moved_and_taken_out(
    world: World, cast: Cast, show: Show, cone: media.Asset, clip: media.Asset
) -> None:
    draft_id = make_post(world, cast, cone, clip).id
    test = show(cast.ana, draft=str(draft_id))
    test.button(key="creator-file-arrow_downward-0").click().run()
    assert read_draft(world, cast, draft_id).media_ids == (clip.id, cone.id)
    test.button(key="creator-file-close-0").click().run()
    assert read_draft(world, cast, draft_id).media_ids == (cone.id,)
    assert test.button(key="creator-file-arrow_upward-0").disabled


def test_a_platforms_own_text_is_what_its_preview_shows(
    world: World, cast: Cast, show: Show, cone: media.Asset
) -> None:
    make_channel(world, cast, "facebook")
    draft_id = make_post(world, cast, cone).id
    assert "Only on the Page." not in texts(show(cast.ana, draft=str(draft_id)))
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "facebook", {"text": "Only on the Page."})
    shown = texts(show(cast.ana, draft=str(draft_id)))
    assert "Only on the Page." in shown


def test_what_a_platform_would_refuse_is_said_while_composing(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast, "instagram")
    wide = make_asset(world, cast.ana, cast.brand, name="wide.jpg", data=jpeg_bytes(2400, 600))
    test = show(cast.ana, draft=str(make_post(world, cast, wide).id))
    assert "does not take the shape 2400 x 600" in texts(test)


def test_a_format_is_chosen_and_kept(world: World, cast: Cast, show: Show, clip: media.Asset) -> None:
    make_channel(world, cast, "instagram")
    draft_id = make_post(world, cast, clip).id
    test = show(cast.ana, draft=str(draft_id))
    test.selectbox(key=f"creator-choice-instagram-format-{draft_id}").set_value("story").run()
    assert read_draft(world, cast, draft_id).per_channel == {"instagram": {"format": "story"}}
    assert not test.exception


def test_without_a_channel_the_next_step_is_named(world: World, cast: Cast, show: Show, cone: media.Asset) -> None:
    assert "No channel of this brand is connected" in texts(show(cast.ana, draft=str(make_post(world, cast, cone).id)))


def test_a_viewer_looks_and_changes_nothing(world: World, cast: Cast, show: Show, cone: media.Asset) -> None:
    make_channel(world, cast, "facebook")
    draft_id = make_post(world, cast, cone).id
    test = show(cast.vera, identity.Role.VIEWER, draft=str(draft_id))
    assert test.button(key="creator-files-add").disabled
    assert test.selectbox(key=f"creator-choice-facebook-format-{draft_id}").disabled


def test_an_ad_of_a_design_has_channels_too(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast, "instagram")
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand)
    test = show(cast.ana, draft=str(made.id))
    assert "one text for all" in texts(test) and "Four sizes" in texts(test)
    assert not test.exception


def test_settings_and_fields_follow_the_format_that_the_files_suggest(
    world: World, cast: Cast, show: Show, clip: media.Asset
) -> None:
    make_channel(world, cast, "facebook")
    draft_id = make_post(world, cast, clip).id
    test = show(cast.ana, draft=str(draft_id))
    test.text_input(key=f"creator-on-facebook-title-{draft_id}").set_value("Five scoops").run()
    assert read_draft(world, cast, draft_id).per_channel == {"facebook": {"title": "Five scoops"}}


def test_a_first_comment_is_written_only_where_one_can_be_posted(
    world: World, cast: Cast, show: Show, cone: media.Asset
) -> None:
    make_channel(world, cast, "instagram")
    draft_id = make_post(world, cast, cone).id
    test = show(cast.ana, draft=str(draft_id))
    test.text_area(key=f"creator-on-instagram-first_comment-{draft_id}").set_value("Recipe: mint").run()
    assert read_draft(world, cast, draft_id).per_channel == {"instagram": {"first_comment": "Recipe: mint"}}
    assert "Recipe: mint" in texts(test) and "First comment" in texts(test)


def test_a_story_says_that_no_words_reach_it(world: World, cast: Cast, show: Show, cone: media.Asset) -> None:
    make_channel(world, cast, "instagram")
    draft_id = make_post(world, cast, cone).id
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "instagram", {"format": "story"})
    test = show(cast.ana, draft=str(draft_id))
    assert "no words reach it" in texts(test) and not test.text_area and not test.exception


def test_the_preview_is_as_wide_as_a_phone_or_a_desktop(
    world: World, cast: Cast, show: Show, cone: media.Asset
) -> None:
    make_channel(world, cast, "facebook")
    test = show(cast.ana, draft=str(make_post(world, cast, cone).id))
    assert 'class="pv"' in texts(test)
    test.session_state["creator-preview-width"] = "desktop"
    assert 'class="pv wide"' in texts(test.run())


def test_a_picture_of_the_wrong_shape_is_put_right_with_one_press(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast, "instagram")
    wide = make_asset(world, cast.ana, cast.brand, name="wide.jpg", data=jpeg_bytes(2400, 600))
    draft_id = make_post(world, cast, wide).id
    test = show(cast.ana, draft=str(draft_id))
    button = test.button(key="creator-fix-instagram-0")
    assert button.label == "Fix it: crop to 1,146 × 600"
    button.click().run()
    (made,) = read_draft(world, cast, draft_id).media_ids
    assert made != wide.id and "does not take the shape" not in texts(test) and not test.exception
    test.button(key="notices-take-back").click().run()
    assert read_draft(world, cast, draft_id).media_ids == (wide.id,)


def test_a_clip_that_does_not_fit_is_for_a_person(world: World, cast: Cast, show: Show, clip: media.Asset) -> None:
    make_channel(world, cast, "instagram")
    draft_id = make_post(world, cast, clip).id
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft_id, "instagram", {"format": "image"})
    test = show(cast.ana, draft=str(draft_id))
    assert "This clip cannot be made to fit here" in texts(test)


def test_each_picture_says_what_it_shows_and_nags_until_it_does(
    world: World, cast: Cast, show: Show, cone: media.Asset, clip: media.Asset
) -> None:
    draft_id = make_post(world, cast, cone, clip).id
    with world.web.tx(cast.ana) as tx:
        creative.save_draft(tx, draft_id, alt_text="")
    test = show(cast.ana, draft=str(draft_id))
    assert "some people only hear this picture" in texts(test)
    test.text_input(key=f"creator-file-alt-{cone.id}").set_value("Three scoops of mint.").run()
    with world.web.tx(cast.ana) as tx:
        found = media.find_asset(tx, cone.id)
    assert found and found.alt_text == "Three scoops of mint."
    assert "some people only hear this picture" not in texts(test) and not test.exception
    assert not [one for one in test.text_input if one.key == f"creator-file-alt-{clip.id}"]
