"""From a person's click to the calls at the platform: one trace, through the queue, waits and other processes."""

from datetime import timedelta

import pytest

from pages.parts.notices import notices
from services import publishing
from services.kit import tracing
from services.publishing import PostState
from tests.makers.publishing import Studio
from tests.makers.seen import Seen, seeing
from tests.makers.working import empty_queue, finish


def _assert_one_trace(found: Seen, studio: Studio) -> None:
    (act,) = [span for span in found.spans if span.name == "act"]
    steps = [span for span in found.spans if span.name == "job publishing.step"]
    calls = [span for span in found.spans if span.attributes.get("http.request.method")]
    assert len(steps) > 1 and any(span.attributes["http.request.method"] == "POST" for span in calls)
    published = [
        span for span in calls if span.parent and span.parent.span_id in {one.context.span_id for one in steps}
    ]
    assert published
    assert {span.context.trace_id for span in (*steps, *published)} == {act.context.trace_id}
    for call in published:
        assert call.attributes["http.response.status_code"] == 200
        assert call.attributes["server.address"] == "127.0.0.1"
        assert call.attributes["took_ms"] > 0
    below = {span.context.span_id for span in (act, *steps)}
    sql = [span for span in found.spans if span.name == "sql" and span.parent and span.parent.span_id in below]
    assert {span.parent.span_id for span in sql if span.parent} == below  # the click wrote, and so did every step
    assert _token(studio) not in found.text()


def _token(studio: Studio) -> str:
    channel = studio.channel()
    with studio.world.worker.admin_tx() as tx:
        sealed = tx.value("select access_token from private.channel_secrets where channel_id = %(c)s", {"c": channel})
    return studio.app.sealer.open(sealed, f"channels/{channel}/access_token")


def test_a_click_that_publishes_now_and_the_calls_at_the_platform_are_one_trace(studio: Studio) -> None:
    approval = studio.approve("instagram")
    empty_queue(studio)
    with seeing() as found:
        with notices(), studio.world.web.tx(studio.cast.ana) as tx:
            post = publishing.plan_post(tx, approval, None, "Europe/Berlin")
        assert finish(studio, post).state is PostState.PUBLISHED
    _assert_one_trace(found, studio)


def test_a_post_planned_for_later_goes_on_with_the_trace_of_its_click(studio: Studio) -> None:
    approval = studio.approve("instagram")
    empty_queue(studio)
    with seeing() as found:
        with notices(), studio.world.web.tx(studio.cast.ana) as tx:
            post = publishing.plan_post(tx, approval, tx.now + timedelta(hours=3), "Europe/Berlin")
        studio.world.clock.move(hours=3)
        publishing.release_due(studio.app)
        assert finish(studio, post).state is PostState.PUBLISHED
    _assert_one_trace(found, studio)


def test_a_post_that_stops_is_a_warning_in_the_log_and_a_word_on_its_jobs_span(
    studio: Studio, caplog: pytest.LogCaptureFixture
) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=26)
    with seeing() as found, tracing.span("job publishing.step"):
        studio.step(post)
    held = studio.read(post)
    assert held.state is PostState.HELD
    told = [(line.levelname, line.message) for line in caplog.records if line.name == "loopdesk.publishing"]
    assert told == [("WARNING", f"post {post.id} is held: {held.reason}")]
    step = found.named("job publishing.step").attributes
    assert (step["post"], step["post_state"], step["reason"]) == (str(post.id), "held", held.reason_class)


def test_a_post_that_is_tried_again_goes_on_with_the_new_click(studio: Studio) -> None:
    post = studio.plan_in(1)
    studio.world.clock.move(hours=26)
    studio.step(post)
    empty_queue(studio)
    with seeing() as found:
        with notices(), studio.world.web.tx(studio.cast.ana) as tx:
            publishing.try_again(tx, post.id)
        assert finish(studio, post).state is PostState.PUBLISHED
    _assert_one_trace(found, studio)
