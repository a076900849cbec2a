"""X end to end: the adapters against the practice platform over real HTTP, one post and no more."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
)
from services.publishing.errors import NotProcessed
from services.publishing.publisher import Sighting
from tests.makers.x import START, TEXT, Desk, x_desk

POST = {"match": "/x/2/tweets", "method": "POST", "count": 1}


@pytest.fixture(params=["text", "images", "video"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with x_desk(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def ready(desk: Desk) -> Desk:
    """Media handed over and processed."""
    if not desk.prepare():
        desk.clock.move(seconds=5)
        assert desk.adapter.poll(desk.kept, desk.door)
    return desk


def test_a_post_goes_out_once_with_the_sealed_bytes_and_words(ready: Desk) -> None:
    assert ready.accepted() == []
    ready.settings = {"reply_settings": "following", "paid_partnership": "yes"}
    receipt = ready.publish()
    (post,) = ready.accepted()
    assert (post["id"], post["caption"], post["format"]) == (receipt.remote_id, TEXT, ready.format)
    assert post["media"] == [sha256(body).hexdigest() for body in ready.files]
    assert post["alt_text"] == ("Picture 0." if ready.format == "images" else "")
    assert (post["details"]["reply_settings"], post["details"]["paid_partnership"]) == ("following", "True")
    link = ready.adapter.permalink(receipt.remote_id, ready.door)
    assert link == receipt.permalink and link is not None
    assert "Ben &amp; Ana&#x27;s 🍦" in httpx.get(link).text
    assert [(one.remote_id, one.permalink) for one in ready.adapter.recent(ready.door)] == [(post["id"], link)]


def test_a_post_whose_answer_was_lost_is_found_by_its_media_or_words(ready: Desk) -> None:
    ready.practice.admin.fault("lose_reply", **POST)
    with pytest.raises(OutcomeUnknown):
        ready.publish()
    sighting = ready.find()
    (post,) = ready.accepted()
    assert sighting.is_live and [one.remote_id for one in sighting.seen] == [post["id"]]
    assert sighting.seen[0].at == START + (timedelta(seconds=5) if ready.format == "video" else timedelta(0))


def test_a_post_that_never_arrived_is_neither_seen_nor_proven_absent(ready: Desk) -> None:
    ready.practice.admin.fault("http", status=503, **POST)
    with pytest.raises(OutcomeUnknown):
        ready.publish()
    assert ready.find() == Sighting() and ready.accepted() == []


def test_a_second_post_of_the_same_is_refused_and_looked_for(ready: Desk) -> None:
    first = ready.publish()
    with pytest.raises(OutcomeUnknown, match="posted the same"):
        ready.publish()
    assert len(ready.accepted()) == 1
    assert [one.remote_id for one in ready.find().seen] == [first.remote_id]


def test_a_spent_quota_waits_for_the_end_of_the_quarter(ready: Desk) -> None:
    ready.practice.admin.fault("quota", **POST)
    with pytest.raises(RateLimited) as caught:
        ready.publish()
    assert caught.value.retry_at == START + timedelta(minutes=15)
    assert ready.accepted() == []
    ready.publish()


def test_spent_credits_hold_the_post_and_name_where_they_are_bought(ready: Desk) -> None:
    told = {"title": "CreditsDepleted", "detail": "No credits.", "type": "https://x.example/problems/credits"}
    ready.practice.admin.fault("http", status=402, body=told, **POST)
    with pytest.raises(RateLimited, match="prepaid credits"):
        ready.publish()
    assert ready.accepted() == []


@pytest.mark.parametrize(("fault", "error"), [("expire_token", CredentialsExpired), ("rotate_token", None)])
def test_a_token_that_ends_at_the_call(ready: Desk, fault: str, error: type[ProviderError] | None) -> None:
    ready.practice.admin.fault(fault, **POST)
    if error is None:
        ready.publish()
    else:
        with pytest.raises(error):
            ready.publish()
    assert len(ready.accepted()) == (1 if error is None else 0)
    with pytest.raises(CredentialsExpired):
        ready.find()


@pytest.mark.parametrize("text", ["x" * 281, "🍦" * 141, "$ACME and $PEAR", f"{'x' * 260} https://acme.example.com/a"])
def test_what_x_refuses_fails_with_its_words(ready: Desk, text: str) -> None:
    ready.text = text
    with pytest.raises(Rejected):
        ready.publish()
    assert ready.accepted() == []


def test_media_that_waited_for_a_day_are_handed_over_again(tmp_path: Path) -> None:
    with x_desk(tmp_path, "images") as desk:
        assert desk.prepare()
        desk.clock.move(hours=24)
        with pytest.raises(NotProcessed) as caught:
            desk.adapter.poll(desk.kept, desk.door)
        assert caught.value.try_again


def test_without_the_right_to_upload_the_sign_in_is_what_is_missing(tmp_path: Path) -> None:
    with x_desk(tmp_path, "images", scopes=("tweet.read", "tweet.write", "users.read")) as desk:
        with pytest.raises(PermissionMissing):
            desk.prepare()


def test_a_video_is_processed_before_it_is_posted(tmp_path: Path) -> None:
    with x_desk(tmp_path, "video") as desk:
        desk.practice.admin.fault("slow_processing", seconds=2_400)
        assert not desk.prepare()
        with pytest.raises(Rejected, match="media IDs"):
            desk.publish()
        desk.clock.move(seconds=2_400)
        assert desk.adapter.poll(desk.kept, desk.door)
        desk.publish()
        assert len(desk.accepted()) == 1


def test_a_video_that_fails_in_processing_is_uploaded_anew(tmp_path: Path) -> None:
    with x_desk(tmp_path, "video") as desk:
        desk.practice.admin.fault("fail_processing", count=1)
        assert not desk.prepare()
        desk.clock.move(seconds=5)
        with pytest.raises(NotProcessed) as caught:
            desk.adapter.poll(desk.kept, desk.door)
        assert caught.value.try_again
        desk.kept.clear()
        desk.prepare()
        desk.clock.move(seconds=5)
        assert desk.adapter.poll(desk.kept, desk.door)
        desk.publish()
        assert len(desk.accepted()) == 1


def test_a_long_video_arrives_whole_from_its_segments(tmp_path: Path) -> None:
    with x_desk(tmp_path, "video") as desk:
        size = 9_000_000  # players skip what lies in a free box
        desk.files[0] += size.to_bytes(4, "big") + b"free" + bytes(size - 8)
        desk.prepare()
        assert len(desk.practice.admin.requests("/append")) == 3
        desk.clock.move(seconds=5)
        assert desk.adapter.poll(desk.kept, desk.door)
        desk.publish()
        assert desk.accepted()[0]["media"] == [sha256(desk.files[0]).hexdigest()]
