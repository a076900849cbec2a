"""Hashtag groups and campaign links: kept per brand, checked, put into words without doubling anything."""

from uuid import UUID

import pytest

from services import approvals, brands, creative, identity
from services.kit.ids import short_id
from tests.makers.cast import Cast
from tests.makers.world import World


def _named(world: World, cast: Cast) -> list[tuple[str, str]]:
    with world.web.tx(cast.ana) as tx:
        return [(one.name, one.body) for one in creative.presets(tx, cast.brand)]


def test_a_group_is_kept_by_name_and_the_same_name_takes_the_new_tags(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ben) as tx:
        first = creative.keep_hashtags(tx, cast.brand, "  Autumn  days ", "gelato, #Oslo  #gelato #naïve_1")
        assert creative.keep_hashtags(tx, cast.brand, "autumn days", "#mint") == first
    assert _named(world, cast) == [("autumn days", "#mint")]


@pytest.mark.parametrize("tags", ["", "  ", "#", "##a", "#one-two", "#a!", " ".join(f"#t{n}" for n in range(31))])
def test_what_is_no_hashtag_is_refused(world: World, cast: Cast, tags: str) -> None:
    with world.web.tx(cast.ana) as tx, pytest.raises(creative.HashtagsWrong):
        creative.keep_hashtags(tx, cast.brand, "Autumn", tags)


def test_a_name_and_both_values_of_a_campaign_are_needed(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        with pytest.raises(creative.PresetNameWrong):
            creative.keep_utm(tx, cast.brand, " ", "social", "autumn")
        for pair in (("", "autumn"), ("social", " "), ("social", "x" * 101)):
            with pytest.raises(creative.UtmWrong):
                creative.keep_utm(tx, cast.brand, "Autumn", *pair)


def test_only_who_makes_ads_keeps_and_removes_and_others_see_nothing(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        kept = creative.keep_utm(tx, cast.brand, "Autumn", "paid social", "autumn 2026")
    assert _named(world, cast) == [("Autumn", "utm_medium=paid-social&utm_campaign=autumn-2026")]
    with world.web.tx(cast.vera) as tx:
        assert len(creative.presets(tx, cast.brand)) == 1
        for act in (
            lambda: creative.remove_preset(tx, kept),
            lambda: creative.keep_hashtags(tx, cast.brand, "A", "#a"),
        ):
            with pytest.raises(identity.RoleTooLow):
                act()
    with world.web.tx(cast.cleo) as tx:
        assert creative.presets(tx, cast.brand) == []
        with pytest.raises(creative.PresetNotFound):
            creative.remove_preset(tx, kept)
        with pytest.raises(brands.BrandNotFound):
            creative.keep_hashtags(tx, cast.brand, "Autumn", "#a")
    with world.web.tx(cast.ana) as tx:
        creative.remove_preset(tx, kept)
    assert _named(world, cast) == []


def test_tags_that_are_there_are_not_put_in_again() -> None:
    assert creative.with_hashtags("Fresh #Gelato\n", "#gelato #oslo") == "Fresh #Gelato\n\n#oslo"
    assert creative.with_hashtags("", "#a #b") == "#a #b"
    assert creative.with_hashtags("Fresh #a", "#a") == "Fresh #a"


def test_a_campaign_replaces_its_own_marks_and_keeps_the_rest_of_the_link() -> None:
    link = "https://acme.example/a?size=2&utm_source=old&utm_campaign=x#top"
    marked = creative.with_utm(link, "utm_medium=social&utm_campaign=autumn")
    expected = "https://acme.example/a?size=2&utm_source={platform}&utm_medium=social&utm_campaign=autumn#top"
    assert marked == expected == creative.with_utm(marked, "utm_medium=social&utm_campaign=autumn")
    assert creative.with_utm("", "utm_medium=social") == ""


def test_each_platform_is_named_as_the_source_and_our_own_mark_stays() -> None:
    link = creative.with_utm("https://acme.example/a", "utm_medium=social&utm_campaign=autumn")
    for platform in ("instagram", "x"):
        sent = approvals.tracked(link, UUID(int=1), UUID(int=2), platform)
        assert f"utm_source={platform}&utm_medium=social&utm_campaign=autumn&utm_content=p_" in sent
        assert "{" not in sent and "%7B" not in sent


def test_a_marked_link_is_one_that_a_draft_takes(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand, name=short_id())
        link = creative.with_utm("https://acme.example", "utm_medium=social&utm_campaign=a")
        creative.save_draft(tx, made.id, link=link)
        assert creative.draft(tx, made.id).link == link
