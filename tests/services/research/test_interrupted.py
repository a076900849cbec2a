"""Cancelled, crashed, cut off: what is stored stays, counts stay exact, nothing comes twice."""

from collections.abc import Iterator
from unittest.mock import patch

import psycopg
import pytest

from services import research
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.research import AD, ads_file, answer_file, csv_file, imported, request, run, wall
from tests.makers.world import World

CHUNK = "services.research.running.CHUNK_ROWS"


@pytest.fixture(autouse=True)
def small_chunks() -> Iterator[None]:
    with patch(CHUNK, 10):
        yield


class Killed(Exception):
    """Stands for the end of the process."""


def _die_after(chunks: int) -> object:
    left = [chunks]

    def told(done: int, total: int | None) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    return told


def test_a_run_after_a_crash_goes_on_where_the_last_chunk_ended(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(55))
    with pytest.raises(Killed):
        research.run_import(world.worker, Scope(cast.acme), import_id, _die_after(3))  # type: ignore[arg-type]
    with world.web.tx(cast.ana) as tx:
        half = research.get_import(tx, import_id)
    assert (half.state, half.rows_done, half.rows_added) == (research.ImportState.RUNNING, 30, 30)
    done = run(world, cast.ana, import_id)
    assert (done.state, done.rows_done, done.rows_added, done.rows_same) == (research.ImportState.DONE, 55, 55, 0)
    assert len(wall(world, cast.ana, limit=100)) == 55


def test_a_crash_inside_a_chunk_leaves_nothing_of_it(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(25))
    with patch("services.research.queries.imports.add_progress", side_effect=Killed), pytest.raises(Killed):
        research.run_import(world.worker, Scope(cast.acme), import_id)
    assert wall(world, cast.ana) == []
    assert run(world, cast.ana, import_id).rows_added == 25


def test_cancelling_stops_between_chunks_and_keeps_what_is_stored(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(100))

    def cancel(done: int, total: int | None) -> None:
        if done == 20:
            with world.web.tx(cast.ben) as tx:
                research.cancel_import(tx, import_id)

    state = research.run_import(world.worker, Scope(cast.acme), import_id, cancel)
    with world.web.tx(cast.ana) as tx:
        found = research.get_import(tx, import_id)
    assert (state, found.state, found.rows_done) == (research.ImportState.CANCELLED,) * 2 + (20,)
    assert len(wall(world, cast.ana, limit=200)) == 20
    with world.web.tx(cast.ana) as tx, pytest.raises(research.ImportOver):
        research.cancel_import(tx, import_id)


def test_an_import_that_waits_is_cancelled_at_once_and_never_runs(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(5))
    with world.web.tx(cast.ana) as tx:
        research.cancel_import(tx, import_id)
    assert run(world, cast.ana, import_id).state is research.ImportState.CANCELLED
    assert wall(world, cast.ana) == []


def test_a_second_cancel_ends_an_import_whose_worker_is_gone(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(30))
    with pytest.raises(Killed):
        research.run_import(world.worker, Scope(cast.acme), import_id, _die_after(1))  # type: ignore[arg-type]
    for _ in range(2):
        with world.web.tx(cast.ana) as tx:
            research.cancel_import(tx, import_id)
            state = research.get_import(tx, import_id).state
        world.clock.move(minutes=2)
    assert state is research.ImportState.CANCELLED


@pytest.mark.parametrize("cut", ["inside a quoted cell", "inside a row"])
def test_a_table_cut_off_keeps_what_came_before(world: World, cast: Cast, cut: str) -> None:
    data = csv_file(
        [{**AD, "id": str(5000 + number), "ad_creative_body": "Two\nlines, really"} for number in range(30)]
    )
    place = data.rindex(b"lines") if cut == "inside a quoted cell" else data.rindex(b"112233") + 3
    done = imported(world, cast.ana, data[:place])
    assert (done.rows_added, done.rows_wrong) == (29, 1)
    with world.web.tx(cast.ana) as tx:
        problem = research.import_problems(tx, done.id)[0]
    assert problem.row_number == 31
    if cut == "inside a quoted cell":
        assert done.state is research.ImportState.FAILED
        assert done.error == "Row 31 breaks off inside a quoted cell. Everything before it was imported."


def test_a_damaged_answer_keeps_what_came_before(world: World, cast: Cast) -> None:
    data = answer_file(*({**AD, "id": str(5000 + number)} for number in range(30)))
    done = imported(world, cast.ana, data[: data.rindex(b"Walk")], "answer.json")
    assert (done.state, done.rows_added, done.rows_wrong) == (research.ImportState.FAILED, 29, 1)
    assert done.error is not None and done.error.startswith("Row 30 is damaged or cut off, near character ")
    assert run(world, cast.ana, done.id) == done


def test_an_import_whose_file_is_gone_says_so(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(3))
    with world.web.tx(cast.ana) as tx:
        key = research.get_import(tx, import_id).file_key
    world.web.files.delete([key])
    failed = run(world, cast.ana, import_id)
    assert failed.state is research.ImportState.FAILED
    assert failed.error == "The file is gone: The file is not in the store."


def test_a_refused_request_leaves_no_file(world: World, cast: Cast) -> None:
    with patch("services.research.queries.imports.add_import", side_effect=psycopg.OperationalError):
        with pytest.raises(psycopg.OperationalError):
            request(world.web, cast.ana, ads_file(1))
    assert world.web.files.list(f"{cast.acme}/") == []


def test_two_imports_of_the_same_ads_at_once_meet_in_peace(world: World, cast: Cast) -> None:
    first, second = (request(world.web, cast.ana, ads_file(60), f"{name}.csv") for name in "ab")
    started: list[bool] = []

    def run_second(done: int, total: int | None) -> None:
        if not started:
            started.append(True)
            research.run_import(world.worker, Scope(cast.acme), second)

    research.run_import(world.worker, Scope(cast.acme), first, run_second)
    with world.web.tx(cast.ana) as tx:
        found = [research.get_import(tx, one) for one in (first, second)]
    assert [one.rows_added + one.rows_same for one in found] == [60, 60]
    assert sum(one.rows_added for one in found) == 60
