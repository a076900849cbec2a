"""LinkedIn after a lost answer: what its lists can show, and what a duplicate refusal is worth."""

from typing import Any

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, Unavailable
from services.publishing.platforms.linkedin.formats import Image, Text
from services.publishing.publisher import Door, Order, Remote, Sighting
from tests.services.publishing.platforms.contract import NOW, content
from tests.services.publishing.platforms.linkedin.orders import (
    MEMBER,
    PAGE,
    Answer,
    door,
    listing,
    refusing,
    repeating,
    row,
)

OURS, LATER, OTHER = "urn:li:share:5", "urn:li:ugcPost:6", "urn:li:share:7"
ACTIVITY = "urn:li:activity:7400000000000000001"
PICTURE = {"media": "urn:li:image:C1", "uploaded_at": NOW.isoformat()}


def _find(answer: Answer, remote: Remote | None = None, account: str = PAGE, **changes: Any) -> Sighting:
    publisher = Image() if remote else Text()
    media = {} if remote else {"media": ()}
    return publisher.find(content("linkedin", **(media | changes)), remote or {}, NOW, door(answer, account))


def _ids(sighting: Sighting) -> list[str]:
    return [one.remote_id for one in sighting.seen]


def test_the_list_is_asked_for_as_a_finder_by_author() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return listing()(request)

    _find(answer)
    assert dict(seen[0].url.params) == {"q": "author", "author": PAGE, "count": "10", "sortBy": "LAST_MODIFIED"}
    assert "urn%3Ali%3Aorganization%3A17" in str(seen[0].url)
    assert seen[0].headers["x-restli-method"] == "FINDER"


def test_our_words_since_the_intent_are_a_find_the_oldest_first() -> None:
    rows = [row(LATER, seconds=9), row(OTHER, words="Else."), row(OURS), row("urn:li:share:4", seconds=-120)]
    sighting = _find(listing(*rows))
    assert (sighting.is_live, _ids(sighting)) == (True, [OURS, LATER])
    assert sighting.seen[0].permalink == f"https://www.linkedin.com/feed/update/{OURS}/"
    assert sighting.seen[0].at is not None and (sighting.seen[0].at - NOW).total_seconds() == 5


def test_words_are_compared_as_a_person_wrote_them() -> None:
    told = "Launch \\(today\\) {hashtag|\\#|b2b}"
    assert _ids(_find(listing(row(OURS, words=told)), text="Launch (today) #b2b")) == [OURS]


def test_our_own_upload_is_ours_and_the_same_words_with_another_are_not() -> None:
    mine = row(OURS, content={"media": {"id": "urn:li:image:C1", "altText": "A cone."}})
    theirs = row(OTHER, content={"media": {"id": "urn:li:image:C9"}})
    several = row(LATER, content={"multiImage": {"images": [{"id": "urn:li:image:C1"}, {"id": "urn:li:image:C2"}]}})
    assert _ids(_find(listing(theirs, several, mine), PICTURE)) == [OURS]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [row(OURS, author="urn:li:organization:18")],
        [row(OURS, lifecycleState="DRAFT")],
        [row(OURS, createdAt=None)],
        [row("urn:li:activity:5")],
    ],
)
def test_a_list_without_it_proves_nothing(rows: list[dict[str, Any]]) -> None:
    sighting = _find(listing(*rows))
    assert (sighting.is_live, sighting.is_absent, _ids(sighting)) == (False, False, [])


def test_without_words_or_uploads_there_is_nothing_to_recognise_ours_by() -> None:
    assert not _find(listing(row(OURS, words="")), text="").is_live


@pytest.mark.parametrize("account", [MEMBER, PAGE])
def test_where_nothing_may_be_listed_nothing_is_proven(account: str) -> None:
    sighting = _find(refusing(403, "ACCESS_DENIED"), account=account)
    assert (sighting.is_live, sighting.is_absent, _ids(sighting)) == (False, False, [])
    assert Text().recent(door(refusing(403, "ACCESS_DENIED"), account)) == []


