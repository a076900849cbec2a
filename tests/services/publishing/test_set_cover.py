"""The cover that is given once a video is out: set once, whatever breaks, and never the post's own affair."""

from hashlib import sha256

import httpx
import pytest

from services import publishing
from services.events import HEARERS, CoverWanted, PostPublished
from services.identity import RoleTooLow
from services.kit.errors import Unavailable
from services.kit.files import FileForbidden
from services.practice.seeds import ACCOUNTS
from services.practice.youtube.access import SCOPES
from services.publishing import PostState
from tests.makers.accounts import make_channel
from tests.makers.graph import still
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

ACME = next(iter(ACCOUNTS["youtube"]))
SET, SHA256 = "/thumbnails/set", sha256(still(1280, 720)).hexdigest()


def published(studio: Studio, cover: str = "wide picture") -> publishing.Post:
    """A public video with a cover that was approved with it."""
    token = studio.practice.token("youtube", SCOPES, ACME)
    make_channel(studio.world, studio.cast, "youtube", token=token, remote_id=ACME)
    chosen = {"format": "video", "title": "Boots", "privacy": "public", "made_for_kids": "no"}
    done = studio.settle(plan_files(studio, "youtube", ("square clip",), "Fresh today.", cover=cover, **chosen))
    assert done.state is PostState.PUBLISHED
    return done


def run(studio: Studio, post: publishing.Post) -> None:
    publishing.set_cover(studio.app, studio.cast.acme, post.id)


def sent(studio: Studio) -> int:
    return len(studio.practice.requests(SET))


def detail(studio: Studio, post: publishing.Post) -> publishing.PostDetail:
    with studio.world.web.tx(studio.cast.ana) as tx:
        return publishing.post_detail(tx, post.id)


def shown(studio: Studio) -> str:
    (post,) = studio.practice.accepted("youtube")
    return str(post["details"].get("cover", ""))


def test_it_is_set_once_however_often_the_job_runs_and_everybody_sees_it(studio: Studio) -> None:
    post = published(studio)
    assert shown(studio) == ""
    run(studio, post)
    run(studio, post)
    step = detail(studio, post).cover
    assert (sent(studio), shown(studio)) == (1, SHA256) and step is not None and step.is_set
    assert [line.detail for line in detail(studio, post).history if "cover" in line.detail] == ["The cover is set."]
    publishing.fetch_permalink(studio.app, studio.cast.acme, post.id)
    address = studio.read(post).permalink
    assert address is not None and f'/images/{SHA256}"' in httpx.get(address, follow_redirects=True).text


def test_a_refusal_leaves_the_post_as_it_is_says_why_and_can_be_tried_again(studio: Studio) -> None:
    post = published(studio)
    studio.practice.settings(youtube_thumbnails=0)
    run(studio, post)
    run(studio, post)
    now = detail(studio, post)
    assert now.post.state is PostState.PUBLISHED and now.cover is not None and not now.cover.is_set
    assert "confirmed phone number" in now.cover.reason
    assert [line.detail for line in now.history if "cover" in line.detail] == [
        f"The cover could not be set: {now.cover.reason}"
    ]
    studio.practice.settings(youtube_thumbnails=1)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_cover_again(tx, post.id)
    assert studio.queued(CoverWanted, post) == 2  # the one of the publication, and this
    run(studio, post)
    assert shown(studio) == SHA256
    with studio.world.web.tx(studio.cast.ana) as tx, pytest.raises(publishing.CoverIsSet):
        publishing.try_cover_again(tx, post.id)


def test_a_lost_answer_is_tried_again_and_ends_with_the_same_picture(studio: Studio) -> None:
    post = published(studio)
    studio.practice.fault("lose_reply", match=SET, method="POST", count=1)
    with pytest.raises(Unavailable):
        run(studio, post)
    step = detail(studio, post).cover
    assert step is not None and not step.is_set and step.reason.endswith("It is tried again.")
    run(studio, post)
    step = detail(studio, post).cover
    assert shown(studio) == SHA256 and step is not None and step.is_set


def test_a_picture_that_is_not_the_approved_one_is_not_sent(studio: Studio) -> None:
    post = published(studio)
    cover = detail(studio, post).content.cover
    assert cover is not None
    (studio.app.settings.loopdesk_data / "files" / cover.file_key).write_bytes(still(1280, 721))
    run(studio, post)
    step = detail(studio, post).cover
    assert sent(studio) == 0 and step is not None
    assert step.reason == "The stored picture is not the one that was approved."


def test_without_a_cover_the_platform_is_asked_nothing(studio: Studio) -> None:
    post = published(studio, cover="")
    run(studio, post)
    assert (sent(studio), detail(studio, post).cover) == (0, None)
    with studio.world.web.tx(studio.cast.ana) as tx, pytest.raises(publishing.CoverIsSet):
        publishing.try_cover_again(tx, post.id)


def test_who_may_only_look_tries_nothing_again_and_others_do_not_see_the_post(studio: Studio) -> None:
    post = published(studio)
    studio.practice.settings(youtube_thumbnails=0)
    run(studio, post)
    with studio.world.web.tx(studio.cast.vera) as tx, pytest.raises(RoleTooLow):
        publishing.try_cover_again(tx, post.id)
    with studio.world.web.tx(studio.cast.cleo) as tx, pytest.raises(publishing.PostNotFound):
        publishing.try_cover_again(tx, post.id)


def test_a_published_post_queues_it() -> None:
    assert "publishing.set_cover" in [job.task for job in HEARERS[PostPublished]]


def test_a_store_that_refuses_the_picture_is_told_and_can_be_tried_again(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = published(studio)

    def refuses(_key: str) -> None:
        raise FileForbidden()

    with monkeypatch.context() as patched:
        patched.setattr(studio.app.files, "open", refuses)
        run(studio, post)
    step = detail(studio, post).cover
    assert step is not None and not step.is_set and "refuses the approved picture" in step.reason
    run(studio, post)
    assert shown(studio) == SHA256
