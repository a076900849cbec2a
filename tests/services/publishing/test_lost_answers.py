"""A call without a clear answer is never repeated before its outcome is known."""

import httpx
import pytest

from services import publishing
from services.publishing import Outcome, PostState, Reason
from tests.makers.publishing import Studio


def _publish_losing(studio: Studio, platform: str, match: str, **terms: object) -> publishing.Post:
    studio.practice.fault(str(terms.pop("kind", "lose_reply")), match=match, count=1, **terms)
    post = studio.plan(platform)
    now = studio.step(post)
    return studio.wait_and_step(post) if now.state is PostState.PROCESSING else now


def test_a_lost_answer_is_looked_up_after_ten_seconds_and_found(studio: Studio) -> None:
    post = _publish_losing(studio, "instagram", "/media_publish")
    assert (post.state, post.reason_class) == (PostState.UNCONFIRMED, Reason.LOOKING)
    assert post.wake_at and (post.wake_at - studio.world.clock.now()).total_seconds() == 10
    found = studio.wait_and_step(post)
    (accepted,) = studio.practice.accepted()
    assert (found.state, found.remote_id) == (PostState.PUBLISHED, accepted["id"])
    assert len(studio.practice.requests("/media_publish")) == 1


def test_a_found_post_carries_the_platforms_own_time(studio: Studio) -> None:
    post = _publish_losing(studio, "facebook", "/photos")
    at = studio.world.clock.now()
    assert studio.wait_and_step(post).published_at == at


def test_an_unpublished_container_proves_absence_and_is_used_again(studio: Studio) -> None:
    post = _publish_losing(studio, "instagram", "/media_publish", kind="http", status=502)
    done = studio.settle(post)
    assert done.state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1
    assert (
        len([r for r in studio.practice.requests("/media") if r["path"].endswith("/media") and r["method"] == "POST"])
        == 1
    )
    with studio.world.worker.tx(studio.cast.worker) as tx:
        first, second = publishing.attempts_of(tx, post.id)
    assert (first.outcome, second.outcome) == (Outcome.ABSENT, Outcome.PUBLISHED)
    assert first.remote == second.remote


def test_a_page_photo_without_a_trace_is_asked_about_after_five_looks(studio: Studio) -> None:
    post = _publish_losing(studio, "facebook", "/photos", kind="http", status=503)
    waits = []
    for _ in range(5):
        assert post.wake_at is not None
        waits.append(round((post.wake_at - studio.world.clock.now()).total_seconds()))
        post = studio.wait_and_step(post)
    assert waits == [10, 30, 120, 600, 1800]
    assert (post.state, post.reason_class) == (PostState.UNCONFIRMED, Reason.UNPROVEN)
    assert len(studio.practice.requests("/photos")) == 1


def _asked_about(studio: Studio, *, performs: bool) -> publishing.Post:
    post = _publish_losing(studio, "facebook", "/photos", kind="http", status=500, perform=performs)
    studio.practice.fault("http", match="/published_posts", status=500)
    for _ in range(5):
        post = studio.wait_and_step(post)
    studio.practice.clear_faults()
    assert post.reason_class == Reason.UNPROVEN
    return post


def test_a_person_says_it_is_there_with_its_address(studio: Studio) -> None:
    post = _asked_about(studio, performs=True)
    (accepted,) = studio.practice.accepted()
    with pytest.raises(publishing.AddressWrong):
        publishing.confirm_there(studio.web_app, studio.cast.ana, post.id, "https://www.facebook.com/elsewhere")
    publishing.confirm_there(studio.web_app, studio.cast.ana, post.id, accepted["id"])
    assert studio.read(post).remote_id == accepted["id"]
    with pytest.raises(publishing.NotUnconfirmed):
        publishing.confirm_there(studio.web_app, studio.cast.ana, post.id, accepted["id"])


def test_a_person_says_it_is_not_there_and_it_is_published_once(studio: Studio) -> None:
    post = _asked_about(studio, performs=False)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    with pytest.raises(publishing.NotUnconfirmed), studio.world.web.tx(studio.cast.ben) as tx:
        publishing.confirm_absent(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_nobody_sends_again_what_is_still_looked_for(studio: Studio) -> None:
    post = _publish_losing(studio, "facebook", "/photos")
    with pytest.raises(publishing.NotUnconfirmed, match="still looked for"), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1


def test_two_posts_with_equal_words_never_claim_the_same_post(studio: Studio) -> None:
    studio.practice.fault("lose_reply", match="/photos", count=2)
    posts = [studio.plan("facebook", caption="The same words.") for _ in range(2)]
    for post in posts:
        studio.step(post)
    ends = [studio.settle(post) for post in posts]
    assert {end.state for end in ends} == {PostState.PUBLISHED}
    assert len({end.remote_id for end in ends}) == 2 == len(studio.practice.accepted())


def test_a_timeout_counts_as_unknown(studio: Studio) -> None:
    slow = httpx.Client(trust_env=False, timeout=0.2)
    studio.practice.fault("hold", match="/photos", seconds=1.0, when="after", count=1)
    post = studio.plan("facebook")
    hasty = studio.with_http(slow)
    assert hasty.step(post).state is PostState.UNCONFIRMED
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted()) == 1
