"""The first comment: under the post once, whatever breaks, and never the post's own affair."""

from typing import Any

import psycopg
import pytest

from services import publishing
from services.events import HEARERS, PostPublished
from services.kit.errors import RateLimited, Unavailable
from services.publishing import PostState
from services.publishing.limits import check
from services.publishing.registry import publisher
from tests.makers.posted import plan_files
from tests.makers.practice import FACEBOOK_SCOPES, INSTAGRAM_SCOPES
from tests.makers.publishing import Studio
from tests.services.publishing.platforms.contract import content

WORDS = "Ask us anything. #cones"
PLATFORMS = pytest.mark.parametrize("platform", ["instagram", "facebook"])


def published(studio: Studio, platform: str, *, may: bool = True, words: str = WORDS) -> publishing.Post:
    """A published post with a first comment, on a channel that may comment or not."""
    kind = "image" if platform == "instagram" else "text"
    files = ("picture",) if platform == "instagram" else ()
    post = plan_files(studio, platform, files, "Fresh today.", format=kind, first_comment=words)
    done = studio.settle(post)
    assert done.state is PostState.PUBLISHED
    if may:
        allow(studio, platform)
    return done


def allow(studio: Studio, platform: str) -> None:
    """Reconnect with the right to comment."""
    if platform == "instagram":
        token = studio.practice.instagram_token(*INSTAGRAM_SCOPES, "instagram_business_manage_comments")
    else:
        token = studio.practice.page_token(*FACEBOOK_SCOPES, "pages_manage_engagement")
    channel = studio.channel(platform)
    with studio.world.worker.admin_tx() as tx:
        sealed = studio.world.worker.sealer.seal(token, f"channels/{channel}/access_token")
        tx.run(
            "update private.channel_secrets set access_token = %(sealed)s where channel_id = %(id)s",
            {"sealed": sealed, "id": channel},
        )


def run(studio: Studio, post: publishing.Post) -> None:
    publishing.post_first_comment(studio.app, studio.cast.acme, post.id)


def sent(studio: Studio) -> list[dict[str, Any]]:
    """The comments that the platform took."""
    made = [one for one in studio.practice.requests("/comments") if one["method"] == "POST" and one["status"] == 200]
    return [one["params"]["message"] for one in made]


def told(studio: Studio, post: publishing.Post) -> list[str]:
    with studio.world.web.tx(studio.cast.ana) as tx:
        return [line.detail for line in publishing.history_of(tx, post.id) if "first comment" in line.detail]


@PLATFORMS
def test_it_is_posted_once_however_often_the_job_runs(studio: Studio, platform: str) -> None:
    post = published(studio, platform)
    run(studio, post)
    run(studio, post)
    assert sent(studio) == [WORDS]
    assert told(studio, post) == ["The first comment is under the post."]


@PLATFORMS
def test_a_lost_answer_is_tried_again_and_the_next_try_finds_it(studio: Studio, platform: str) -> None:
    post = published(studio, platform)
    studio.practice.fault("lose_reply", match="/comments", method="POST", count=1)
    with pytest.raises(Unavailable):
        run(studio, post)
    run(studio, post)
    assert sent(studio) == [WORDS] and len(told(studio, post)) == 1


@PLATFORMS
def test_without_the_right_the_post_stays_published_and_its_history_says_why(studio: Studio, platform: str) -> None:
    post = published(studio, platform, may=False)
    run(studio, post)
    (line,) = told(studio, post)
    assert line.startswith("The first comment was not posted:") and sent(studio) == []
    assert studio.read(post).state is PostState.PUBLISHED
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert tx.value("select state from app.channels where id = %(id)s", {"id": post.channel_id}) == "connected"


def test_words_that_are_not_the_approved_ones_are_not_posted(studio: Studio) -> None:
    post = published(studio, "facebook")
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        words = "jsonb_set(sealed, '{first_comment}', '\"Buy elsewhere.\"')"
        connection.execute(f"update app.approvals set sealed = {words} where id = %s", (post.approval_id,))
    run(studio, post)
    assert sent(studio) == []
    assert told(studio, post) == ["The first comment was not posted: it differs from what was approved."]


def test_an_outage_or_a_limit_is_the_queues_to_wait_for(studio: Studio) -> None:
    post = published(studio, "facebook")
    studio.practice.fault("http", match="/comments", status=503, count=1)
    with pytest.raises(Unavailable):
        run(studio, post)
    limit = {"error": {"code": 4, "message": "Slow down"}}
    studio.practice.fault("http", match="/comments", status=403, body=limit, count=1)
    with pytest.raises(RateLimited):
        run(studio, post)
    assert told(studio, post) == []


def test_a_post_without_one_asks_the_platform_nothing(studio: Studio) -> None:
    post = published(studio, "facebook", words="")
    before = len(studio.practice.requests())
    run(studio, post)
    assert len(studio.practice.requests()) == before and told(studio, post) == []


def test_a_post_that_is_not_out_has_no_comments(studio: Studio) -> None:
    post = plan_files(studio, "facebook", (), "Fresh today.", format="text", first_comment=WORDS)
    run(studio, post)
    assert studio.practice.requests("/comments") == []


def test_a_published_post_queues_it(studio: Studio) -> None:
    post = published(studio, "facebook")
    assert "publishing.post_first_comment" in [job.task for job in HEARERS[PostPublished]]
    assert studio.queued(PostPublished, post) == len(HEARERS[PostPublished])


def test_where_no_comment_can_be_posted_it_is_refused_while_composing() -> None:
    for platform, is_taken in (("facebook", True), ("x", False)):
        spec = publisher(platform, "text").spec
        problems = check(spec, content(platform, media=(), first_comment=WORDS))
        assert [problem.where for problem in problems] == ([] if is_taken else ["first_comment"])
        assert publishing.takes_comments(platform) is is_taken
