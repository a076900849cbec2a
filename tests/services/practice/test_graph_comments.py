"""Comments under posts on practice Instagram and a practice Page."""

from typing import Any

import pytest

from tests.makers.practice import FACEBOOK_SCOPES, INSTAGRAM_SCOPES
from tests.services.practice.conftest import Platforms, error, picture

COMMENTING = {
    "instagram": (*INSTAGRAM_SCOPES, "instagram_business_manage_comments"),
    "facebook": (*FACEBOOK_SCOPES, "pages_manage_engagement"),
}
EACH = pytest.mark.parametrize("platform", COMMENTING)


def token(platforms: Platforms, platform: str, **terms: Any) -> str:
    make = platforms.admin.instagram_token if platform == "instagram" else platforms.admin.page_token
    return make(*COMMENTING[platform], **terms)


def post(platforms: Platforms, platform: str) -> str:
    if platform == "instagram":
        return platforms.posted(platforms.admin.instagram_token(), caption="Fresh")
    return str(platforms.photo(platforms.admin.page_token(), caption="Fresh").json()["post_id"])


def edge(platform: str, post_id: str) -> str:
    return f"/{platform}/v26.0/{post_id}/comments"


@EACH
def test_a_comment_is_taken_as_often_as_it_is_sent(platforms: Platforms, platform: str) -> None:
    path, own = edge(platform, post(platforms, platform)), token(platforms, platform)
    for words in ("First!", "Second"):
        assert platforms.post(path, own, message=words).json()["id"]
    field = "text" if platform == "instagram" else "message"
    rows = platforms.get(path, own, fields=f"id,{field}").json()["data"]
    assert sorted(row[field] for row in rows) == ["First!", "Second"]
    assert platforms.get(edge(platform, post(platforms, platform)), own).json() == {"data": []}


@EACH
def test_commenting_wants_its_own_right_words_and_a_post_of_ones_own(platforms: Platforms, platform: str) -> None:
    path, own = edge(platform, post(platforms, platform)), token(platforms, platform)
    plain = platforms.admin.instagram_token() if platform == "instagram" else platforms.admin.page_token()
    assert error(platforms.post(path, plain, message="First!")) == (10, None)
    assert error(platforms.post(path, own)) == (100, None)
    assert error(platforms.post(path, own, message="x" * 8_001)) == (100, None)
    assert error(platforms.post(edge(platform, "1_2"), own, message="First!")) == (100, 33)
    other = {"subject": "17841400000000002"} if platform == "instagram" else {"page": "100000000000002"}
    assert error(platforms.post(path, token(platforms, platform, **other), message="First!")) == (100, 33)


def test_a_story_takes_no_comment(platforms: Platforms) -> None:
    own = token(platforms, "instagram")
    tall = platforms.serve("tall.jpg", picture(1080, 1920))
    story = platforms.posted(own, media_type="STORIES", image_url=tall)
    assert error(platforms.post(edge("instagram", story), own, message="First!")) == (100, None)


def test_a_page_wants_somebody_who_moderates(platforms: Platforms) -> None:
    made = platforms.photo(platforms.admin.page_token(page="100000000000002"), page="100000000000002").json()
    kim = token(platforms, "facebook", page="100000000000002", subject="122100000000002")
    assert error(platforms.post(edge("facebook", made["post_id"]), kim, message="First!")) == (200, None)
