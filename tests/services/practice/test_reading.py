"""Lists and nodes that a publisher reads to find out what became of a post."""

from tests.makers.practice import FACEBOOK_SCOPES, INSTAGRAM_ACME, PAGE_ACME
from tests.services.practice.conftest import Platforms, error

MEDIA = f"/instagram/v26.0/{INSTAGRAM_ACME}/media"
PAGE = f"/facebook/v26.0/{PAGE_ACME}"


def test_an_accounts_media_are_listed_newest_first_and_read_on_with_after(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    made = [platforms.posted(token, caption=f"Post {number}") for number in range(3)]
    fields = "id,caption,timestamp,permalink,media_product_type"
    first = platforms.get(MEDIA, token, fields=fields, limit=2).json()
    assert [(row["id"], row["caption"]) for row in first["data"]] == [(made[2], "Post 2"), (made[1], "Post 1")]
    rest = platforms.get(MEDIA, token, limit=2, after=first["paging"]["cursors"]["after"]).json()
    assert rest["data"] == [{"id": made[0]}]
    assert error(platforms.get(MEDIA, token, limit=0)) == (100, None)


def test_an_unpublished_container_is_not_among_the_media(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.container(token)
    assert platforms.get(MEDIA, token).json() == {"data": []}


def test_an_account_is_read_by_its_id_and_counts_its_posts(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.posted(token)
    seen = platforms.get(f"/instagram/v26.0/{INSTAGRAM_ACME}", token, fields="username,media_count").json()
    assert (seen["username"], seen["media_count"]) == ("practice_acme", 1)


def test_a_page_is_read_by_its_own_token_or_a_person_who_ticked_it(platforms: Platforms) -> None:
    for token in (platforms.admin.page_token(), platforms.admin.user_token()):
        seen = platforms.get(PAGE, token, fields="name,access_token,link").json()
        assert seen["name"] == "Practice Acme" and seen["link"] == f"http://practice.example/facebook/{PAGE_ACME}"
        assert platforms.photo(seen["access_token"]).status_code == 200
    stranger = platforms.admin.user_token(subject="122100000000002")
    assert error(platforms.get(PAGE, stranger)) == (100, 33)
    assert error(platforms.get(PAGE, platforms.admin.page_token(page="100000000000002"))) == (100, 33)


def test_a_person_reads_who_they_are_and_a_page_has_no_accounts(platforms: Platforms) -> None:
    seen = platforms.get("/facebook/v26.0/me", platforms.admin.user_token()).json()
    assert seen == {"id": "122100000000001", "name": "Robin Practice"}
    page = platforms.admin.page_token(*FACEBOOK_SCOPES)
    assert error(platforms.get("/facebook/v26.0/me/accounts", page)) == (100, 33)
