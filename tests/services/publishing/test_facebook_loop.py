"""Every Facebook format end to end, over real HTTP to the practice platform: one post and no more."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from services.kit.errors import CredentialsExpired, OutcomeUnknown, RateLimited, Unavailable
from services.publishing.errors import NotProcessed
from services.publishing.registry import formats
from tests.makers.clips import clip_bytes
from tests.makers.graph import LINK, TEXT, Desk, graph_desk

EDGES = {"photo": "/photos", "photos": "/feed", "text": "/feed", "video": "/videos", "reel": "/video_reels"}
UPLOADED = ("video", "reel")


def call(desk: Desk) -> dict[str, object]:
    """The call that cannot be taken back, for a fault."""
    return {"match": EDGES[desk.adapter.spec.format], "method": "POST", "count": 1}


@pytest.fixture(params=formats("facebook"))
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Ready for the call that cannot be taken back."""
    with graph_desk(tmp_path, "facebook", request.param) as made:
        made.prepare()
        yield made


@pytest.fixture(params=UPLOADED)
def upload(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with graph_desk(tmp_path, "facebook", request.param) as made:
        yield made


def test_it_goes_out_once_with_the_sealed_bytes_and_words(desk: Desk) -> None:
    assert desk.accepted() == []
    receipt = desk.publish()
    if receipt is None:
        assert desk.find().is_processing
        found = desk.find(seconds=2)
        assert found.is_live
        receipt = found.seen[0]
    (post,) = desk.accepted()
    assert (receipt.remote_id, post["format"]) == (post["id"], desk.adapter.spec.format)
    assert (post["caption"], post["media"]) == (TEXT, desk.hashes)
    link = desk.adapter.permalink(post["id"], desk.door)
    assert link is not None and TEXT in httpx.get(link).text
    assert [(one.remote_id, one.permalink) for one in desk.adapter.recent(desk.door)] == [(post["id"], link)]


def test_a_lost_answer_is_found(desk: Desk) -> None:
    desk.practice.admin.fault("lose_reply", **call(desk))
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    found = desk.find(seconds=2)
    (post,) = desk.accepted()
    assert (found.is_live, [one.remote_id for one in found.seen]) == (True, [post["id"]])


def test_a_call_that_never_arrived_is_absent_only_where_the_platform_proves_it(desk: Desk) -> None:
    desk.practice.admin.fault("http", status=503, **call(desk))
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    found = desk.find()
    is_proven = desk.adapter.spec.format in UPLOADED
    assert (found.is_absent, found.is_live, desk.accepted()) == (is_proven, False, [])
    assert desk.adapter.spec.proves_absence is is_proven and (found.remote == desk.kept) is (is_proven or not desk.kept)


def test_quota_and_token_are_told_apart(desk: Desk) -> None:
    desk.practice.admin.fault("quota", **call(desk))
    with pytest.raises(RateLimited) as limited:
        desk.publish()
    assert limited.value.retry_at is not None and limited.value.retry_at > desk.clock.now()
    desk.practice.admin.fault("expire_token", **call(desk))
    with pytest.raises(CredentialsExpired):
        desk.publish()
    assert desk.accepted() == []


def test_what_was_prepared_a_day_ago_is_prepared_anew(desk: Desk) -> None:
    desk.clock.move(hours=24)
    if not desk.adapter.spec.prepares:
        assert desk.publish() is not None
        return
    with pytest.raises(NotProcessed) as old:
        desk.adapter.poll(desk.kept, desk.door)
    assert old.value.try_again


def test_a_lost_finish_may_be_sent_again_and_makes_one_post(upload: Desk) -> None:
    upload.prepare()
    upload.practice.admin.fault("http", status=503, **call(upload))
    with pytest.raises(OutcomeUnknown):
        upload.publish()
    assert upload.find().is_absent
    assert upload.publish() is None and upload.publish() is None  # the second is refused, but the video is taken
    upload.clock.move(seconds=2)
    assert upload.publish() is None
    assert upload.find().is_live and len(upload.accepted()) == 1


def test_failed_processing_is_told_in_the_platforms_words(upload: Desk) -> None:
    upload.practice.admin.fault("fail_processing", count=1)
    upload.prepare()
    assert upload.publish() is None
    assert "Processing failed" in upload.find(seconds=2).refused and upload.accepted() == []


def test_a_file_that_is_no_reel_is_refused_after_its_processing(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "facebook", "reel", files={"v.mp4": clip_bytes(seconds=2)}) as desk:
        desk.prepare()
        assert desk.publish() is None
        assert "3 to 90 seconds" in desk.find(seconds=2).refused and desk.accepted() == []


def test_slow_processing_is_waited_for(upload: Desk) -> None:
    upload.prepare()
    upload.practice.admin.fault("slow_processing", seconds=2_400, count=1)
    assert upload.publish() is None
    assert upload.find(seconds=2_399).is_processing and upload.find(seconds=2).is_live


def test_the_days_reels_are_a_wait_and_no_refusal(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "facebook", "reel") as desk:
        desk.practice.admin.settings(facebook_reels_total=0)
        desk.prepare()
        with pytest.raises(RateLimited):
            desk.publish()


def test_an_upload_that_breaks_off_is_made_again(upload: Desk) -> None:
    step = "/rupload/" if upload.adapter.spec.format == "reel" else "/videos"
    upload.practice.admin.fault("lose_reply", match=step, method="POST", count=1)
    with pytest.raises((Unavailable, OutcomeUnknown)):
        upload.prepare()
    upload.prepare()
    assert upload.publish() is None and len(upload.accepted()) == 1


def test_a_large_video_goes_in_pieces(tmp_path: Path) -> None:
    padding = (2_500_000).to_bytes(4, "big") + b"free" + bytes(2_499_992)  # players skip what lies in a free box
    with graph_desk(tmp_path, "facebook", "video") as desk:
        desk.files["v.mp4"] += padding
        desk.prepare()
        assert desk.publish() is None
        assert desk.accepted()[0]["media"] == desk.hashes
        assert len(desk.practice.admin.requests("/videos")) == 5  # start, three pieces, finish


def test_photos_without_words_are_found_by_themselves(tmp_path: Path) -> None:
    with graph_desk(tmp_path, "facebook", "photos", text="") as desk:
        desk.prepare()
        desk.practice.admin.fault("lose_reply", **call(desk))
        with pytest.raises(OutcomeUnknown):
            desk.publish()
        (post,) = desk.accepted()
        assert [one.remote_id for one in desk.find().seen] == [post["id"]]
        with pytest.raises(OutcomeUnknown):
            desk.publish()  # "posted already": a hint to look again
        assert len(desk.accepted()) == 1


@pytest.mark.parametrize("text", [TEXT, ""])
def test_a_link_travels_apart_and_is_found_by_its_mark(tmp_path: Path, text: str) -> None:
    with graph_desk(tmp_path, "facebook", "text", text=text, link=LINK) as desk:
        desk.practice.admin.settings(facebook_duplicate_seconds=600)
        desk.practice.admin.fault("lose_reply", **call(desk))
        with pytest.raises(OutcomeUnknown):
            desk.publish()
        (post,) = desk.accepted()
        assert (post["caption"], post["details"]) == (text, {"link": LINK})
        with pytest.raises(OutcomeUnknown):
            desk.publish()  # the same words again: refused, and a hint to look
        assert [one.remote_id for one in desk.find().seen] == [post["id"]] and len(desk.accepted()) == 1
