"""Every LinkedIn format from its sealed content to the accepted post, over real HTTP, with what can go wrong."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from services.kit.clock import FixedClock
from services.kit.errors import CredentialsExpired, OutcomeUnknown, PermissionMissing, RateLimited, Unavailable
from services.kit.http import make_client
from services.publishing.errors import NotProcessed
from services.publishing.platforms.linkedin.comments import Comments
from services.publishing.publisher import Sighting
from services.publishing.registry import formats, publisher
from tests.makers.linkedin import ACME, KIM, ROBIN, api, token
from tests.makers.linkedin_desk import CARD, FILES, WORDS, Desk
from tests.makers.practice import RunningPractice, running_practice


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, clock: FixedClock) -> Iterator[RunningPractice]:
    folder: Path = tmp_path_factory.mktemp("practice")
    with running_practice(folder, clock=clock) as practice:
        yield practice


@pytest.fixture
def desk(server: RunningPractice, clock: FixedClock) -> Iterator[Desk]:
    server.admin.reset()
    with make_client() as http:
        yield Desk(server, clock, http)


@pytest.mark.parametrize("account", [ACME, ROBIN])
@pytest.mark.parametrize("chosen", formats("linkedin"))
def test_each_format_is_accepted_once_with_the_sealed_words_and_bytes(desk: Desk, chosen: str, account: str) -> None:
    desk.account = account
    receipt = desk.whole(chosen)
    [taken] = desk.accepted()
    assert (taken["id"], taken["account"], taken["format"]) == (receipt.remote_id, account, chosen)
    assert taken["caption"] == WORDS
    assert taken["media"] == [hashlib.sha256(body).hexdigest() for body in FILES[chosen]]
    assert receipt.permalink is not None and "Launch (finally)" in httpx.get(receipt.permalink).text


def test_a_links_card_is_what_was_sealed(desk: Desk) -> None:
    desk.whole("link")
    [taken] = desk.accepted()
    assert taken["details"] == {"privacy": "PUBLIC", "link": "https://acme.example/x_y?utm_content=p_1", **CARD}


@pytest.mark.parametrize("chosen", formats("linkedin"))
def test_a_lost_answer_of_a_page_is_found_in_its_list(desk: Desk, chosen: str) -> None:
    adapter, order, remote, since = desk.lose(chosen)
    sighting = adapter.find(order.content, remote, since, desk.door())
    [taken] = desk.accepted()
    assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, [taken["id"]])
    assert sighting.seen[0].at is not None and sighting.seen[0].at - since < timedelta(seconds=60)


@pytest.mark.parametrize("chosen", formats("linkedin"))
def test_a_lost_answer_of_a_member_proves_nothing_and_goes_to_a_person(desk: Desk, chosen: str) -> None:
    desk.account = ROBIN
    adapter, order, remote, since = desk.lose(chosen)
    sighting = adapter.find(order.content, remote, since, desk.door())
    assert (sighting.is_live, sighting.is_absent, list(sighting.seen)) == (False, False, [])
    assert len(desk.accepted()) == 1


@pytest.mark.parametrize("chosen", formats("linkedin"))
def test_the_same_post_again_is_refused_by_name_and_the_name_is_proof_once_it_is_read(desk: Desk, chosen: str) -> None:
    adapter, order, remote, since = desk.lose(chosen)
    with pytest.raises(OutcomeUnknown):
        adapter.publish(order, remote, desk.door())
    sighting = adapter.find(order.content, remote | desk.kept, since, desk.door())
    [taken] = desk.accepted()
    assert desk.kept == {"named": taken["id"]}
    assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, [taken["id"]])


def _refused(desk: Desk, account: str) -> Sighting:
    """The words of an older post again, as a post of its own."""
    desk.account = account
    desk.whole("text")
    desk.clock.move(seconds=300)
    since = desk.clock.now()
    with pytest.raises(OutcomeUnknown):
        desk.whole("text")
    assert len(desk.accepted()) == 1
    return publisher("linkedin", "text").find(desk.order("text").content, desk.kept, since, desk.door())


def test_words_that_were_posted_before_are_refused_with_the_address_of_that_post(desk: Desk) -> None:
    sighting = _refused(desk, ACME)
    assert not sighting.is_live and desk.accepted()[0]["id"] in sighting.refused


def test_a_repeat_that_nobody_can_read_goes_to_a_person(desk: Desk) -> None:
    sighting = _refused(desk, ROBIN)
    assert (sighting.is_live, sighting.is_absent, sighting.refused) == (False, False, "")


def test_a_post_that_never_arrived_is_not_found(desk: Desk) -> None:
    adapter, order, remote = desk.ready("image")
    desk.practice.admin.fault("http", match="/rest/posts", method="POST", status=504, count=1)
    with pytest.raises(OutcomeUnknown):
        adapter.publish(order, remote, desk.door())
    sighting = adapter.find(order.content, remote, desk.clock.now(), desk.door())
    assert (sighting.is_live, sighting.is_absent, desk.accepted()) == (False, False, [])


def test_a_used_up_day_waits_for_the_next(desk: Desk) -> None:
    desk.practice.admin.fault("quota", match="/rest/posts", count=1)
    with pytest.raises(RateLimited) as caught:
        desk.whole("text")
    tomorrow = (desk.clock.now() + timedelta(days=1)).replace(hour=0, minute=5, second=0, microsecond=0)
    assert caught.value.retry_at == tomorrow and desk.accepted() == []


@pytest.mark.parametrize("kind", ["expire_token", "rotate_token"])
def test_a_token_that_ended_ends_the_try(desk: Desk, kind: str) -> None:
    desk.secret = token(desk.practice)
    adapter, order, remote = desk.ready("image")
    desk.practice.admin.fault(kind, match="/rest/images", count=1)
    with pytest.raises(CredentialsExpired):
        adapter.poll(remote, desk.door())
        adapter.poll(remote, desk.door())
    with pytest.raises(CredentialsExpired):
        adapter.publish(order, remote, desk.door())
    assert desk.accepted() == []


def test_a_person_without_a_role_on_the_page_lacks_a_right(desk: Desk) -> None:
    desk.secret = token(desk.practice, subject=KIM)
    with pytest.raises(PermissionMissing):
        desk.whole("text")


@pytest.mark.parametrize("chosen", ["image", "images", "video", "link"])
def test_failed_processing_ends_the_try(desk: Desk, chosen: str) -> None:
    desk.practice.admin.fault("fail_processing", count=1)
    with pytest.raises(NotProcessed):
        desk.whole(chosen)
    assert desk.accepted() == []


def test_a_post_before_its_media_is_ready_is_certainly_not_made(desk: Desk) -> None:
    desk.practice.admin.fault("slow_processing", seconds=2_400, count=1)
    adapter, order = publisher("linkedin", "video"), desk.order("video")
    remote = adapter.prepare(order, desk.door())
    assert not adapter.poll(remote, desk.door())
    with pytest.raises(Unavailable):
        adapter.publish(order, remote, desk.door())
    desk.clock.move(seconds=2_401)
    assert adapter.poll(remote, desk.door())
    adapter.publish(order, remote, desk.door())
    assert len(desk.accepted()) == 1


@pytest.mark.parametrize("match", ["/rest/videos", "/dms-uploads"])
def test_an_upload_that_broke_off_is_made_anew_and_shows_nothing(desk: Desk, match: str) -> None:
    desk.practice.admin.fault("lose_reply", match=match, count=1)
    with pytest.raises(OutcomeUnknown):
        publisher("linkedin", "video").prepare(desk.order("video"), desk.door())
    desk.whole("video")
    assert len(desk.accepted()) == 1


def test_a_comment_goes_under_a_pages_post_as_it_was_written(desk: Desk) -> None:
    receipt, under = desk.whole("text"), Comments()
    assert under.comments(receipt.remote_id, desk.door()) == []
    under.comment(receipt.remote_id, "More (here): a_b #fresh", desk.door())
    assert under.comments(receipt.remote_id, desk.door()) == ["More (here): a_b #fresh"]


def test_under_a_members_post_nothing_can_be_read_so_nothing_is_put(desk: Desk) -> None:
    desk.account = ROBIN
    with pytest.raises(PermissionMissing):
        Comments().comments(desk.whole("text").remote_id, desk.door())


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"message": {}}, 422), ({"message": {"text": "x" * 1_251}}, 400), ({"object": "urn:li:share:1"}, 400)],
)
def test_a_comment_that_is_none_is_refused(desk: Desk, changes: dict[str, object], status: int) -> None:
    urn = desk.whole("text").remote_id
    body = {"actor": ACME, "object": urn, "message": {"text": "x"}, **changes}
    answer = api(desk.practice, token(desk.practice), "POST", f"socialActions/{urn}/comments", json=body)
    assert answer.status_code == status
