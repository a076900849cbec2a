"""TikTok videos and drafts end to end: sent in parts to the practice platform over real HTTP, one post and no more."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.publishing.errors import NotProcessed
from tests.makers.clips import clip_bytes
from tests.makers.tiktok import BAKERY, TEXT, Desk, tiktok_desk

PART = {"match": "/tiktok/upload/", "method": "PUT"}
MIB = 1024 * 1024


@pytest.fixture(params=["video", "draft"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with tiktok_desk(tmp_path, request.param) as made:
        yield made


@pytest.fixture
def video(tmp_path: Path) -> Iterator[Desk]:
    with tiktok_desk(tmp_path, "video") as made:
        yield made


def test_a_video_goes_out_once_with_the_sealed_bytes_words_and_choices(video: Desk) -> None:
    remote = video.prepare()
    assert video.adapter.poll(remote, video.door) and video.accepted() == []
    remote = video.publish(remote)
    assert video.find(remote).is_processing
    found = video.find(remote, seconds=2)
    (post,) = video.accepted()
    assert found.is_live and [one.remote_id for one in found.seen] == [post["id"]]
    assert post["media"] == [sha256(video.files["v.mp4"]).hexdigest()]
    assert (post["caption"], post["format"]) == (TEXT, "video")
    assert post["details"] == {
        "privacy_level": "PUBLIC_TO_EVERYONE", "disable_comment": "no", "disable_duet": "yes", "disable_stitch": "yes",
        "brand_content_toggle": "no", "brand_organic_toggle": "yes", "is_aigc": "no",
    }  # fmt: skip
    link = video.adapter.permalink(post["id"], video.door)
    assert link is not None and "Grüße 🍦" in httpx.get(link).text
    assert [(one.remote_id, one.permalink) for one in video.adapter.recent(video.door)] == [(post["id"], link)]


def test_a_draft_reaches_the_inbox_once(tmp_path: Path) -> None:
    with tiktok_desk(tmp_path, "draft") as desk:
        remote = desk.publish(desk.prepare())
        found = desk.find(remote, seconds=2)
        (post,) = desk.accepted()
        assert found.is_live and found.seen[0].remote_id == remote["publish_id"]
        assert (post["format"], post["caption"], post["media"]) == (
            "draft", "", [sha256(desk.files["v.mp4"]).hexdigest()]
        )  # fmt: skip
        assert desk.adapter.permalink(remote["publish_id"], desk.door) is None


def test_a_file_of_several_parts_arrives_whole_and_only_the_last_part_is_held_back(desk: Desk) -> None:
    box = (20 * MIB).to_bytes(4, "big") + b"free"
    desk.files["v.mp4"] += box + bytes(20 * MIB - 8)  # players skip what lies in a free box
    remote = desk.prepare()
    assert desk.accepted() == [] and [one["status"] for one in desk.practice.admin.requests("/upload/")] == [206]
    desk.publish(remote)
    (post,) = desk.accepted()
    assert post["media"] == [sha256(desk.files["v.mp4"]).hexdigest()]
    assert [one["status"] for one in desk.practice.admin.requests("/upload/")] == [206, 201]


def test_a_lost_answer_to_an_early_part_changes_nothing(video: Desk) -> None:
    video.files["v.mp4"] += (11 * MIB).to_bytes(4, "big") + b"free" + bytes(11 * MIB - 8)
    video.practice.admin.fault("lose_reply", **PART, count=1)
    video.publish(video.prepare())
    assert [one["status"] for one in video.practice.admin.requests("/upload/")] == [206, 416, 201]
    assert len(video.accepted()) == 1


def test_a_lost_answer_to_the_last_part_is_proven_by_the_status(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.fault("lose_reply", **PART, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, remote, desk.door)
    assert desk.find(remote).is_processing
    assert desk.find(remote, seconds=2).is_live and len(desk.accepted()) == 1


def test_a_last_part_that_never_arrived_is_proven_absent_and_sent_again_to_the_same_upload(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.fault("http", **PART, status=503, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, remote, desk.door)
    found = desk.find(remote, seconds=10)
    assert found.is_absent and desk.accepted() == []
    desk.publish(dict(found.remote))
    assert len(desk.accepted()) == 1 and len(desk.practice.admin.requests("/init/")) == 1


def test_sending_the_last_part_twice_makes_no_second_post(desk: Desk) -> None:
    remote = desk.prepare()
    desk.publish(remote)
    for known in (remote, remote | {"resends": "1"}):
        with pytest.raises(OutcomeUnknown):
            desk.adapter.publish(desk.order, known, desk.door)
    assert len(desk.accepted()) == 1


def test_an_upload_whose_address_ended_published_nothing_and_is_begun_anew(desk: Desk) -> None:
    remote = desk.prepare()
    desk.clock.move(seconds=3_000)
    found = desk.find(remote, seconds=901)
    assert (found.is_absent, found.remote) == (True, {}) and desk.accepted() == []
    desk.publish(desk.prepare())
    assert len(desk.accepted()) == 1


def test_an_address_that_ended_early_is_told_apart_from_a_post(video: Desk) -> None:
    remote = video.prepare()
    video.practice.admin.fault("http", **PART, status=403, body="", count=1)
    with pytest.raises(NotProcessed) as caught:
        video.adapter.publish(video.order, remote, video.door)
    assert caught.value.try_again and video.accepted() == []


def test_a_failure_while_processing_is_a_new_try_or_a_no_in_words(desk: Desk) -> None:
    desk.practice.admin.fault("fail_processing", platform="tiktok", count=1)
    assert desk.find(desk.publish(desk.prepare()), seconds=2).is_absent
    desk.practice.admin.fault("fail_processing", platform="tiktok", count=1, body="spam_risk_text")
    assert "text" in desk.find(desk.publish(desk.prepare()), seconds=2).refused
    desk.files["v.mp4"] = clip_bytes(width=320, height=480)
    assert "size" in desk.find(desk.publish(desk.prepare()), seconds=2).refused
    assert desk.accepted() == []


def test_slow_processing_and_moderation_of_hours_are_waited_for(video: Desk) -> None:
    video.practice.admin.settings(tiktok_moderation_seconds=3_600)
    video.practice.admin.fault("slow_processing", platform="tiktok", seconds=2_400, count=1)
    remote = video.publish(video.prepare())
    assert video.find(remote, seconds=2_399).is_processing
    assert video.find(remote, seconds=3_600).is_processing
    assert video.find(remote, seconds=1).is_live


def test_a_used_up_day_waits_without_a_date(desk: Desk) -> None:
    desk.practice.admin.settings(tiktok_quota_total=0, tiktok_drafts_total=0)
    with pytest.raises(RateLimited) as caught:
        desk.prepare()
    assert caught.value.retry_at is None
    assert [one["status"] for one in desk.practice.admin.requests("/tiktok/v2/")] == [
        200 if desk.format == "video" else 403
    ]


def test_a_seventh_init_within_a_minute_waits_a_while(desk: Desk) -> None:
    for _ in range(6):
        desk.prepare()
    with pytest.raises(RateLimited) as caught:
        desk.prepare()
    assert caught.value.retry_at is not None
    desk.clock.move(seconds=61)
    assert desk.prepare()


def test_an_ended_token_and_a_missing_scope_are_told_apart(desk: Desk) -> None:
    desk.practice.admin.fault("expire_token", platform="tiktok", count=1)
    with pytest.raises(CredentialsExpired) as caught:
        desk.prepare()
    assert type(caught.value) is CredentialsExpired
    desk.token = desk.practice.admin.token("tiktok", ("user.info.basic",), desk.account)
    with pytest.raises(PermissionMissing):
        desk.prepare()


def test_a_platform_that_is_down_while_preparing_did_nothing(desk: Desk) -> None:
    desk.practice.admin.fault("http", match="/init/", status=500, count=1)
    with pytest.raises(Unavailable):
        desk.prepare()
    desk.practice.admin.fault("lose_reply", match="/init/", count=1)
    with pytest.raises(Unavailable):
        desk.prepare()
    desk.publish(desk.prepare())
    assert len(desk.accepted()) == 1


def test_an_app_that_is_not_audited_posts_only_for_its_owner_of_a_private_account(tmp_path: Path) -> None:
    with tiktok_desk(tmp_path, "video") as desk:
        desk.practice.admin.settings(tiktok_audited=0)
        with pytest.raises(Rejected, match="not audited this app"):
            desk.prepare()
    with tiktok_desk(tmp_path, "video", account=BAKERY, choices={"privacy": "SELF_ONLY"}) as desk:
        remote = desk.publish(desk.prepare())
        found = desk.find(remote, seconds=2)
        assert found.is_live and found.seen[0].remote_id == remote["publish_id"]
        assert desk.adapter.recent(desk.door) == [] and len(desk.accepted()) == 1


def test_an_audience_that_the_account_does_not_offer_reaches_no_init(video: Desk) -> None:
    video.choices["privacy"] = "FOLLOWER_OF_CREATOR"
    with pytest.raises(Rejected, match="does not offer"):
        video.prepare()
    assert video.practice.admin.requests("/init/") == []
