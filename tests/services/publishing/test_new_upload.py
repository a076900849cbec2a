"""What the platform has refused is dead: another try hands everything over anew, and the post goes out once."""

import pytest

from services import publishing
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.makers.x import ACME as X_ACME
from tests.makers.x import SCOPES
from tests.services.publishing.test_tiktok_posts import plan as plan_tiktok
from tests.services.publishing.test_youtube_posts import plan as plan_youtube

_DUPLICATE = {"detail": "You are not allowed to create a Tweet with duplicate content.", "status": 403}
_INVALID = {"title": "Invalid Request", "type": "https://api.x.com/2/problems/invalid-request", "detail": "No."}


def _try_again(studio: Studio, post: publishing.Post) -> publishing.Post:
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    return studio.settle(post, most=30)


def _begun(studio: Studio, path: str) -> int:
    """How many uploads were begun."""
    calls = studio.practice.requests(path)
    return len([call for call in calls if call["method"] == "POST" and call["status"] < 300])


@pytest.mark.parametrize("kind", ["video", "draft"])
def test_a_video_that_tiktok_refused_is_uploaded_anew(studio: Studio, kind: str) -> None:
    studio.practice.fault("fail_processing", platform="tiktok", count=1, body="spam_risk_text")
    post = plan_tiktok(studio, kind)
    refused = studio.settle(post, most=30)
    assert (refused.state, refused.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert _try_again(studio, post).state is PostState.PUBLISHED
    assert _begun(studio, "/init/") == 2 and len(studio.practice.accepted("tiktok")) == 1


def test_a_video_that_youtube_rejected_is_uploaded_in_a_new_session(studio: Studio) -> None:
    studio.practice.fault("fail_processing", platform="youtube", count=1)
    post = plan_youtube(studio)
    refused = studio.settle(post)
    assert (refused.state, refused.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert _try_again(studio, post).state is PostState.PUBLISHED
    assert _begun(studio, "/upload/") == 2 and len(studio.practice.accepted("youtube")) == 1


def test_a_video_that_lies_on_the_channel_otherwise_than_asked_is_not_uploaded_a_second_time(studio: Studio) -> None:
    """A person may change it in YouTube Studio; then the next try finds it as it was asked for."""
    studio.practice.settings(youtube_audited=0.0)
    post = plan_youtube(studio)
    assert "is not audited yet" in studio.settle(post).reason
    assert "is not audited yet" in _try_again(studio, post).reason
    assert _begun(studio, "/upload/") == 1


@pytest.mark.parametrize("kind", ["video", "reel"])
def test_a_video_that_facebook_could_not_process_is_uploaded_anew(studio: Studio, kind: str) -> None:
    studio.practice.fault("fail_processing", platform="facebook", count=1)
    post = plan_files(studio, "facebook", ("clip",), "Fresh today.", format=kind)
    refused = studio.settle(post)
    assert (refused.state, refused.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert _try_again(studio, post).state is PostState.PUBLISHED
    videos = {one["id"] for one in studio.practice.accepted("facebook")}
    assert len(videos) == 1 == len(studio.practice.accepted("facebook"))


def test_media_that_can_never_be_published_are_handed_over_anew(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("fail_processing", subcode=2207026, count=1)
    assert studio.settle(post).state is PostState.FAILED
    assert _try_again(studio, post).state is PostState.PUBLISHED


def test_a_thread_that_was_refused_before_its_first_part_is_out_keeps_its_pictures(studio: Studio) -> None:
    token = studio.practice.token("x", SCOPES, X_ACME, expires_in=None)
    make_channel(studio.world, studio.cast, "x", token=token, remote_id=X_ACME)
    post = plan_files(studio, "x", ("picture",), "One.\n---\nTwo.", format="thread")
    studio.practice.fault("http", match="/x/2/tweets", method="POST", status=403, count=1, body=_DUPLICATE)
    assert studio.settle(post, most=6).reason_class == Reason.UNPROVEN
    studio.practice.fault("http", match="/x/2/tweets", method="POST", status=400, count=1, body=_INVALID)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert studio.settle(post).reason_class == Reason.REFUSED
    assert _try_again(studio, post).state is PostState.PUBLISHED
    one, two = studio.practice.accepted("x")
    assert len(one["media"]) == 1 and two["caption"] == "Two."


def test_media_that_were_never_processed_are_handed_over_anew(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("slow_processing", seconds=80_000, count=1)
    assert studio.settle(post, most=100).reason_class == Reason.GAVE_UP
    assert _try_again(studio, post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("instagram")) == 1
