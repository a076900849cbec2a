"""What practice TikTok tells afterwards, and its sign-in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.practice.tiktok_client import BAKERY, TikTok, code, practice_tiktok

FIELDS = "id,create_time,share_url,title,video_description,view_count"


@pytest.fixture
def tiktok(tmp_path: Path) -> Iterator[TikTok]:
    with practice_tiktok(tmp_path) as made:
        yield made


def form(tiktok: TikTok, path: str, **changes: Any) -> tuple[int, str]:
    sent = {"client_key": "practice", "client_secret": "practice"} | changes
    answer = tiktok.http.post(f"{tiktok.practice.base}/tiktok/v2/oauth/{path}/", data=sent)
    body = answer.json()
    assert answer.status_code == 200 or body.keys() == {"error", "error_description", "log_id"}
    return answer.status_code, body.get("error", "")


def test_the_list_holds_public_posts_newest_first_with_words_cut_at_150(tiktok: TikTok) -> None:
    tiktok.posted(title="First")
    tiktok.posted(privacy_level="SELF_ONLY")
    tiktok.posted(title="x" * 200)
    answer = tiktok.call(f"video/list/?fields={FIELDS}", {"max_count": 20}).json()["data"]
    assert [row["title"] for row in answer["videos"]] == ["x" * 150, "First"] and answer["has_more"] is False
    page = tiktok.call("video/list/?fields=id", {"max_count": 1}).json()["data"]
    assert page["has_more"] is True and list(page["videos"][0]) == ["id"]
    rest = tiktok.call("video/list/?fields=title", {"max_count": 1, "cursor": page["cursor"]}).json()["data"]
    assert [row["title"] for row in rest["videos"]] == ["First"]


def test_videos_are_told_to_their_own_account_and_by_known_fields(tiktok: TikTok) -> None:
    (number,) = tiktok.status(tiktok.posted())["publicaly_available_post_id"]
    asked = {"filters": {"video_ids": [str(number)]}}
    (row,) = tiktok.call(f"video/query/?fields={FIELDS}", asked).json()["data"]["videos"]
    assert row["id"] == str(number) and row["share_url"].endswith(f"/tiktok/@practice_acme/video/{number}")
    other = tiktok.other_token(subject=BAKERY)
    assert tiktok.call("video/query/?fields=id", asked, token=other).json()["data"]["videos"] == []
    assert code(tiktok.call("video/query/?fields=secret", asked)) == (400, "invalid_params")
    assert code(tiktok.call("video/query/", asked)) == (400, "invalid_params")
    assert code(tiktok.call("video/query/?fields=id", {"filters": {"video_ids": []}})) == (400, "invalid_params")
    assert code(tiktok.call("video/list/?fields=id", {"max_count": 21})) == (400, "invalid_params")


def test_a_field_whose_scope_was_not_given_fails_the_whole_call(tiktok: TikTok) -> None:
    token = tiktok.other_token("user.info.basic")
    user = tiktok.call("user/info/?fields=open_id,display_name", method="GET", token=token).json()["data"]["user"]
    assert user["display_name"] == "Practice Acme"
    refused = tiktok.call("user/info/?fields=open_id,username", method="GET", token=token)
    assert code(refused) == (401, "scope_not_authorized")
    assert code(tiktok.call("user/info/?fields=email", method="GET")) == (400, "invalid_params")


def test_the_token_address_wants_a_form_the_right_app_and_a_living_grant(tiktok: TikTok) -> None:
    assert form(tiktok, "token", client_secret="x") == (401, "invalid_client")
    assert form(tiktok, "token", grant_type="password") == (400, "unsupported_grant_type")
    assert form(tiktok, "token", grant_type="authorization_code", code="x") == (400, "invalid_grant")
    assert form(tiktok, "revoke", token="x") == (400, "invalid_request")
    refresh = tiktok.practice.admin.token("tiktok", ("video.list",), BAKERY, kind="refresh")
    assert form(tiktok, "token", grant_type="refresh_token", refresh_token=refresh) == (200, "")
    assert form(tiktok, "token", grant_type="refresh_token", refresh_token=refresh) == (400, "invalid_grant")
    url = f"{tiktok.practice.base}/tiktok/v2/oauth/token/"
    assert tiktok.http.post(url, json={"client_key": "practice"}).json()["error"] == "invalid_request"


def test_the_sign_in_page_knows_the_app_by_its_client_key(tiktok: TikTok) -> None:
    url = f"{tiktok.practice.base}/tiktok/v2/auth/authorize/"
    asked = {"response_type": "code", "scope": "video.list", "redirect_uri": "http://127.0.0.1:1/x"}
    assert tiktok.http.get(url, params=asked | {"client_id": "practice"}).status_code == 400
    shown = tiktok.http.get(url, params=asked | {"client_key": "practice"})
    assert shown.status_code == 200 and "practice_acme" in shown.text
    assert tiktok.http.get(url, params=asked | {"client_key": "practice", "scope": "all"}).status_code == 400
