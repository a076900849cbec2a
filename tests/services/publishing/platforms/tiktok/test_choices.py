"""What TikTok's audit asks of every post: an audience without a default, and declared commercial content."""

import pytest

from services.kit.errors import Rejected
from services.publishing.platforms.tiktok.choices import Creator, demand_allowed, utf16_length, video_info
from services.publishing.registry import formats, publisher
from tests.services.publishing.platforms.contract import content
from tests.services.publishing.platforms.tiktok.answers import PRIVATE, PUBLIC, clip

ACME = Creator(("PUBLIC_TO_EVERYONE", "SELF_ONLY"), off=("stitch",), seconds_max=600.0)


def refusal(settings: dict[str, str], seconds: int = 9, creator: Creator = ACME) -> str:
    sealed = content("tiktok", settings=settings, media=(clip(duration_ms=seconds * 1_000),))
    with pytest.raises(Rejected) as caught:
        demand_allowed(sealed, creator)
    return caught.value.sentence


def test_the_formats_are_there_and_the_safe_one_is_the_usual() -> None:
    assert formats("tiktok") == ("video", "video_url", "photos", "draft")
    specs = [publisher("tiktok", name).spec for name in formats("tiktok")]
    assert [spec.format for spec in specs] == list(formats("tiktok"))
    assert [spec.proves_absence for spec in specs] == [True, False, False, True]


@pytest.mark.parametrize("name", ["video", "video_url", "photos"])
def test_the_audience_has_no_default_and_nothing_else_is_ticked(name: str) -> None:
    settings = {one.name: one for one in publisher("tiktok", name).spec.settings}
    assert settings["privacy"].required and settings["privacy"].default == ""
    assert {one.default for one in settings.values() if one.choices and one.name != "privacy"} == {"no"}
    assert {"comment", "your_brand", "branded_content"} <= settings.keys()


def test_a_post_without_an_audience_goes_nowhere() -> None:
    assert "no default" in refusal({})
    assert "no default" in refusal({"privacy": ""})


def test_an_audience_that_the_account_does_not_offer_is_told_with_those_it_does() -> None:
    assert refusal({"privacy": "FOLLOWER_OF_CREATOR"}) == (
        "This TikTok account does not offer “Followers” right now; it offers: Everyone, Only me."
    )


def test_branded_content_may_not_be_private() -> None:
    assert "Branded content" in refusal(PRIVATE | {"branded_content": "yes"})
    demand_allowed(content("tiktok", settings=PUBLIC | {"branded_content": "yes"}), ACME)


def test_what_the_account_switched_off_cannot_be_allowed() -> None:
    assert "Stitches" in refusal(PUBLIC | {"stitch": "yes"})
    demand_allowed(content("tiktok", settings=PUBLIC | {"stitch": "no", "duet": "yes"}), ACME)


def test_a_video_longer_than_this_account_may_post_stays_here() -> None:
    assert refusal(PUBLIC, seconds=601) == "This TikTok account may post up to 600 s; the video has 601 s."


def test_a_choice_that_is_neither_yes_nor_no_is_refused() -> None:
    assert "yes or no" in refusal(PUBLIC | {"comment": "perhaps"})


def test_every_choice_reaches_the_wire() -> None:
    said = {"comment": "yes", "duet": "yes", "branded_content": "yes", "your_brand": "yes", "ai_generated": "yes"}
    assert video_info(content("tiktok", settings=PUBLIC | said)) == {
        "title": "Fresh today.",
        "privacy_level": "PUBLIC_TO_EVERYONE",
        "disable_comment": False,
        "disable_duet": False,
        "disable_stitch": True,
        "brand_content_toggle": True,
        "brand_organic_toggle": True,
        "is_aigc": True,
    }


def test_words_are_counted_in_utf16_units() -> None:
    assert (utf16_length("café"), utf16_length("🍦"), utf16_length("\ud83c")) == (4, 2, 1)