def test_the_latest_posts_of_a_page_are_what_a_persons_word_is_checked_against() -> None:
    told = Text().recent(door(listing(row(OURS), row(OTHER, words="Else."))))
    assert [one.remote_id for one in told] == [OURS, OTHER]
    assert Text().permalink(OURS, door(refusing(500))) == f"https://www.linkedin.com/feed/update/{OURS}/"


def _publish(answer: Answer, remote: Remote, kept: Remote) -> None:
    order = Order(content("linkedin", media=()), ())
    with pytest.raises(OutcomeUnknown):
        Text().publish(order, remote, door(answer, kept=kept))


def test_a_duplicate_refusal_keeps_the_post_it_names_for_the_look() -> None:
    kept: Remote = {}
    _publish(lambda request: repeating(OURS), {}, kept)
    assert kept == {"named": OURS}


def test_what_an_earlier_attempt_was_told_is_forgotten_before_the_next_call() -> None:
    kept: Remote = {"named": OTHER}
    _publish(refusing(500), {"named": OTHER}, kept)
    assert kept == {"named": ""}
    assert not _find(listing(), kept).refused


def test_the_named_post_is_ours_if_it_reads_as_ours() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(200, json=row(OURS))

    sighting = _find(answer, {"named": OURS})
    assert (sighting.is_live, _ids(sighting), sighting.refused) == (True, [OURS], "")
    assert seen == ["/rest/posts/urn%3Ali%3Ashare%3A5"]


def test_our_own_upload_in_the_named_post_is_proof_however_old_it_is() -> None:
    told = row(OURS, seconds=-4_000, content={"media": {"id": "urn:li:image:C1"}})
    assert _find(lambda request: httpx.Response(200, json=told), PICTURE | {"named": OURS}).is_live


@pytest.mark.parametrize("told", [row(OURS, seconds=-4_000), row(OURS, words="Nearly the same.")])
def test_a_named_post_that_is_another_one_is_a_refusal_with_its_address(told: dict[str, Any]) -> None:
    sighting = _find(lambda request: httpx.Response(200, json=told), {"named": OURS})
    assert (sighting.is_live, sighting.is_absent) == (False, False)
    assert f"https://www.linkedin.com/feed/update/{OURS}/" in sighting.refused


@pytest.mark.parametrize(
    ("answer", "account"), [(refusing(404, "NOT_FOUND"), PAGE), (refusing(403), PAGE), (refusing(500), MEMBER)]
)
def test_a_named_post_that_nobody_can_read_proves_nothing(answer: Answer, account: str) -> None:
    sighting = _find(answer, {"named": OURS}, account)
    assert (sighting.is_live, sighting.is_absent, sighting.refused) == (False, False, "")


def test_a_named_post_that_cannot_be_read_now_is_looked_at_again() -> None:
    with pytest.raises(Unavailable):
        _find(refusing(500), {"named": OURS})


def test_a_practice_post_has_a_practice_address() -> None:
    there: Door = door(refusing(500), api_url="http://127.0.0.1:8601/linkedin/rest")
    assert Text().permalink(OURS, there) == f"http://127.0.0.1:8601/linkedin/feed/update/{OURS}/"


@pytest.mark.parametrize(
    ("address", "urn"),
    [
        (OURS, OURS),
        (f"https://www.linkedin.com/feed/update/{OURS}", OURS),
        ("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A6/", LATER),
        ("https://www.linkedin.com/posts/ana_fresh-activity-7400000000000000001-AbC1?utm=x", ACTIVITY),
        ("https://www.linkedin.com/posts/ana_share-5-AbC1", OURS),
        ("https://www.linkedin.com/in/ana", None),
        ("https://evil.example/feed/update/urn:li:share:5", None),
        ("https://www.linkedin.com.evil.example/feed/update/urn:li:share:5", None),
        ("share 5", None),
    ],
)
def test_of_a_member_a_persons_word_is_all_there_is(address: str, urn: str | None) -> None:
    told = Text().at_address(address, door(refusing(403), MEMBER))
    assert (told.remote_id if told else None) == urn


def test_where_posts_are_listed_a_persons_word_does_not_count() -> None:
    assert Text().at_address(OURS, door(listing())) is None
    assert Text().at_address(OURS, door(refusing(403, "ACCESS_DENIED"))) is not None
