"""Hashtags and campaign links on the ad creator's screen: one click puts them in, a form keeps new ones."""

from uuid import UUID

import pytest

from services import creative, identity
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post, read_draft
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show


@pytest.fixture
def draft_id(world: World, cast: Cast) -> UUID:
    return make_post(world, cast, caption="Fresh #mint", link="https://acme.com/cones").id


def test_a_group_goes_below_the_caption_with_one_click(world: World, cast: Cast, show: Show, draft_id: UUID) -> None:
    with world.web.tx(cast.ana) as tx:
        kept = creative.keep_hashtags(tx, cast.brand, "<b>Autumn", "#mint #oslo")
    test = show(cast.ana, draft=str(draft_id))
    test.button(key=f"creator-use-{kept}").click().run()
    assert read_draft(world, cast, draft_id).caption == "Fresh #mint\n\n#oslo" and not test.exception
    test.button(key=f"creator-unkeep-{kept}").click().run()
    assert "No group is kept yet" in texts(test)


def test_a_new_group_is_kept_and_a_wrong_one_is_refused_in_words(
    world: World, cast: Cast, show: Show, draft_id: UUID
) -> None:
    test = show(cast.ana, draft=str(draft_id))
    test.text_input(key="creator-tags-name").set_value("Autumn")
    test.text_input(key="creator-tags-body").set_value("#no-tag")
    test.button(key="creator-tags-keep").click().run()
    assert "Write 1 to 30 hashtags" in test.error[0].value
    test.text_input(key="creator-tags-name").set_value("Autumn")
    test.text_input(key="creator-tags-body").set_value("mint oslo")
    test.button(key="creator-tags-keep").click().run()
    with world.web.tx(cast.ana) as tx:
        assert [one.body for one in creative.presets(tx, cast.brand)] == ["#mint #oslo"]


def test_a_campaign_marks_the_link_and_each_platform_is_its_source(
    world: World, cast: Cast, show: Show, draft_id: UUID
) -> None:
    make_channel(world, cast, "facebook")
    with world.web.tx(cast.ana) as tx:
        kept = creative.keep_utm(tx, cast.brand, "Autumn", "social", "autumn")
    test = show(cast.ana, draft=str(draft_id))
    test.button(key=f"creator-use-{kept}").click().run()
    assert "utm_source={platform}&utm_medium=social" in read_draft(world, cast, draft_id).link
    assert not test.exception


def test_without_a_link_there_is_nothing_to_mark(world: World, cast: Cast, show: Show, draft_id: UUID) -> None:
    with world.web.tx(cast.ana) as tx:
        kept = creative.keep_utm(tx, cast.brand, "Autumn", "social", "autumn")
        creative.save_draft(tx, draft_id, link="")
    test = show(cast.ana, draft=str(draft_id))
    assert test.button(key=f"creator-use-{kept}").disabled and "Write the link first" in texts(test)


def test_a_viewer_draws_the_screen_all_the_same(cast: Cast, show: Show, draft_id: UUID) -> None:
    assert not show(cast.vera, identity.Role.VIEWER, draft=str(draft_id)).exception
