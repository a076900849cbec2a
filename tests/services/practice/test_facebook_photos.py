"""Photos on a practice Page, and reading them back."""

import pytest

from tests.makers.practice import FACEBOOK_SCOPES, PAGE_ACME
from tests.services.practice.conftest import Platforms, error, picture

BAKERY, KIM = "100000000000002", "122100000000002"


def test_a_photo_by_address_is_public_at_once(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    made = platforms.photo(token, caption="Open! https://acme.example/?utm_content=p1", alt_text_custom="A door").json()
    assert made["post_id"].startswith(f"{PAGE_ACME}_") and made["id"] != made["post_id"]
    fields = "id,message,created_time,permalink_url,attachments{media_type,unshimmed_url}"
    path = f"/facebook/v26.0/{PAGE_ACME}/published_posts"
    (post,) = platforms.get(path, token, fields=fields, limit=10).json()["data"]
    assert post["id"] == made["post_id"] and post["message"] == "Open! https://acme.example/?utm_content=p1"
    assert post["created_time"] == "2026-11-21T10:00:00+0000"
    assert post["attachments"]["data"][0].keys() == {"media_type", "unshimmed_url"}
    (accepted,) = platforms.admin.accepted("facebook")
    assert (accepted["id"], accepted["photo_id"], accepted["alt_text"]) == (made["post_id"], made["id"], "A door")
    photo = platforms.get(f"/facebook/v26.0/{made['id']}", token, fields="page_story_id,alt_text_custom").json()
    assert photo["page_story_id"] == made["post_id"]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "TIFF"])
def test_a_photo_may_be_sent_as_a_file_in_five_formats(platforms: Platforms, kind: str) -> None:
    answer = platforms.http.post(
        f"/facebook/v26.0/{PAGE_ACME}/photos",
        data={"caption": "As a file", "access_token": platforms.admin.page_token()},
        files={"source": ("a.bin", picture(kind=kind))},
    )
    assert answer.json()["post_id"]
    assert platforms.admin.requests("/photos")[0]["params"]["source"]["filename"] == "a.bin"


def test_an_unpublished_photo_is_on_no_page(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    made = platforms.photo(token, published="false").json()
    assert made.keys() == {"id"} and platforms.admin.accepted() == []
    assert platforms.get(f"/facebook/v26.0/{PAGE_ACME}/published_posts", token).json() == {"data": []}
    assert "page_story_id" not in platforms.get(f"/facebook/v26.0/{made['id']}", token, fields="page_story_id").json()


def test_the_same_photo_twice_is_two_posts(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    assert (
        platforms.photo(token, caption="x").json()["post_id"] != platforms.photo(token, caption="x").json()["post_id"]
    )


def test_a_page_is_posted_to_with_its_own_token_and_the_right_task(platforms: Platforms) -> None:
    admin = platforms.admin
    assert error(platforms.photo(admin.user_token())) == (190, 2069032)
    assert error(platforms.photo(admin.page_token(page=BAKERY))) == (100, 33)
    assert error(platforms.photo(admin.page_token(), page="42")) == (100, 33)
    assert error(platforms.photo(admin.page_token("pages_show_list"))) == (10, None)
    assert error(platforms.photo(admin.page_token(page=BAKERY, subject=KIM), page=BAKERY)) == (200, None)
    assert error(platforms.photo("")) == (104, None)
    assert error(platforms.photo(admin.instagram_token())) == (190, None)
    assert admin.accepted() == []


def test_what_is_no_photo_is_refused(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    assert error(platforms.photo(token, bare="1")) == (324, None)
    assert error(platforms.photo(token, url="http://media.example/gone")) == (324, 2069019)
    assert error(platforms.photo(token, url=platforms.serve("a.webp", picture(kind="WEBP")))) == (324, 2069019)
    large = platforms.serve("large.jpg", picture() + bytes(10 * 1024 * 1024))
    assert error(platforms.photo(token, url=large)) == (100, 1366046)


def test_wrong_words_are_refused_with_100(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    for form in (
        {"caption": "x" * 63_207},
        {"alt_text_custom": "x" * 1001},
        {"published": "perhaps"},
        {"scheduled_publish_time": "1790000000"},
    ):
        assert error(platforms.photo(token, **form)) == (100, None)


def test_a_list_is_read_on_with_after_and_newest_first(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    made = [platforms.photo(token, caption=str(number)).json()["post_id"] for number in range(3)]
    path = f"/facebook/v26.0/{PAGE_ACME}/published_posts"
    first = platforms.get(path, token, limit=2).json()
    assert [post["id"] for post in first["data"]] == [made[2], made[1]]
    rest = platforms.get(path, token, limit=2, after=first["paging"]["cursors"]["after"]).json()
    assert [post["id"] for post in rest["data"]] == [made[0]]
    assert error(platforms.get(path, token, limit="many")) == (100, None)


def test_others_reactions_need_their_own_scope(platforms: Platforms) -> None:
    post = platforms.photo(platforms.admin.page_token()).json()["post_id"]
    fields = "shares,reactions.summary(total_count).limit(0),comments.summary(total_count)"
    platforms.clock.move(days=2)
    seen = platforms.get(f"/facebook/v26.0/{post}", platforms.admin.page_token(), fields=fields).json()
    assert seen["reactions"]["summary"]["total_count"] > seen["comments"]["summary"]["total_count"]
    without = [scope for scope in FACEBOOK_SCOPES if scope != "pages_read_user_content"]
    narrow = platforms.admin.page_token(*without)
    assert error(platforms.get(f"/facebook/v26.0/{post}", narrow, fields=fields)) == (10, None)
    assert platforms.get(f"/facebook/v26.0/{post}", narrow, fields="permalink_url").status_code == 200


def test_a_post_is_not_seen_by_another_page(platforms: Platforms) -> None:
    post = platforms.photo(platforms.admin.page_token()).json()["post_id"]
    assert error(platforms.get(f"/facebook/v26.0/{post}", platforms.admin.page_token(page=BAKERY))) == (100, 33)
    assert error(platforms.get("/facebook/v26.0/1_2", platforms.admin.page_token())) == (100, 33)
