"""What the platform says no to, and what follows from it."""

from datetime import timedelta

import httpx

from services import publishing
from services.events import PostStopped
from services.publishing import PostState, Reason
from tests.makers.publishing import Studio


def _unreachable(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_a_refused_connection_was_certainly_not_sent_and_is_tried_again(studio: Studio) -> None:
    post = studio.plan("facebook")
    away = studio.with_http(httpx.Client(transport=httpx.MockTransport(_unreachable)))
    waiting = away.step(post)
    assert (waiting.state, waiting.is_taken) == (PostState.READY, False)
    assert waiting.wake_at is not None
    wait = (waiting.wake_at - studio.world.clock.now()).total_seconds()
    assert 5 <= wait <= 6.3
    assert studio.wait_and_step(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_a_refusal_in_characters_that_no_database_takes_is_told_all_the_same(studio: Studio) -> None:
    body = b'{"error": {"code": 100, "message": "Not this \\ud83d\\u0000caption."}}'
    told = httpx.MockTransport(lambda _: httpx.Response(400, content=body))
    failed = studio.with_http(httpx.Client(transport=told)).step(studio.plan("facebook"))
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert "Not this ?caption." in failed.reason


def test_after_six_hours_out_of_reach_it_has_failed(studio: Studio) -> None:
    post = studio.plan("facebook")
    away = studio.with_http(httpx.Client(transport=httpx.MockTransport(_unreachable)))
    now = away.step(post)
    for _ in range(80):
        if now.state is PostState.FAILED:
            break
        now = away.wait_and_step(post)
    assert (now.state, now.reason_class) == (PostState.FAILED, Reason.GAVE_UP)
    assert timedelta(hours=6) < now.state_at - post.due_at < timedelta(hours=6, minutes=15)


def test_an_ended_token_holds_the_post_until_somebody_reconnects(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("expire_token", match="/media", count=1)
    held = studio.step(post)
    assert (held.state, held.reason_class, held.wake_at) == (PostState.HELD, Reason.TOKEN, None)
    with studio.world.worker.tx(studio.cast.worker) as tx:
        assert tx.value("select state from app.channels", {}) == "needs_reconnect"
    studio.renew("instagram")
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED


def test_a_used_up_quota_holds_the_post_until_the_platform_says(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("quota", match="/media_publish", count=1)
    studio.step(post)
    held = studio.wait_and_step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.QUOTA)
    assert held.wake_at and held.wake_at - studio.world.clock.now() == timedelta(hours=1)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_content_that_is_refused_fails_with_the_platforms_words(studio: Studio) -> None:
    post = studio.plan("instagram")
    body = {"error": {"code": 36003, "error_subcode": 2207009, "message": "m", "error_user_msg": "Wrong shape."}}
    studio.practice.fault("http", match="/media", status=400, body=body, count=1)
    failed = studio.step(post)
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert "Wrong shape." in failed.reason
    assert studio.practice.accepted() == []


def test_media_that_fails_for_their_reasons_gets_a_new_container(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("fail_processing", subcode=2207076, count=1)
    assert studio.settle(post).state is PostState.PUBLISHED
    made = [r for r in studio.practice.requests("/media") if r["method"] == "POST" and r["path"].endswith("/media")]
    assert len(made) == 2


def test_media_in_a_wrong_format_fails_at_once(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("fail_processing", subcode=2207026, count=1)
    assert studio.settle(post).state is PostState.FAILED


def test_media_that_is_never_ready_fails_after_two_hours(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("slow_processing", seconds=10_000, count=1)
    failed = studio.settle(post, most=100)
    assert (failed.state, failed.reason_class) == (PostState.FAILED, Reason.GAVE_UP)
    assert studio.practice.accepted() == []


def test_somebody_is_told_when_a_post_stops(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("fail_processing", subcode=2207026, count=1)
    studio.settle(post)
    assert studio.queued(PostStopped, post) == 1


def test_a_wait_for_quota_is_told_once_not_at_every_try(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.practice.fault("quota", match="/media_publish", count=4)
    studio.step(post)
    for _ in range(8):
        if studio.wait_and_step(post).state is PostState.PUBLISHED:
            break
    assert studio.read(post).state is PostState.PUBLISHED
    assert studio.queued(PostStopped, post) == 1
