"""What real platforms need of us before a time can be promised: a media host they reach, a page that answers."""

from collections.abc import Callable
from dataclasses import replace

import httpx
import psycopg
import pytest

from services import media, notifications, publishing
from services.events import PreflightDue
from services.publishing import PostState, Reason
from tests.makers.publishing import Studio
from tests.makers.world import with_http

LINK = "https://morrow.example/menu"


def _sql(studio: Studio, statement: str, *values: object) -> None:
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        connection.execute(statement, values)


@pytest.fixture(autouse=True)
def _nothing_known(studio: Studio) -> None:
    _sql(studio, "delete from app.media_host")


def _real(studio: Studio, platform: str = "instagram") -> None:
    """The channel is one of the real platform, and was asked a moment ago."""
    real = "update app.channels set is_practice = false, last_success_at = %s where id = %s"
    _sql(studio, real, studio.world.clock.now(), studio.channel(platform))


def _answering(studio: Studio, answer: Callable[[httpx.Request], httpx.Response]) -> Studio:
    return replace(studio, app=with_http(studio.app, httpx.MockTransport(answer)))


def _plan(studio: Studio, approval: object) -> publishing.Post:
    with studio.world.web.tx(studio.cast.ana) as tx:
        return publishing.plan_post(tx, approval, tx.now.replace(hour=18), "Europe/Berlin")  # type: ignore[arg-type]


def test_nothing_is_scheduled_on_a_real_platform_that_could_not_fetch_it(studio: Studio) -> None:
    _real(studio)
    approval = studio.approve("instagram")
    with pytest.raises(publishing.NotFetchable, match="not known yet"):
        _plan(studio, approval)
    media.check_reach(studio.app)
    with pytest.raises(publishing.NotFetchable, match="Set MEDIA_PUBLIC_URL"):
        _plan(studio, approval)
    _sql(studio, "update app.media_host set problem = ''")
    assert _plan(studio, approval).state is PostState.PLANNED


def test_a_practice_platform_on_this_machine_needs_no_media_host(studio: Studio) -> None:
    media.check_reach(studio.app)
    assert studio.plan_in(5).state is PostState.PLANNED


def test_the_problem_is_shown_before_anybody_asks_for_approval(studio: Studio) -> None:
    media.check_reach(studio.app)
    version = studio.plan_in(5).version_id
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert publishing.problems(tx, version, studio.channel()) == []
    _real(studio)
    with studio.world.web.tx(studio.cast.ana) as tx:
        (problem,) = publishing.problems(tx, version, studio.channel())
    assert problem.where == "media"
    assert "MEDIA_PUBLIC_URL" in problem.sentence


def test_every_format_that_hands_over_an_address_says_that_the_platform_fetches_it() -> None:
    pulling = {
        (platform, name)
        for platform in ("instagram", "facebook", "tiktok", "linkedin", "pinterest", "x", "youtube")
        for name in publishing.formats(platform)
        if publishing.spec_of(platform, name).pulls
    }
    assert pulling == {
        *(("instagram", name) for name in ("image", "carousel", "reel", "story")),
        *(("facebook", name) for name in ("photo", "photos")),
        *(("tiktok", name) for name in ("photos", "video_url")),
    }


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (200, "<title>Menu</title>", ""),
        (404, "<title>Menu</title>", "answers 404"),
        (200, "<title>Menu</title><link rel=canonical href='/closed'>", "names another page"),
    ],
)
def test_the_linked_page_is_looked_at(studio: Studio, status: int, body: str, told: str) -> None:
    _real(studio, "facebook")
    _sql(studio, "insert into app.media_host (address, problem, checked_at) values ('', '', now())")
    post = studio.plan_in(2, "facebook", link=LINK)
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["host"])
        return httpx.Response(status, text=body)

    watched = _answering(studio, answer)
    set_up = watched.app.settings.model_copy(update={"facebook_client_id": "1", "media_public_url": "http://x"})
    publishing.preflight(replace(watched.app, settings=set_up), studio.cast.acme, post.id)
    assert asked == ["morrow.example"]
    now = studio.read(post)
    assert told in now.reason
    assert "MEDIA_PUBLIC_URL" in now.reason
    assert now.reason_class == (Reason.AT_RISK if told else Reason.MEDIA)


def test_a_rehearsal_may_link_to_a_page_that_is_not_there_yet(studio: Studio) -> None:
    post = studio.plan_in(2, link="https://tomorrow.example/")
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).reason == ""


def test_the_account_is_asked_anew_where_it_was_not_heard_of_for_long(studio: Studio) -> None:
    post = studio.plan_in(2, "facebook")
    studio.practice.fault("http", match="/", status=400, count=5)
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).reason != ""


def test_a_person_asks_for_the_checks_again(studio: Studio) -> None:
    post = studio.plan_in(30)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.check_again(tx, post.id)
    assert studio.queued(PreflightDue, post) == 1
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.cancel_post(tx, post.id)
    with pytest.raises(publishing.PostLocked), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.check_again(tx, post.id)
    with pytest.raises(publishing.PostNotFound), studio.world.web.tx(studio.cast.cleo) as tx:
        publishing.check_again(tx, post.id)


def test_nobody_is_told_twice_of_the_same_risk(studio: Studio) -> None:
    post = studio.plan_in(2)
    _real(studio)
    for _ in range(2):
        publishing.preflight(studio.app, studio.cast.acme, post.id)
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert len(notifications.notices(tx)) == 1
