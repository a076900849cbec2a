"""System: the backups there are, with age, size and whether they were checked; none says what to do."""

from collections.abc import Iterator

import pytest

from pages.parts.system_backups import HEADINGS, rows
from services import backups
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    with world.superuser() as connection:
        connection.execute("delete from app.backups")
    with showing(world, "system", monkeypatch) as shown:
        yield shown


def _noted(world: World, hours: float, problem: str = "") -> None:
    with world.superuser() as connection:
        connection.execute(
            "insert into app.backups (name, folder, taken_at, size_bytes, files, rows, last_migration, checked_at, "
            "problem) values (%s, '/srv/kept/x', %s::timestamptz - make_interval(secs => %s), 12345678, 42, 900, "
            "'2026', %s, %s)",
            [f"one {hours}", world.clock.now(), hours * 3600, world.clock.now(), problem],
        )


def test_none_yet_says_how_to_make_one(cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert not test.exception
    assert "None yet. Make one with <b>./run backup</b>" in texts(test)


def test_each_tells_its_age_its_size_and_that_it_was_checked(world: World, cast: Cast, show: Show) -> None:
    _noted(world, 3)
    _noted(world, 27)
    told = texts(show(cast.ana))
    assert "12.3 MB · 42 files · checked" in told and told.count("12.3 MB") == 2
    assert "fresh" in told and "/srv/kept" in told and "--keys FILE" in told
    with world.web.admin_tx() as tx:
        found = backups.backups(tx)
    assert [len(row) for row in rows(found)] == [len(HEADINGS)] * 2


def test_an_old_one_and_a_damaged_one_are_seen(world: World, cast: Cast, show: Show) -> None:
    _noted(world, 40)
    assert "old" in texts(show(cast.ana))
    _noted(world, 1, "database.dump is missing from this backup.")
    told = texts(show(cast.ana))
    assert "damaged" in told and "database.dump is missing" in told
