"""TikTok fetching from our media host, end to end over real HTTP: one post and no more, or a person is asked."""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    RateLimited,
    Rejected,
    Unavailable,
)
from tests.makers.clips import clip_bytes
from tests.makers.tiktok import BAKERY, TEXT, Desk, tiktok_desk

INIT = {"match": "/init/", "method": "POST"}


def picture(kind: str = "JPEG", side: int = 900, shade: int = 60) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), (shade, 90, 200)).save(out, kind)
    return out.getvalue()


def with_photos(desk: Desk) -> Desk:
    desk.files |= {"1.jpg": picture(), "2.webp": picture("WEBP")}
    desk.names, desk.kind, desk.choices["title"] = ("1.jpg", "2.webp"), "image/jpeg", "Lookbook"
    return desk


@pytest.fixture(params=["video_url", "photos"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with tiktok_desk(tmp_path, request.param) as made:
        yield with_photos(made) if request.param == "photos" else made


def test_a_post_goes_out_once_with_the_sealed_bytes_and_words(desk: Desk) -> None:
    assert desk.prepare() == {} and desk.adapter.poll({}, desk.door) and desk.accepted() == []
    remote = desk.publish({})
    assert desk.find(remote).is_processing
    found = desk.find(remote, seconds=2)
    (post,) = desk.accepted()
    assert found.is_live and [one.remote_id for one in found.seen] == [post["id"]]
    assert post["media"] == [sha256(desk.files[name]).hexdigest() for name in desk.names]
    assert (post["caption"], post["format"]) == (TEXT, desk.format)
    assert (post["details"]["disable_comment"], post["details"]["brand_organic_toggle"]) == ("no", "yes")
    assert post["details"].get("title", "") == desk.choices.get("title", "")
    assert desk.adapter.recent(desk.door)[0].permalink == desk.adapter.permalink(post["id"], desk.door)


def test_a_lost_answer_to_init_is_found_by_its_words(desk: Desk) -> None:
    desk.practice.admin.fault("lose_reply", **INIT, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, {}, desk.door)
    found = desk.find({}, seconds=5)
    (post,) = desk.accepted()
    assert found.is_live and [one.remote_id for one in found.seen] == [post["id"]]
    desk.text = "Other words"
    assert not desk.find({}).is_live


def test_a_lost_answer_of_a_post_that_not_everybody_sees_is_a_question_for_a_person(desk: Desk) -> None:
    desk.choices["privacy"] = "MUTUAL_FOLLOW_FRIENDS"
    desk.practice.admin.fault("lose_reply", **INIT, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, {}, desk.door)
    found = desk.find({}, seconds=5)
    assert not (found.is_live or found.is_absent or found.is_processing or found.seen) and len(desk.accepted()) == 1


def test_an_init_that_failed_inside_tiktok_is_never_taken_for_absent(desk: Desk) -> None:
    desk.practice.admin.fault("http", **INIT, status=500, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, {}, desk.door)
    found = desk.find({}, seconds=5)
    assert not (found.is_live or found.is_absent) and desk.accepted() == []


def test_a_host_that_is_not_verified_is_refused_in_words_before_anything_happens(desk: Desk) -> None:
    desk.practice.admin.settings(tiktok_media_verified=0)
    with pytest.raises(Rejected, match="verified"):
        desk.adapter.publish(desk.order, {}, desk.door)
    desk.practice.admin.settings(tiktok_media_verified=1)
    desk.host = "https://media.example"
    with pytest.raises(Rejected, match="verified"):
        desk.adapter.publish(desk.order, {}, desk.door)
    assert desk.accepted() == []


@pytest.mark.parametrize("place", ["gone", "moved"])
def test_what_cannot_be_fetched_is_tried_once_more_and_then_told(desk: Desk, place: str) -> None:
    desk.host += f"/{place}"  # a file that is not there, or an address that redirects
    found = desk.find(desk.publish({}), seconds=2)
    assert found.is_absent and found.remote == {"tries": "1"}
    found = desk.find(desk.publish(dict(found.remote)), seconds=2)
    assert "twice" in found.refused and desk.accepted() == []


def test_media_that_tiktok_does_not_take_is_a_no_in_words(desk: Desk) -> None:
    desk.files |= {"v.mp4": clip_bytes(width=360, height=640, seconds=2), "2.webp": picture("PNG")}
    found = desk.find(desk.publish({}), seconds=2)
    assert ("length" if desk.format == "video_url" else "format") in found.refused
    desk.files |= {"v.mp4": clip_bytes(width=360, height=640, rate=15), "2.webp": picture(side=1_200)}
    found = desk.find(desk.publish({}), seconds=2)
    assert ("frame rate" if desk.format == "video_url" else "size") in found.refused
    assert desk.accepted() == []


def test_a_used_up_day_and_a_missing_scope_and_an_ended_token_are_told_apart(desk: Desk) -> None:
    desk.practice.admin.fault("quota", platform="tiktok", match="/init/", count=1)
    with pytest.raises(RateLimited):
        desk.adapter.publish(desk.order, {}, desk.door)
    desk.practice.admin.fault("expire_token", platform="tiktok", match="/init/", count=1)
    with pytest.raises(CredentialsExpired):
        desk.adapter.publish(desk.order, {}, desk.door)
    desk.token = desk.practice.admin.token("tiktok", ("video.upload",), desk.account)
    with pytest.raises(PermissionMissing):
        desk.adapter.publish(desk.order, {}, desk.door)
    assert desk.accepted() == []


def test_a_creator_who_cannot_be_asked_means_that_nothing_was_sent(desk: Desk) -> None:
    desk.practice.admin.fault("lose_reply", match="/creator_info/", count=1)
    with pytest.raises(Unavailable):
        desk.adapter.publish(desk.order, {}, desk.door)
    assert desk.practice.admin.requests("/init/") == []


def test_a_private_account_posts_for_its_followers(tmp_path: Path) -> None:
    choices = {"privacy": "FOLLOWER_OF_CREATOR"}
    with tiktok_desk(tmp_path, "video_url", account=BAKERY, choices=choices) as desk:
        remote = desk.publish({})
        found = desk.find(remote, seconds=2)
        assert found.is_live and found.seen[0].remote_id == remote["publish_id"] and len(desk.accepted()) == 1
