"""Practice LinkedIn refuses what the real one refuses, over real HTTP."""

from typing import Any

import httpx
import pytest

from services.kit.clock import FixedClock
from tests.makers.linkedin import ACME, BAKERY, KIM, ROBIN, SCOPES, api, post, token
from tests.makers.practice import RunningPractice

MEMBERS_ONLY = ("openid", "profile", "w_member_social")


@pytest.fixture
def practice(practice: RunningPractice) -> RunningPractice:
    """Everything is processed at once."""
    practice.admin.settings(processing_seconds=0)
    return practice


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["x-li-uuid"]
    return answer.status_code, answer.json().get("code", "")


def create(practice: RunningPractice, body: Any, bearer: str = "", **sent: Any) -> httpx.Response:
    return api(practice, bearer or token(practice), "POST", "posts", json=body, **sent)


def test_a_post_answers_with_an_empty_body_and_its_id_in_a_header(practice: RunningPractice) -> None:
    answer = create(practice, post(words="Launch day \\(finally\\) #b2b"))
    assert (answer.status_code, answer.content) == (201, b"")
    urn = answer.headers["x-restli-id"]
    [taken] = practice.admin.accepted("linkedin")
    assert (taken["id"], taken["account"], taken["caption"]) == (urn, ACME, "Launch day (finally) #b2b")
    shown = httpx.get(f"{practice.base}/linkedin/feed/update/{urn}/")
    assert "Launch day (finally) #b2b" in shown.text
    assert "Launch day" in httpx.get(f"{practice.base}/linkedin/practice_acme").text


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Launch day (finally)", "Launch day "),
        ("One * two", "One "),
        ("Hi @[Acme](urn:li:organization:100000001)!", "Hi Acme!"),
        ("See {hashtag|\\#|b2b}", "See #b2b"),
        ("a\\_b \\\\", "a_b \\"),
    ],
)
def test_words_that_are_not_escaped_are_cut_off_without_a_word(
    practice: RunningPractice, sent: str, shown: str
) -> None:
    assert create(practice, post(words=sent)).status_code == 201
    assert practice.admin.accepted("linkedin")[0]["caption"] == shown


@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"LinkedIn-Version": None}, (400, "VERSION_MISSING")),
        ({"LinkedIn-Version": "202511"}, (426, "NONEXISTENT_VERSION")),
        ({"LinkedIn-Version": "202612"}, (426, "NONEXISTENT_VERSION")),
        ({"Authorization": None}, (401, "EMPTY_ACCESS_TOKEN")),
        ({"Authorization": "Bearer nonsense"}, (401, "INVALID_ACCESS_TOKEN")),
    ],
)
def test_a_call_without_a_living_version_or_token_is_refused(
    practice: RunningPractice, headers: dict[str, str | None], verdict: tuple[int, str]
) -> None:
    assert code(create(practice, post(), headers=headers)) == verdict
    assert practice.admin.accepted() == []


def test_a_version_ends_on_its_day(practice: RunningPractice, clock: FixedClock) -> None:
    old = {"LinkedIn-Version": "202601"}
    assert create(practice, post(), headers=old).status_code == 201
    clock.move(days=60)
    assert code(create(practice, post(), headers=old)) == (426, "NONEXISTENT_VERSION")


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"commentary": "x" * 3_001}, (400, "FIELD_LENGTH_TOO_LONG")),
        ({"commentary": ""}, (400, "MISSING_FIELD")),
        ({"visibility": "EVERYBODY"}, (400, "INVALID_VALUE_FOR_FIELD")),
        ({"lifecycleState": "DRAFT"}, (400, "INVALID_VALUE_FOR_FIELD")),
        ({"distribution": {}}, (400, "INVALID_VALUE_FOR_FIELD")),
        ({"commentary": None}, (422, "")),
        ({"scheduledAt": 1}, (422, "")),
        ({"content": {"poll": {}}}, (422, "")),
        ({"content": {"article": {"source": "acme", "title": "T"}}}, (400, "INVALID_VALUE_FOR_FIELD")),
        ({"content": {"article": {"source": "https://acme.example"}}}, (422, "")),
        ({"content": {"media": {"id": "urn:li:image:none"}}}, (400, "INVALID_IMAGE_ID")),
        ({"content": {"media": {"id": "urn:li:video:none"}}}, (400, "INVALID_VIDEO_ID")),
        ({"content": {"media": {"id": "urn:li:share:1"}}}, (400, "INVALID_URN_TYPE")),
        ({"content": {"multiImage": {"images": [{"id": "urn:li:image:1"}]}}}, (400, "INVALID_VALUE_FOR_FIELD")),
        ({"author": "urn:li:organization:9"}, (403, "ACCESS_DENIED")),
    ],
)
def test_a_post_that_is_not_one_is_refused(
    practice: RunningPractice, changes: dict[str, Any], verdict: tuple[int, str]
) -> None:
    assert code(create(practice, post(**changes))) == verdict
    assert practice.admin.accepted() == []


