"""A run of the sender is done when the worker did its part; its line says what became of the post."""

from services import publishing
from services.publishing import PostState
from tests.makers.publishing import Studio
from tests.makers.working import empty_queue, finish, work


def _said(studio: Studio) -> list[tuple[str, str | None]]:
    """State and sentence of the sender's runs, in order."""
    with studio.world.web.tx(studio.cast.ana) as tx:
        return tx.tuples(
            "select status, outcome ->> 'said' from app.job_runs where task = 'publishing.step' order by id", {}
        )


def test_a_post_that_went_out_is_told_by_its_run_which_leads_to_it(studio: Studio) -> None:
    empty_queue(studio)
    post = finish(studio, studio.plan("facebook"))
    assert post.state is PostState.PUBLISHED
    assert _said(studio)[-1] == ("succeeded", "The post is out.")
    with studio.world.web.tx(studio.cast.ana) as tx:
        path = tx.value(
            "select outcome -> 'links' -> 0 ->> 'path' from app.job_runs where task = 'publishing.step'", {}
        )
    assert path == f"/calendar?post={post.id}"


def test_a_post_held_or_unconfirmed_is_told_with_its_reason(studio: Studio) -> None:
    empty_queue(studio)
    late = studio.plan_in(1, "facebook")
    studio.world.clock.move(days=2)
    publishing.release_due(studio.app)
    work(studio)
    assert studio.read(late).state is PostState.HELD
    status, said = _said(studio)[-1]
    assert status == "succeeded" and said == f"The post is on hold. {studio.read(late).reason}"
    studio.practice.fault("lose_reply", match="/feed", method="POST", count=1)
    studio.practice.fault("lose_reply", match="/photos", method="POST", count=1)
    doubtful = studio.plan("facebook", caption="Another one.")
    work(studio)
    assert studio.read(doubtful).state is PostState.UNCONFIRMED
    assert _said(studio)[-1] == ("succeeded", f"The post is unconfirmed. {studio.read(doubtful).reason}")
