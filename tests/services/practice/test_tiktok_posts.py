"""Practice TikTok is as strict as the real one about posts, and tells of them in its own words."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from services.practice import images
from tests.services.practice.tiktok_client import BAKERY, CLIP, INFO, TikTok, code, practice_tiktok

PHOTOS = {"source": "PULL_FROM_URL", "photo_cover_index": 0, "photo_images": ["http://127.0.0.1:9/1.jpg"]}


@pytest.fixture
def tiktok(tmp_path: Path) -> Iterator[TikTok]:
    with practice_tiktok(tmp_path, tiktok_init_per_minute=100) as made:
        yield made


def photos(tiktok: TikTok, source: dict[str, Any] | None = None, **body: Any) -> httpx.Response:
    sent = {
        "media_type": "PHOTO",
        "post_mode": "DIRECT_POST",
        "post_info": INFO,
        "source_info": PHOTOS | (source or {}),
    }
    return tiktok.call("post/publish/content/init/", sent | body)


def test_the_creator_says_who_may_see_posts_and_a_private_account_says_otherwise(tiktok: TikTok) -> None:
    data = tiktok.call("post/publish/creator_info/query/").json()["data"]
    assert data["privacy_level_options"] == ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"]
    assert (data["creator_username"], data["max_video_post_duration_sec"]) == ("practice_acme", 600)
    other = tiktok.other_token(subject=BAKERY)
    data = tiktok.call("post/publish/creator_info/query/", token=other).json()["data"]
    assert "PUBLIC_TO_EVERYONE" not in data["privacy_level_options"] and data["duet_disabled"] is True


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ({"privacy_level": None}, (403, "privacy_level_option_mismatch")),
        ({"privacy_level": "FOLLOWER_OF_CREATOR"}, (403, "privacy_level_option_mismatch")),
        ({"privacy_level": "SELF_ONLY", "brand_content_toggle": True}, (400, "invalid_params")),
        ({"disable_duet": "yes"}, (400, "invalid_params")),
        ({"title": "🍦" * 1_101}, (400, "invalid_params")),
        ({"title": "🍦" * 1_100}, (200, "ok")),
        ({"brand_content_toggle": True}, (200, "ok")),
    ],
)
def test_what_the_platform_refuses_of_a_post_is_refused(
    tiktok: TikTok, info: dict[str, Any], expected: tuple[int, str]
) -> None:
    assert code(tiktok.init(**info)) == expected


def test_an_app_that_is_not_audited_may_only_post_to_private_accounts_for_their_owner(tiktok: TikTok) -> None:
    tiktok.practice.admin.settings(tiktok_audited=0)
    refused = (403, "unaudited_client_can_only_post_to_private_accounts")
    assert code(tiktok.init()) == refused and code(tiktok.init(privacy_level="SELF_ONLY")) == refused
    tiktok.token = tiktok.other_token(subject=BAKERY)
    assert code(tiktok.init(privacy_level="FOLLOWER_OF_CREATOR")) == refused
    assert code(tiktok.init(privacy_level="SELF_ONLY")) == (200, "ok")


def test_only_objects_sent_as_json_to_addresses_with_their_slash_are_heard(tiktok: TikTok) -> None:
    assert code(tiktok.call("post/publish/video/init")) == (404, "unsupported_path")
    assert code(tiktok.call("post/publish/video/init/", data={"a": "b"})) == (400, "invalid_params")
    assert code(tiktok.call("post/publish/video/init/", [1])) == (400, "invalid_params")
    assert code(tiktok.call("post/publish/video/init/", {"post_info": INFO})) == (400, "invalid_params")


def test_tokens_and_scopes_are_checked_first(tiktok: TikTok) -> None:
    assert code(tiktok.call("post/publish/video/init/", {}, token="act.x")) == (401, "access_token_invalid")
    assert code(tiktok.call("post/publish/video/init/", {}, token=tiktok.other_token("video.upload"))) == (
        401, "scope_not_authorized"
    )  # fmt: skip
    refresh = tiktok.practice.admin.token("tiktok", ("video.list",), BAKERY, kind="refresh")
    assert code(tiktok.call("video/list/?fields=id", {}, token=refresh)) == (401, "access_token_invalid")


def test_a_sixteenth_post_of_a_day_waits_and_the_creator_says_so_with_status_200(tiktok: TikTok) -> None:
    for _ in range(15):
        tiktok.posted()
    assert code(tiktok.init()) == (403, "spam_risk_too_many_posts")
    assert code(tiktok.call("post/publish/creator_info/query/")) == (200, "spam_risk_too_many_posts")
    tiktok.clock.move(hours=24)
    tiktok.token = tiktok.other_token()
    assert code(tiktok.init()) == (200, "ok")


def test_calls_are_counted_per_token_and_minute(tiktok: TikTok) -> None:
    tiktok.practice.admin.settings(tiktok_init_per_minute=6)
    answers = [code(tiktok.init()) for _ in range(7)]
    assert answers == [(200, "ok")] * 6 + [(429, "rate_limit_exceeded")]
    tiktok.clock.move(seconds=61)
    assert code(tiktok.init()) == (200, "ok")


def test_a_sixth_draft_waits_in_nobodys_inbox(tiktok: TikTok) -> None:
    size = len(CLIP)
    source = {"source": "FILE_UPLOAD", "video_size": size, "chunk_size": size, "total_chunk_count": 1}
    for _ in range(5):
        begun = tiktok.call("post/publish/inbox/video/init/", {"source_info": source}).json()["data"]
        assert tiktok.put(begun["upload_url"]).status_code == 201
    refused = (403, "spam_risk_too_many_pending_share")
    assert code(tiktok.call("post/publish/inbox/video/init/", {"source_info": source})) == refused
    tiktok.clock.move(seconds=2)
    assert tiktok.status(begun["publish_id"]) == {"status": "SEND_TO_USER_INBOX"}


@pytest.mark.parametrize(
    ("source", "body"),
    [
        ({"photo_images": []}, {}),
        ({"photo_images": ["http://127.0.0.1:9/1.jpg"] * 36}, {}),
        ({"photo_cover_index": 1}, {}),
        ({"photo_cover_index": None}, {}),
        ({"source": "FILE_UPLOAD"}, {}),
        ({}, {"media_type": "VIDEO"}),
        ({}, {"post_info": INFO | {"title": "x" * 91}}),
        ({}, {"post_info": INFO | {"description": "x" * 4_001}}),
    ],
)
def test_photos_that_break_a_rule_are_refused(tiktok: TikTok, source: dict[str, Any], body: dict[str, Any]) -> None:
    assert code(photos(tiktok, source, **body)) == (400, "invalid_params")


@pytest.mark.parametrize("address", ["https://media.example/1.jpg", "http://127.0.0.1:9@evil.example/", "ftp://x", 7])
def test_media_on_a_host_that_is_not_verified_is_refused(tiktok: TikTok, address: Any) -> None:
    assert code(photos(tiktok, {"photo_images": [address]})) == (403, "url_ownership_unverified")


def test_a_photo_that_cannot_be_fetched_fails_later_with_its_reason(tiktok: TikTok) -> None:
    publish_id = photos(tiktok).json()["data"]["publish_id"]
    assert publish_id.startswith("p_pub_url~v2.") and tiktok.status(publish_id)["status"] == "PROCESSING_DOWNLOAD"
    tiktok.clock.move(seconds=2)
    assert tiktok.status(publish_id) == {"status": "FAILED", "fail_reason": "photo_pull_failed"}


def test_a_status_is_told_to_its_own_account_only(tiktok: TikTok) -> None:
    publish_id = tiktok.posted()
    asked = {"publish_id": publish_id}
    other = tiktok.other_token(subject=BAKERY)
    refused = (400, "token_not_authorized_for_specified_publish_id")
    assert code(tiktok.call("post/publish/status/fetch/", asked, token=other)) == refused
    assert code(tiktok.call("post/publish/status/fetch/", {"publish_id": "x"})) == (400, "invalid_publish_id")
    assert code(tiktok.call("post/publish/status/fetch/", {})) == (400, "invalid_params")


def test_a_public_post_gets_its_id_after_moderation_and_a_private_one_never(tiktok: TikTok) -> None:
    tiktok.practice.admin.settings(tiktok_moderation_seconds=60)
    shown, hidden = tiktok.posted(), tiktok.posted(privacy_level="SELF_ONLY")
    assert tiktok.status(shown) == {"status": "PUBLISH_COMPLETE", "publicaly_available_post_id": []}
    tiktok.clock.move(seconds=60)
    (number,) = tiktok.status(shown)["publicaly_available_post_id"]
    assert isinstance(number, int) and number > 2**53
    assert tiktok.status(hidden)["publicaly_available_post_id"] == []


def test_the_page_of_a_post_shows_the_clip_and_what_was_chosen(tiktok: TikTok) -> None:
    tiktok.posted(title="Ünique <b>", disable_comment=True)
    (post,) = tiktok.practice.admin.accepted("tiktok")
    page = tiktok.http.get(f"{tiktok.practice.base}{post['path']}").text
    assert "Ünique &lt;b&gt;" in page and "<video" in page and "disable_comment" in page
    assert post["path"] in tiktok.http.get(f"{tiktok.practice.base}/tiktok/practice_acme").text


def test_a_webp_is_a_photo_here_and_nowhere_else() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 400)).save(out, "WEBP")
    assert images.measure(out.getvalue(), also=("WEBP",)).content_type == "image/webp"
    with pytest.raises(images.NotAPicture):
        images.measure(out.getvalue())
