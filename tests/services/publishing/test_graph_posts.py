"""Instagram's and Facebook's formats through the worker's steps: from the approval to one post, whatever breaks."""

import pytest

from services.publishing import PostState, Reason
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

CASES = {
    ("instagram", "reel"): ("clip",),
    ("instagram", "story"): ("picture",),
    ("instagram", "carousel"): ("picture", "square clip"),
    ("facebook", "text"): (),
    ("facebook", "photos"): ("picture", "picture"),
    ("facebook", "video"): ("clip",),
    ("facebook", "reel"): ("clip",),
}
CALLS = {key: "/media_publish" for key in CASES if key[0] == "instagram"} | {
    ("facebook", "text"): "/feed",
    ("facebook", "photos"): "/feed",
    ("facebook", "video"): "/videos",
    ("facebook", "reel"): "/video_reels",
}
every_format = pytest.mark.parametrize(("platform", "kind"), CASES)


@every_format
def test_each_format_goes_out_once_as_it_was_sealed(studio: Studio, platform: str, kind: str) -> None:
    post = plan_files(studio, platform, CASES[platform, kind], "Fresh today.", format=kind)
    done = studio.settle(post)
    (accepted,) = studio.practice.accepted(platform)
    assert (done.state, done.remote_id) == (PostState.PUBLISHED, accepted["id"])
    assert accepted["format"] == kind and len(accepted["media"]) == len(CASES[platform, kind])
    assert accepted["caption"] == ("" if kind == "story" else "Fresh today.")


@every_format
def test_a_lost_answer_ends_in_one_post(studio: Studio, platform: str, kind: str) -> None:
    post = plan_files(studio, platform, CASES[platform, kind], "Fresh today.", format=kind)
    if kind != "text":
        studio.step(post)  # handed over; the same address then takes the call that cannot be taken back
    studio.practice.fault("lose_reply", match=CALLS[platform, kind], method="POST", count=1)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted(platform)) == 1
    assert [one["answered"] for one in studio.practice.requests(CALLS[platform, kind])].count(False) == 1


def test_a_reel_that_is_still_processed_is_taken_and_not_doubted(studio: Studio) -> None:
    post = plan_files(studio, "facebook", ("clip",), "Moving.", format="reel")
    studio.practice.fault("slow_processing", seconds=2_400)
    studio.step(post)
    taken = studio.wait_and_step(post)
    assert (taken.state, taken.reason_class) == (PostState.UNCONFIRMED, Reason.ACCEPTED)
    assert studio.settle(post, most=200).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("facebook")) == 1


def test_a_reel_that_facebook_cannot_process_fails_in_its_words(studio: Studio) -> None:
    post = plan_files(studio, "facebook", ("clip",), "Moving.", format="reel")
    studio.practice.fault("fail_processing", match="/video_reels", count=1)
    failed = studio.settle(post)
    assert failed.state is PostState.FAILED and "could not process the video" in failed.reason
    assert studio.practice.accepted("facebook") == []


def test_a_carousel_whose_parent_is_slow_is_published_by_the_parent_it_has(studio: Studio) -> None:
    post = plan_files(studio, "instagram", ("picture", "square clip"), "Both.", format="carousel")
    done = studio.settle(post)
    parents = [one for one in studio.practice.requests("/media") if one["params"].get("media_type") == "CAROUSEL"]
    assert done.state is PostState.PUBLISHED and len(parents) == 1
