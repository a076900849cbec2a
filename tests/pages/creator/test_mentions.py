"""Mentions on the ad creator's screen: kept once, written with one click, counted and drawn as platforms have them."""

from uuid import UUID

import pytest

from pages.parts.creator_counts import of_caption
from pages.parts.previews.words import cut, named, rich
from services import accounts, creative
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show


@pytest.fixture
def draft_id(world: World, cast: Cast) -> UUID:
    make_channel(world, cast, "linkedin")
    make_channel(world, cast, "facebook")
    return make_post(world, cast, caption="Fresh with").id


def test_somebody_is_kept_with_the_handles_of_the_brands_platforms_and_written_with_one_click(
    world: World, cast: Cast, show: Show, draft_id: UUID
) -> None:
    test = show(cast.ana, draft=str(draft_id))
    assert "Nobody is kept yet" in texts(test)
    test.text_input(key="creator-mentions-name").set_value("Nordic Gelato")
    test.text_input(key="creator-mentions-linkedin").set_value("urn:li:organization:77")
    test.button(key="creator-mentions-keep").click().run()
    with world.web.tx(cast.ana) as tx:
        (kept,) = creative.mentions(tx, cast.brand)
    test.button(key=f"creator-mention-use-{kept.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert creative.draft(tx, draft_id).caption == "Fresh with @[Nordic Gelato]"
    test.button(key=f"creator-mention-unkeep-{kept.id}").click().run()
    assert "nobody called “Nordic Gelato” is kept under Mentions" in texts(test) and not test.exception


def test_a_wrong_handle_is_refused_in_words(world: World, cast: Cast, show: Show, draft_id: UUID) -> None:
    test = show(cast.ana, draft=str(draft_id))
    assert [one.key for one in test.text_input if one.key == "creator-mentions-facebook"] == []  # it has no mentions
    test.text_input(key="creator-mentions-name").set_value("Nordic")
    test.text_input(key="creator-mentions-linkedin").set_value("@nordic")
    test.button(key="creator-mentions-keep").click().run()
    assert "each in the form its platform asks for" in test.error[0].value


def test_each_counter_counts_what_its_platform_gets(world: World, cast: Cast, draft_id: UUID) -> None:
    with world.web.tx(cast.ana) as tx:
        creative.keep_mention(tx, cast.brand, "Nordic Gelato", {"linkedin": "urn:li:organization:77"})
        creative.save_draft(tx, draft_id, caption="With @[Nordic Gelato]")
        as_is, channels = creative.unkept(tx, creative.draft(tx, draft_id)), accounts.channels(tx, cast.brand)
    limits = {one.channel: one for one in of_caption(as_is, channels)}
    long = "@[Nordic Gelato](urn:li:organization:77)"
    assert {name: (one.length, one.swaps) for name, one in limits.items()} == {
        "facebook": (len("With Nordic Gelato"), (("@[Nordic Gelato]", "Nordic Gelato"),)),
        "linkedin": (len(f"With {long}"), (("@[Nordic Gelato]", long),)),
    }


def test_a_preview_shows_the_name_alone_and_never_cuts_it() -> None:
    seen = named("With @[Nordic <b>Gelato](urn:li:organization:77) and @acme")
    assert seen == "With @[Nordic <b>Gelato] and @acme"
    assert rich(seen) == ('With <span class="tg">Nordic &lt;b&gt;Gelato</span> and <span class="tg">@acme</span>')
    assert cut("With @[Nordic Gelato] today", 16) == ("With", True)
    assert cut("With @[Nordic Gelato] today", 24) == ("With @[Nordic Gelato]", True)
    assert cut("Without anybody at all", 10) == ("Without", True)
