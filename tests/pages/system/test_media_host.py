"""System: what the worker found out about the media host is told with what to set."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from services import media
from tests.makers.cast import Cast
from tests.makers.jobs import make_job
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("delete from app.media_host")
    with showing(world, "system", monkeypatch) as shown:
        yield shown


def test_the_media_host_is_told_as_the_worker_found_it(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert not test.exception
    assert "A worker checks it within five minutes" in texts(test)
    media.check_reach(world.worker)
    told = texts(show(cast.ana))
    assert "Set MEDIA_PUBLIC_URL" in told
    assert "http://127.0.0.1:8501" in told
    assert "Practice platforms" in told


def test_a_media_host_that_works_says_so(world: World, cast: Cast, show: Show) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("insert into app.media_host values ('https://media.morrow.example', '', now())")
    told = texts(show(cast.ana))
    assert "Platforms can fetch our files" in told
    assert "MEDIA_PUBLIC_URL" not in told


def test_an_api_version_that_ends_soon_is_something_to_put_right(world: World, cast: Cast, show: Show) -> None:
    assert "stops answering" not in texts(show(cast.ana))
    world.clock.move(days=250)
    told = texts(show(cast.ana))
    assert "LinkedIn stops answering its API version 202609 in" in told


def test_the_csv_has_every_problem_that_is_shown(
    world: World, cast: Cast, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pages import system

    kept: dict[str, Callable[[], list[tuple[str, str]]]] = {}
    monkeypatch.setattr(system, "csv_button", lambda name, header, rows, **_: kept.update({name: rows}))
    world.clock.move(days=250)
    show(cast.ana)
    told = [value for name, value in kept["loopdesk-system"]() if name == "Problem"]
    assert any("LinkedIn stops answering" in one for one in told)


def test_one_job_waits_and_one_runs(world: World, cast: Cast, show: Show) -> None:
    with psycopg.connect(world.addresses.admin, autocommit=True) as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
    make_job(world, cast.acme)
    make_job(world, cast.acme, status="doing")
    page = texts(show(cast.ana))
    assert ">job waits<" in page and ">runs now<" in page
