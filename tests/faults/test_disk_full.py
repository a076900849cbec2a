"""A disk without room: a plain sentence, nothing half kept, and a worker that goes on without its log."""

from pathlib import Path

import psycopg
import pytest

from services import media, research
from services.kit.disk import DiskFull
from tests.faults.desk import open_desk
from tests.faults.play import ended_once
from tests.makers.cast import Cast
from tests.makers.graph import still
from tests.makers.research import ads_file, imported, request
from tests.makers.small_disk import room_for
from tests.makers.world import World

pytestmark = pytest.mark.faults


def _kept(world: World) -> list[Path]:
    return [path for path in (world.web.settings.loopdesk_data / "files").rglob("*") if path.is_file()]


def test_an_upload_without_room_says_so_and_keeps_nothing(world: World, cast: Cast) -> None:
    before = _kept(world)
    picture = still(1080, 1080)
    with room_for(4_096):
        (outcome,) = media.store_many(world.web, cast.ana, cast.brand, [("cone.jpg", picture)])
    assert (outcome.result, outcome.asset) == (media.Result.REFUSED, None)
    assert outcome.note.startswith("The disk of this installation is full. Nothing of this was kept")
    assert _kept(world) == before
    (outcome,) = media.store_many(world.web, cast.ana, cast.brand, [("cone.jpg", picture)])
    assert outcome.result is media.Result.STORED


def test_an_import_without_room_says_so_and_keeps_nothing(world: World, cast: Cast) -> None:
    data, before = ads_file(400), _kept(world)
    with room_for(4_096), pytest.raises(DiskFull) as told:
        request(world.web, cast.ana, data)
    assert told.value.sentence.startswith("The disk of this installation is full. Nothing of this was kept")
    assert _kept(world) == before
    with world.web.tx(cast.ana) as tx:
        assert research.list_imports(tx) == []
    assert imported(world, cast.ana, data).state == "done"


def test_a_database_without_room_says_so_and_keeps_nothing(world: World, cast: Cast) -> None:
    full = "do $$ begin raise exception 'could not extend file: No space left' using errcode = '53100'; end $$"
    with pytest.raises(DiskFull) as told, world.web.tx(cast.ana) as tx:
        tx.run("update app.brands set name = 'Half' where id = %(brand)s", {"brand": cast.brand})
        tx.run(full, {})
    assert isinstance(told.value.__cause__, psycopg.errors.DiskFull)
    with world.web.tx(cast.ana) as tx:
        assert tx.value("select name from app.brands where id = %(brand)s", {"brand": cast.brand}) == "Acme"


def test_a_worker_whose_log_has_no_room_goes_on_working() -> None:
    with open_desk(log=Path("/dev/full"), LOG_LEVEL="info") as desk:
        (worker,) = desk.work(1)
        wished = [f"job {number}" for number in range(6)]
        for number, key in enumerate(wished):
            desk.start(key, steps=2, seconds=0, fails=number == 3)
        desk.settle(40)
        assert ended_once(desk, wished) == []
        assert sorted(desk.states().values()) == ["failed", *["succeeded"] * 5]
        assert not worker.has_ended()
