"""What a version becomes on each platform: format, files, words and settings."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from services import approvals
from services.accounts import Channel, ChannelState
from services.approvals.formats import usual_format
from services.creative import Placed, Version

NIL, NOW = UUID(int=0), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def placed(placement: str, kind: str = "image/jpeg", width: int = 1080, height: int = 1350) -> Placed:
    return Placed(
        placement=placement, asset_id=UUID(int=int(placement) if placement.isdecimal() else 9), sha256=placement,
        file_key=f"k/{placement}.bin", width=width, height=height, alt_text="", content_type=kind, size_bytes=7,
        duration_seconds=3.5 if kind.startswith("video") else None,
    )  # fmt: skip


def version(*files: Placed, template: str = "post", **changes: Any) -> Version:
    words = {"caption": "Fresh today.", "link": "https://acme.example/ice", "alt_text": "A cone.", "per_channel": {}}
    return Version.model_validate(
        {"id": NIL, "draft_id": NIL, "number": 1, "name": "Ad", "template": template, "fields": {}, "created_by": None,
         "created_at": "2026-11-23T09:00:00Z", "media": files, **words, **changes}
    )  # fmt: skip


def on(platform: str, shown: Version) -> approvals.SealedContent:
    channel = Channel(
        id=NIL, org_id=NIL, brand_id=NIL, platform=platform, is_practice=True, remote_id="17", name="Acme",
        handle="acme", scopes=(), missing_scopes=(), state=ChannelState.CONNECTED, state_reason="",
        token_expires_at=None, last_success_at=None, last_error=None, last_error_at=None, quota_used=None,
        quota_total=None, quota_read_at=None, next_check_at=NOW,
    )  # fmt: skip
    return approvals.compose(shown, channel)


AD = [placed(size) for size in ("square", "feed", "story", "link")]


@pytest.mark.parametrize(
    ("platform", "size", "chosen"),
    [
        ("instagram", "feed", ""),
        ("facebook", "square", ""),
        ("linkedin", "square", "image"),
        ("pinterest", "feed", "image"),
        ("x", "link", "images"),
        ("tiktok", "story", "photos"),
    ],
)
def test_a_drawn_ad_goes_out_in_the_size_each_platform_shows_best(platform: str, size: str, chosen: str) -> None:
    content = on(platform, version(*AD, template="headline"))
    assert [item.sha256 for item in content.media] == [size]
    assert content.settings.get("format", "") == chosen


def test_an_ad_as_a_story_is_the_upright_one() -> None:
    content = on("instagram", version(*AD, template="headline", per_channel={"instagram": {"format": "story"}}))
    assert ([item.sha256 for item in content.media], content.settings) == (["story"], {"format": "story"})


@pytest.mark.parametrize(
    ("platform", "types", "chosen"),
    [
        ("instagram", ["image/jpeg", "video/mp4"], "carousel"),
        ("instagram", ["video/mp4"], "reel"),
        ("facebook", [], "text"),
        ("facebook", ["image/png"] * 3, "photos"),
        ("linkedin", [], "text"),
        ("youtube", ["video/mp4"], "video"),
        ("youtube", ["image/png"], ""),
        ("nowhere", ["image/png"], ""),
    ],
)
def test_a_posts_format_follows_from_its_files(platform: str, types: list[str], chosen: str) -> None:
    assert usual_format(platform, types) == chosen


def test_an_upright_clip_is_a_short_and_a_wide_one_a_video() -> None:
    assert on("youtube", version(placed("1", "video/mp4", 1080, 1920))).settings["format"] == "short"
    assert on("youtube", version(placed("1", "video/mp4", 1920, 1080))).settings["format"] == "video"


def test_files_go_out_in_their_order_with_what_the_checks_need() -> None:
    content = on("instagram", version(placed("1", "video/mp4"), placed("2")))
    assert [(item.sha256, item.byte_count, item.duration_ms, item.is_video) for item in content.media] == [
        ("1", 7, 3500, True),
        ("2", 7, 0, False),
    ]


def test_a_platforms_own_words_and_settings_win_and_are_sealed() -> None:
    own = {"tiktok": {"text": "Only here.", "privacy": "SELF_ONLY"}, "x": {"first_comment": "More below."}}
    shown = version(placed("1", "video/mp4"), per_channel=own, link="")
    assert on("tiktok", shown).text == "Only here."
    chosen = on("tiktok", shown).settings
    assert (chosen["privacy"], chosen["format"]) == ("SELF_ONLY", "video")
    assert (on("x", shown).text, on("x", shown).first_comment) == ("Fresh today.", "More below.")
    other = version(placed("1", "video/mp4"), per_channel={"tiktok": own["tiktok"] | {"privacy": "PUBLIC"}}, link="")
    assert on("tiktok", shown).seal() != on("tiktok", other).seal()
    assert on("linkedin", shown).seal() == on("linkedin", other).seal()


def test_what_nobody_chose_and_the_platform_is_told_all_the_same_is_sealed() -> None:
    assert on("linkedin", version()).settings == {"format": "text", "privacy": "PUBLIC"}
    chosen = version(per_channel={"linkedin": {"privacy": "CONNECTIONS"}})
    assert on("linkedin", chosen).settings["privacy"] == "CONNECTIONS"
    emptied = version(per_channel={"linkedin": {"privacy": " "}})
    assert on("linkedin", emptied).settings["privacy"] == "PUBLIC"
    assert on("x", version()).settings["reply_settings"] == "everyone"


def test_the_link_stands_in_the_text_or_has_its_own_place() -> None:
    shown = version(placed("1"))
    assert on("facebook", shown).text.startswith("Fresh today.\n\nhttps://acme.example/ice?utm_content=p_")
    pin = on("pinterest", shown)
    assert pin.text == "Fresh today." and pin.link.startswith("https://acme.example/ice?utm_content=p_")


def test_a_channel_of_a_platform_nobody_knows_still_has_a_seal() -> None:
    content = on("nowhere", version(placed("1")))
    assert (content.settings, len(content.seal())) == ({}, 64)


def test_a_story_is_sealed_without_the_words_that_it_cannot_carry() -> None:
    story = version(placed("1"), per_channel={"instagram": {"format": "story", "first_comment": "More."}})
    content = on("instagram", story)
    assert (content.text, content.link, content.first_comment) == ("", "", "")
    assert content.settings == {"format": "story"}


def test_a_page_post_of_words_carries_its_link_beside_them() -> None:
    content = on("facebook", version())
    assert (content.settings["format"], content.text) == ("text", "Fresh today.")
    assert content.link.startswith("https://acme.example/ice?utm_content=p_")
    assert content.link not in content.text