@pytest.mark.parametrize("missing", ["author", "commentary", "visibility", "distribution", "lifecycleState"])
def test_a_field_that_is_missing_is_named(practice: RunningPractice, missing: str) -> None:
    body = post()
    del body[missing]
    answer = create(practice, body)
    assert answer.status_code == 422 and f"/{missing}" in answer.json()["message"]


@pytest.mark.parametrize(
    ("subject", "author", "scopes", "status"),
    [
        (ROBIN, ROBIN, SCOPES, 201),
        (ROBIN, KIM, SCOPES, 403),
        (KIM, BAKERY, SCOPES, 201),
        (KIM, ACME, SCOPES, 403),
        (ROBIN, ACME, MEMBERS_ONLY, 403),
        (ROBIN, ROBIN, ("openid", "w_organization_social"), 403),
        (ACME, ACME, SCOPES, 201),
    ],
)
def test_who_may_post_as_whom(
    practice: RunningPractice, subject: str, author: str, scopes: tuple[str, ...], status: int
) -> None:
    bearer = token(practice, *scopes, subject=subject)
    assert create(practice, post(author), bearer).status_code == status


def test_a_repeat_is_refused_by_name_until_the_window_closes(practice: RunningPractice, clock: FixedClock) -> None:
    first = create(practice, post()).headers["x-restli-id"]
    again = create(practice, post())
    assert again.status_code == 422 and first in again.json()["message"]
    assert again.json()["errorDetails"]["inputErrors"][0]["code"] == "DUPLICATE_POST"
    assert create(practice, post(BAKERY)).status_code == 201
    assert create(practice, post(words="Other words.")).status_code == 201
    clock.move(seconds=601)
    assert create(practice, post()).status_code == 201
    assert create(practice, post()).status_code == 422


def test_a_used_up_day_is_refused_until_midnight(practice: RunningPractice, clock: FixedClock) -> None:
    practice.admin.settings(quota_total=1)
    assert create(practice, post()).status_code == 201
    refused = create(practice, post(words="More."))
    assert code(refused) == (429, "TOO_MANY_REQUESTS") and "retry-after" not in refused.headers
    clock.move(hours=15)
    assert create(practice, post(words="More.")).status_code == 201


def test_a_page_reads_its_posts_newest_first_and_nobody_reads_a_members(practice: RunningPractice) -> None:
    bearer = token(practice)
    first = create(practice, post(), bearer).headers["x-restli-id"]
    second = create(practice, post(words="Later."), bearer).headers["x-restli-id"]
    mine = create(practice, post(ROBIN), bearer).headers["x-restli-id"]
    asked = {"q": "author", "author": ACME, "count": "10"}
    rows = api(practice, bearer, "GET", "posts", params=asked).json()["elements"]
    assert [row["id"] for row in rows] == [second, first]
    assert rows[1]["commentary"] == "Fresh today." and rows[1]["createdAt"] > 10**12
    assert api(practice, bearer, "GET", f"posts/{first.replace(':', '%3A')}").json()["id"] == first
    assert code(api(practice, bearer, "GET", "posts", params=asked | {"author": ROBIN})) == (403, "ACCESS_DENIED")
    assert code(api(practice, bearer, "GET", f"posts/{mine}")) == (403, "ACCESS_DENIED")
    assert code(api(practice, bearer, "GET", "posts/urn:li:share:1")) == (404, "NOT_FOUND")
    bare = {"X-Restli-Protocol-Version": None}
    assert api(practice, bearer, "GET", "posts", params=asked, headers=bare).status_code == 400
    assert code(api(practice, bearer, "GET", "posts", params=asked | {"count": "0"})) == (400, "INVALID_QUERY")
    assert code(api(practice, bearer, "GET", "posts", params={"q": "latest"})) == (400, "INVALID_QUERY")
    assert code(api(practice, bearer, "GET", "reactions")) == (404, "RESOURCE_NOT_FOUND")
