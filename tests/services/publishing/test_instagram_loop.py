"""Every Instagram format end to end, over real HTTP to the practice platform: one post and no more."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from services.kit.errors import CredentialsExpired, OutcomeUnknown, RateLimited, Rejected, Unavailable
from services.publishing.errors import NotProcessed
from services.publishing.registry import formats
from tests.makers.clips import clip_bytes
from tests.makers.graph import Desk, graph_desk

CALL = {"match": "/media_publish", "count": 1}


@pytest.fixture(params=formats("instagram"))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Ready for the call that cannot be taken back; the carousel's parent is there too."""
    with graph_desk(tmp_path, "instagram", request.param) as made:
        made.prepare()
        if request.param == "carousel":
            with pytest.raises(Unavailable):
                made.publish()
            made.clock.move(seconds=2)
        yield made


def test_it_goes_out_once_with_the_sealed_bytes_and_words(desk: Desk) -> None:
    assert desk.accepted() == []
    receipt = desk.publish()
    (post,) = desk.accepted()
    assert receipt is not None and receipt.remote_id == post["id"]
    assert (post["format"], post["caption"], post["media"]) == (desk.adapter.spec.format, desk.text, desk.hashes)
    link = desk.adapter.permalink(post["id"], desk.door)
    assert link is not None and desk.text in httpx.get(link).text
    assert [(one.remote_id, one.permalink) for one in desk.adapter.recent(desk.door)] == [(post["id"], link)]


def test_a_lost_answer_is_found_by_its_container(desk: Desk) -> None:
    desk.practice.admin.fault("lose_reply", **CALL)
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    found = desk.find()
    (post,) = desk.accepted()
    assert (found.is_live, [one.remote_id for one in found.seen]) == (True, [post["id"]])
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    assert len(desk.accepted()) == 1


def test_a_call_that_never_arrived_is_proven_absent_and_made_again(desk: Desk) -> None:
    desk.practice.admin.fault("http", status=503, **CALL)
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    found = desk.find()
    assert (found.is_absent, found.remote, desk.accepted()) == (True, desk.kept, [])
    assert desk.publish() is not None and len(desk.accepted()) == 1


def test_quota_token_and_age_are_told_apart(desk: Desk) -> None:
    desk.practice.admin.fault("quota", **CALL)
    with pytest.raises(RateLimited) as limited:
        desk.publish()
    assert limited.value.retry_at is not None and limited.value.retry_at > desk.clock.now()
    desk.clock.move(hours=24)
    with pytest.raises(NotProcessed) as old:
        desk.publish()
    assert old.value.try_again and desk.find().is_absent
    desk.practice.admin.fault("expire_token", **CALL)
    with pytest.raises(CredentialsExpired):
        desk.publish()
    assert desk.accepted() == []


def test_failed_processing_asks_for_a_new_container(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "instagram", "reel") as desk:
        desk.practice.admin.fault("fail_processing", subcode=2207077, count=1)
        with pytest.raises(NotProcessed) as failed:
            desk.prepare()
        assert failed.value.try_again
        desk.prepare()
        assert desk.publish() is not None and len(desk.accepted()) == 1


def test_a_video_that_is_refused_is_a_refusal_of_the_content(tmp_path: Path) -> None:
    short = {"v.mp4": clip_bytes(seconds=2)}
    with graph_desk(tmp_path, "instagram", "reel", files=short) as desk, pytest.raises(Rejected):
        desk.prepare()


def test_a_reels_choices_arrive(tmp_path: Path) -> None:
    chosen = {"share_to_feed": "no", "cover_second": "1.5"}
    with graph_desk(tmp_path, "instagram", "reel", settings=chosen) as desk:
        desk.prepare()
        desk.publish()
        assert desk.accepted()[0]["details"] == {"share_to_feed": "false", "thumb_offset": "1500"}


def test_a_story_may_be_a_video(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "instagram", "story", files={"v.mp4": clip_bytes()}) as desk:
        desk.prepare()
        desk.practice.admin.fault("lose_reply", **CALL)
        with pytest.raises(OutcomeUnknown):
            desk.publish()
        (post,) = desk.accepted()
        assert [one.remote_id for one in desk.find().seen] == [post["id"]] and post["media"] == desk.hashes


def test_a_lost_answer_for_the_carousels_parent_doubles_nothing(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "instagram", "carousel") as desk:
        desk.prepare()
        desk.practice.admin.fault("lose_reply", match="/media", method="POST", count=1)
        with pytest.raises(OutcomeUnknown):
            desk.publish()
        found = desk.find()
        assert (found.is_absent, found.remote, desk.accepted()) == (True, desk.kept, [])
        with pytest.raises(Unavailable):
            desk.publish()
        desk.clock.move(seconds=2)
        assert desk.publish() is not None and len(desk.accepted()) == 1
