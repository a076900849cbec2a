"""Mentions: kept per brand, written once, put by each platform's form, and kept with a version as they were then."""

from uuid import UUID

import pytest

from services import accounts, approvals, brands, creative, identity, publishing
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_post
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.world import World

HANDLES = {"instagram": "@nordic.gelato", "x": "nordicgelato", "linkedin": "urn:li:organization:77", "tiktok": " "}
SENT = {
    "instagram": "With @nordic.gelato today.",
    "x": "With @nordicgelato today.",
    "linkedin": "With @[Nordic Gelato](urn:li:organization:77) today.",
    "tiktok": "With Nordic Gelato today.",
    "youtube": "With Nordic Gelato today.",
    "facebook": "With Nordic Gelato today.",
    "pinterest": "With Nordic Gelato today.",
}


def keep(world: World, cast: Cast, name: str = "Nordic Gelato", **handles: str) -> UUID:
    with world.web.tx(cast.ana) as tx:
        return creative.keep_mention(tx, cast.brand, name, handles or HANDLES)


def post(world: World, cast: Cast, caption: str = "With @[Nordic Gelato] today.") -> creative.Draft:
    picture = make_asset(world, cast.ana, cast.brand, name="cone.jpg", data=jpeg_bytes(1080, 1080))
    return make_post(world, cast, picture, caption=caption)


def sent(world: World, cast: Cast, version: creative.Version, platform: str) -> approvals.SealedContent:
    channel = make_channel(world, cast, platform)
    with world.web.tx(cast.ana) as tx:
        return approvals.compose(version, accounts.channel(tx, channel))


@pytest.mark.parametrize("platform", SENT)
def test_each_platform_gets_the_mention_in_its_own_form_or_the_plain_name(
    world: World, cast: Cast, platform: str
) -> None:
    keep(world, cast)
    kept = creative.keep_version(world.web, cast.ana, post(world, cast).id)
    content = sent(world, cast, kept, platform)
    assert content.text == SENT[platform]
    assert not [one for one in publishing.problems_of(content) if "Mentions" in one.sentence]


def test_own_words_and_the_first_comment_are_put_too(world: World, cast: Cast) -> None:
    keep(world, cast)
    draft = post(world, cast, "Nobody here.")
    with world.web.tx(cast.ana) as tx:
        own = {"text": "Hi @[Nordic Gelato]", "first_comment": "Ask @[Nordic Gelato]!"}
        creative.save_for_channel(tx, draft.id, "instagram", own)
    content = sent(world, cast, creative.keep_version(world.web, cast.ana, draft.id), "instagram")
    assert (content.text, content.first_comment) == ("Hi @nordic.gelato", "Ask @nordic.gelato!")


def test_what_was_approved_stays_when_somebody_is_kept_anew_or_removed(world: World, cast: Cast) -> None:
    mention = keep(world, cast)
    draft = post(world, cast)
    first = creative.keep_version(world.web, cast.ana, draft.id)
    assert creative.keep_version(world.web, cast.ana, draft.id) == first
    keep(world, cast, instagram="elsewhere")
    second = creative.keep_version(world.web, cast.ana, draft.id)
    assert second.number == 2 and second.mentions == {"Nordic Gelato": {"instagram": "elsewhere"}}
    with world.web.tx(cast.ana) as tx:
        creative.remove_preset(tx, mention)
        assert creative.version(tx, first.id).mentions == first.mentions
    content = sent(world, cast, first, "x")
    assert content.text == SENT["x"]


def test_a_name_that_nobody_keeps_is_a_problem_and_stays_as_it_was_written(world: World, cast: Cast) -> None:
    content = sent(world, cast, creative.keep_version(world.web, cast.ana, post(world, cast).id), "instagram")
    assert content.text == "With @[Nordic Gelato] today."
    assert [one.sentence for one in publishing.problems_of(content)] == [
        "Instagram: nobody called “Nordic Gelato” is kept under Mentions."
    ]


@pytest.mark.parametrize(
    "handles",
    [{}, {"instagram": " "}, {"instagram": "two words"}, {"x": "a/b"}, {"linkedin": "nordic"}, {"facebook": "page"},
     {"linkedin": "urn:li:organization:7)(x"}, {"x": "<b>"}],
)  # fmt: skip
def test_what_is_no_handle_of_its_platform_is_refused(world: World, cast: Cast, handles: dict[str, str]) -> None:
    with world.web.tx(cast.ana) as tx, pytest.raises(creative.MentionWrong):
        creative.keep_mention(tx, cast.brand, "Nordic", handles)


@pytest.mark.parametrize("name", ["", "  ", "a[b", "a](c", "x" * 61, "@nordic"])
def test_a_name_has_no_signs_of_markup(world: World, cast: Cast, name: str) -> None:
    with world.web.tx(cast.ana) as tx, pytest.raises(creative.MentionNameWrong):
        creative.keep_mention(tx, cast.brand, name, {"x": "nordic"})


def test_the_same_name_takes_the_new_handles_and_one_click_writes_it_once(world: World, cast: Cast) -> None:
    assert keep(world, cast) == keep(world, cast, "nordic  gelato", x="other")
    with world.web.tx(cast.ana) as tx:
        (one,) = creative.mentions(tx, cast.brand)
    assert (one.name, one.handles, one.token) == ("nordic gelato", {"x": "other"}, "@[nordic gelato]")
    assert creative.with_mention("Fresh ", "A B") == "Fresh @[A B]" and creative.with_mention("", "A B") == "@[A B]"


def test_only_who_makes_ads_keeps_them_and_others_see_nobody(world: World, cast: Cast) -> None:
    mention = keep(world, cast)
    with world.web.tx(cast.vera) as tx, pytest.raises(identity.RoleTooLow):
        creative.keep_mention(tx, cast.brand, "Nordic", {"x": "nordic"})
    with world.web.tx(cast.cleo) as tx:
        assert creative.mentions(tx, cast.brand) == []
        with pytest.raises(creative.PresetNotFound):
            creative.remove_preset(tx, mention)
        with pytest.raises(brands.BrandNotFound):
            creative.keep_mention(tx, cast.brand, "Nordic", {"x": "nordic"})


def test_a_comment_on_linkedin_is_plain_words_so_the_name_stands_there(world: World, cast: Cast) -> None:
    keep(world, cast)
    draft = post(world, cast)
    with world.web.tx(cast.ana) as tx:
        creative.save_for_channel(tx, draft.id, "linkedin", {"first_comment": "Ask @[Nordic Gelato]!"})
    content = sent(world, cast, creative.keep_version(world.web, cast.ana, draft.id), "linkedin")
    assert content.first_comment == "Ask Nordic Gelato!" and content.text == SENT["linkedin"]
