"""TikTok's formats through the worker's steps: from the approval to one post, whatever breaks on the way."""

from datetime import timedelta

import pytest

from services import publishing
from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.signin import SCOPES
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

ACME = next(iter(ACCOUNTS["tiktok"]))
FILES = {"video": ("clip",), "video_url": ("clip",), "photos": ("picture", "picture"), "draft": ("clip",)}
CALLS = {"video": "/tiktok/upload/", "draft": "/tiktok/upload/", "video_url": "/init/", "photos": "/init/"}
every_format = pytest.mark.parametrize("kind", FILES)


def plan(studio: Studio, kind: str, *, privacy: str = "PUBLIC_TO_EVERYONE") -> publishing.Post:
    token = studio.practice.token("tiktok", SCOPES, ACME)
    make_channel(studio.world, studio.cast, "tiktok", token=token, remote_id=ACME)
    own = {} if kind == "draft" else {"privacy": privacy}
    return plan_files(studio, "tiktok", FILES[kind], "Fresh today.", format=kind, **own)


@every_format
def test_each_format_goes_out_once_as_it_was_sealed(studio: Studio, kind: str) -> None:
    done = studio.settle(plan(studio, kind))
    (accepted,) = studio.practice.accepted("tiktok")
    assert done.state is PostState.PUBLISHED and done.remote_id is not None
    assert done.remote_id.endswith(accepted["id"]) and (kind == "draft") != (done.remote_id == accepted["id"])
    assert accepted["format"] == kind and len(accepted["media"]) == len(FILES[kind])
    assert accepted["caption"] == ("" if kind == "draft" else "Fresh today.")


@every_format
def test_a_lost_answer_ends_in_one_post(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    if kind in ("video", "draft"):
        studio.step(post)
    studio.practice.fault("lose_reply", match=CALLS[kind], count=1)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("tiktok")) == 1
    assert [one["answered"] for one in studio.practice.requests(CALLS[kind])].count(False) == 1


@pytest.mark.parametrize("kind", ["video", "draft"])
def test_a_last_part_that_did_not_arrive_is_sent_again_to_the_same_upload(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    studio.step(post)
    studio.practice.fault("http", match=CALLS[kind], status=503, count=3)
    assert studio.settle(post, most=30).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("tiktok")) == 1 and len(studio.practice.requests("/init/")) == 1


@pytest.mark.parametrize("kind", ["video_url", "photos"])
def test_a_lost_answer_that_nothing_proves_becomes_a_question_for_a_person(studio: Studio, kind: str) -> None:
    post = plan(studio, kind, privacy="SELF_ONLY")
    studio.practice.fault("lose_reply", match="/init/", count=1)
    asked = studio.settle(post, most=6)
    assert (asked.state, asked.reason_class) == (PostState.UNCONFIRMED, Reason.UNPROVEN)
    assert len(studio.practice.accepted("tiktok")) == 1 and len(studio.practice.requests("/init/")) == 1


def test_a_post_that_only_its_owner_sees_is_published_without_an_address(studio: Studio) -> None:
    post = plan(studio, "video", privacy="SELF_ONLY")
    done = studio.settle(post)
    assert done.state is PostState.PUBLISHED and str(done.remote_id).startswith("v_pub_file~v2-1.")
    publishing.fetch_permalink(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).permalink is None


def test_nothing_is_planned_before_a_person_said_who_may_see_it(studio: Studio) -> None:
    with pytest.raises(publishing.DoesNotFit, match="Who can see this"):
        plan(studio, "video", privacy="")


def test_a_used_up_day_is_asked_again_every_hour_until_it_is_over(studio: Studio) -> None:
    post = plan(studio, "video")
    studio.practice.settings(tiktok_quota_total=0)
    held = studio.step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.QUOTA)
    assert held.wake_at is not None and held.wake_at - studio.world.clock.now() >= timedelta(hours=1)
    studio.wait_and_step(post)
    studio.practice.settings(tiktok_quota_total=15)
    assert studio.settle(post).state is PostState.PUBLISHED and len(studio.practice.accepted("tiktok")) == 1


def test_slow_processing_is_waited_for_and_never_doubted(studio: Studio) -> None:
    studio.practice.fault("slow_processing", platform="tiktok", seconds=2_400, count=1)
    assert studio.settle(plan(studio, "video"), most=200).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("tiktok")) == 1


def test_nobody_sends_again_what_tiktok_has_and_still_processes(studio: Studio) -> None:
    studio.practice.fault("slow_processing", platform="tiktok", seconds=2_400, count=1)
    post = plan(studio, "video_url")
    assert studio.step(post).reason_class == Reason.ACCEPTED
    with pytest.raises(publishing.NotUnconfirmed), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert studio.settle(post, most=200).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("tiktok")) == 1


def test_a_failure_inside_tiktok_is_tried_anew_and_a_refusal_is_told(studio: Studio) -> None:
    studio.practice.fault("fail_processing", platform="tiktok", count=1)
    assert studio.settle(plan(studio, "video"), most=30).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("tiktok")) == 1


def test_what_tiktok_refuses_while_processing_fails_in_its_words(studio: Studio) -> None:
    studio.practice.fault("fail_processing", platform="tiktok", count=1, body="spam_risk_text")
    failed = studio.settle(plan(studio, "photos"))
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert "takes the text for spam" in failed.reason and studio.practice.accepted("tiktok") == []


def test_an_app_that_is_not_audited_says_what_is_possible(studio: Studio) -> None:
    studio.practice.settings(tiktok_audited=0)
    failed = studio.settle(plan(studio, "video"))
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert "not audited this app yet" in failed.reason


def test_the_audiences_to_choose_from_are_those_that_the_account_offers_now(studio: Studio) -> None:
    plan(studio, "video")
    offered = publishing.offered(studio.web_app, studio.cast.ana, studio.channel("tiktok"), "audiences")
    assert ("PUBLIC_TO_EVERYONE", "Everyone") in offered and ("SELF_ONLY", "Only me") in offered
