"""Words, links and several photos on a practice Page."""

import hashlib
import json
from typing import Any

import pytest

from tests.makers.practice import PAGE_ACME
from tests.services.practice.conftest import Platforms, error, picture

GRAPH = "/facebook/v26.0"
BAKERY = "100000000000002"
LINK = "https://acme.example/?utm_content=p_1"


def feed(platforms: Platforms, token: str, page: str = PAGE_ACME, **form: Any) -> Any:
    return platforms.post(f"{GRAPH}/{page}/feed", token, **form)


def photo(platforms: Platforms, token: str, width: int = 800) -> str:
    """An unpublished photo; returns its id."""
    url = platforms.serve(f"{width}.jpg", picture(width, 800))
    return str(platforms.photo(token, url=url, published="false", alt_text_custom=f"{width} wide").json()["id"])


def attached(*photos: str) -> str:
    return json.dumps([{"media_fbid": one} for one in photos])


def listed(platforms: Platforms, token: str, fields: str) -> list[dict[str, Any]]:
    path = f"{GRAPH}/{PAGE_ACME}/published_posts"
    rows: list[dict[str, Any]] = platforms.get(path, token, fields=fields).json()["data"]
    return rows


def test_words_and_a_link_are_public_at_once(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    made = feed(platforms, token, message="We opened a store", link=LINK, published="true").json()["id"]
    (row,) = listed(platforms, token, "id,message,attachments{media_type,unshimmed_url}")
    assert (row["id"], row["message"]) == (made, "We opened a store")
    assert row["attachments"]["data"] == [{"media_type": "link", "unshimmed_url": LINK}]
    (post,) = platforms.admin.accepted()
    assert (post["format"], post["caption"], post["media"]) == ("text", "We opened a store", [])
    assert post["details"] == {"link": LINK}
    shown = platforms.get(f"/facebook/{PAGE_ACME}/posts/{made.partition('_')[2]}").text
    assert "We opened a store" in shown and "utm_content=p_1" in shown


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({}, (100, None)),
        ({"message": "x" * 63_207}, (100, None)),
        ({"message": "x", "published": "false"}, (100, None)),
        ({"message": "x", "scheduled_publish_time": "1790000000"}, (100, None)),
        ({"link": "acme.example"}, (100, 1609005)),
        ({"link": "http://["}, (100, 1609005)),
        ({"link": "https://www.facebook.com/acme"}, (100, 1609008)),
        ({"message": "x", "attached_media": "77"}, (100, None)),
        ({"message": "x", "attached_media": '[{"media_fbid":"1"}]'}, (100, None)),
    ],
)
def test_what_is_no_post_is_refused(platforms: Platforms, form: dict[str, str], expected: tuple[int, int]) -> None:
    assert error(feed(platforms, platforms.admin.page_token(), **form)) == expected
    assert platforms.admin.accepted() == []


def test_a_page_is_posted_to_with_its_own_token(platforms: Platforms) -> None:
    assert error(feed(platforms, platforms.admin.user_token(), message="x")) == (190, 2069032)
    assert error(feed(platforms, platforms.admin.page_token(), page=BAKERY, message="x")) == (100, 33)
    assert error(feed(platforms, platforms.admin.page_token("pages_show_list"), message="x")) == (10, None)


def test_several_photos_are_one_post_with_each_photo_in_its_order(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    photos = [photo(platforms, token, width) for width in (700, 800)]
    assert platforms.admin.accepted() == []
    made = feed(platforms, token, message="Two", attached_media=attached(*photos)).json()["id"]
    (post,) = platforms.admin.accepted()
    assert (post["id"], post["format"], post["alt_text"]) == (made, "photos", "700 wide")
    assert post["media"] == [hashlib.sha256(picture(width, 800)).hexdigest() for width in (700, 800)]
    (row,) = listed(platforms, token, "attachments{media_type,subattachments{target{id}}}")
    (album,) = row["attachments"]["data"]
    assert album["media_type"] == "album"
    assert [one["target"]["id"] for one in album["subattachments"]["data"]] == photos


def test_photos_may_be_named_one_by_one(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    form = {f"attached_media[{place}]": json.dumps({"media_fbid": photo(platforms, token)}) for place in range(2)}
    assert feed(platforms, token, **form).status_code == 200
    assert len(platforms.admin.accepted()[0]["media"]) == 2


def test_a_photo_is_in_one_post_only_and_must_be_this_pages_own_of_the_last_day(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    first, second = photo(platforms, token), photo(platforms, token)
    public = platforms.photo(token).json()["id"]
    assert error(feed(platforms, token, attached_media=attached(public))) == (100, None)
    assert error(feed(platforms, token, attached_media=attached(first, first))) == (100, None)
    assert error(feed(platforms, token, link=LINK, attached_media=attached(first))) == (100, None)
    bakery = platforms.admin.page_token(page=BAKERY)
    assert error(feed(platforms, bakery, page=BAKERY, attached_media=attached(first))) == (100, None)
    assert feed(platforms, token, attached_media=attached(first)).status_code == 200
    assert error(feed(platforms, token, attached_media=attached(first))) == (100, 1366051)
    platforms.clock.move(hours=24)
    assert error(feed(platforms, token, attached_media=attached(second))) == (100, None)


def test_the_same_words_again_are_refused_where_the_operator_says_so(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    platforms.admin.settings(facebook_duplicate_seconds=600)
    assert feed(platforms, token, message="Again").status_code == 200
    assert error(feed(platforms, token, message="Again")) == (506, None)
    platforms.clock.move(minutes=10)
    assert feed(platforms, token, message="Again").status_code == 200


def test_the_quota_is_refused_when_it_is_gone(platforms: Platforms) -> None:
    platforms.admin.fault("quota", match="/feed", count=1)
    answer = feed(platforms, platforms.admin.page_token(), message="x")
    assert error(answer) == (32, None) and "100" in answer.headers["x-app-usage"]
