"""An approved ad goes out once, as approved, and its way is written down."""

from services import publishing
from services.publishing import PostState
from tests.makers.publishing import Studio


def test_an_instagram_picture_is_prepared_then_published_once(studio: Studio) -> None:
    post = studio.plan("instagram", caption="Fresh today.", link="https://acme.example/cones")
    waiting = studio.step(post)
    assert (waiting.state, waiting.is_taken) == (PostState.PROCESSING, False)
    done = studio.settle(post)
    assert done.state is PostState.PUBLISHED
    (accepted,) = studio.practice.accepted()
    assert accepted["id"] == done.remote_id
    assert accepted["caption"].startswith("Fresh today.\n\nhttps://acme.example/cones?utm_content=p_")


def test_a_page_photo_is_published_in_one_go(studio: Studio) -> None:
    post = studio.plan("facebook")
    done = studio.step(post)
    assert done.state is PostState.PUBLISHED
    (accepted,) = studio.practice.accepted("facebook")
    assert accepted["id"] == done.remote_id


def test_what_arrives_is_byte_for_byte_what_was_sealed(studio: Studio) -> None:
    for platform, placement in (("instagram", "feed"), ("facebook", "square")):
        post = studio.plan(platform)
        studio.settle(post)
        (accepted,) = studio.practice.accepted(platform)
        with studio.world.worker.tx(studio.cast.worker) as tx:
            sealed = tx.value("select sealed from app.approvals where id = %(id)s", {"id": post.approval_id})
            media = tx.value("select media from app.draft_versions where id = %(id)s", {"id": post.version_id})
        picture = next(item for item in media if item["placement"] == placement)
        assert accepted["image_sha256"] == sealed["media"][0]["sha256"] == picture["sha256"]
        assert (accepted["caption"], accepted["alt_text"]) == (sealed["text"], sealed["media"][0]["alt_text"])


def test_every_step_leaves_a_line_and_a_timestamp(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.settle(post)
    with studio.world.web.tx(studio.cast.ana) as tx:
        told = [line.to_state for line in publishing.history_of(tx, post.id)]
        (attempt,) = publishing.attempts_of(tx, post.id)
    assert told == ["due", "preparing", "uploading", "processing", "ready", "publishing", "published"]
    assert attempt.outcome is publishing.Outcome.PUBLISHED
    assert attempt.intent_at and attempt.answered_at and "container" in attempt.remote


def test_a_finished_post_is_left_alone_by_another_run(studio: Studio) -> None:
    post = studio.plan("facebook")
    studio.step(post)
    before = len(studio.practice.requests())
    publishing.step(studio.app, studio.cast.acme, post.id)
    assert len(studio.practice.requests()) == before


def test_the_public_address_is_fetched_afterwards(studio: Studio) -> None:
    post = studio.plan("instagram")
    studio.settle(post)
    publishing.fetch_permalink(studio.app, studio.cast.acme, post.id)
    assert "/instagram/p/" in (studio.read(post).permalink or "")
