"""The proof that ships with the code, and the installation's own record."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg.errors import InsufficientPrivilege

from services import publishing
from services.publishing import PostState
from tests.crash.play import Planned
from tests.crash.proof import proof_of
from tests.crash.report import Report
from tests.crash.scenario import scenario
from tests.makers.cast import Cast
from tests.makers.publishing import Studio
from tests.makers.world import World

AT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)


def _written(folder: Path, at: datetime = AT) -> Path:
    report, scene = Report(seconds=61.5), scenario(3)
    ids = list(range(len(scene.posts)))
    planned = [Planned(one, plan, "") for one, plan in zip(ids, scene.posts, strict=True)]  # type: ignore[arg-type]
    report.count(scene, planned, dict.fromkeys(ids, "published"), [])
    file = folder / "proof.json"
    file.write_text(json.dumps(proof_of(report, at, "c" * 40)))
    return file


@pytest.fixture(autouse=True)
def _nothing_kept(world: World) -> None:
    with world.superuser() as connection:
        connection.execute("delete from app.proofs")


def test_what_a_run_writes_is_kept_once_and_read_by_everybody_signed_in(
    world: World, cast: Cast, tmp_path: Path
) -> None:
    file = _written(tmp_path)
    assert [publishing.keep_proof(world.worker, file) for _ in range(2)] == [True, False]
    for person in (cast.ana, cast.cleo):
        with world.web.tx(person) as tx:
            proof = publishing.latest_proof(tx)
        assert proof is not None and proof.is_clean
        assert (proof.made_at, proof.commit, proof.seeds, proof.doubles) == (AT, "c" * 40, 1, 0)
        assert sum(one.posts for one in proof.forms) == proof.posts == len(scenario(3).posts)


def test_the_newest_run_counts(world: World, cast: Cast, tmp_path: Path) -> None:
    publishing.keep_proof(world.worker, _written(tmp_path))
    publishing.keep_proof(world.worker, _written(tmp_path, AT - timedelta(days=3)))
    with world.web.tx(cast.ana) as tx:
        proof = publishing.latest_proof(tx)
    assert proof is not None and proof.made_at == AT


def test_without_a_file_there_is_no_proof_and_a_damaged_one_is_refused(
    world: World, cast: Cast, tmp_path: Path
) -> None:
    assert not publishing.keep_proof(world.worker, tmp_path / "none.json")
    (tmp_path / "proof.json").write_text('{"seeds": 1000}')
    with pytest.raises(publishing.ProofUnreadable):
        publishing.keep_proof(world.worker, tmp_path / "proof.json")
    with world.web.tx(cast.ana) as tx:
        assert publishing.latest_proof(tx) is None


def test_nobody_on_the_web_writes_a_proof(world: World, cast: Cast) -> None:
    with pytest.raises(InsufficientPrivilege), world.web.tx(cast.ana) as tx:
        tx.run("insert into app.proofs values (now(), '', '', now(), '{}')", {})


def test_the_record_counts_what_went_out_and_how_late(studio: Studio) -> None:
    since = studio.world.clock.now() - timedelta(days=30)
    first = studio.plan("facebook")
    studio.world.clock.move(seconds=2)
    assert studio.step(first).state is PostState.PUBLISHED
    lost = studio.plan("facebook", caption="Lost for a while.")
    studio.practice.fault("lose_reply", match="/photos", method="POST", count=1)
    assert studio.settle(lost).state is PostState.PUBLISHED
    open_one = studio.plan("facebook", caption="Nobody knows.")
    studio.practice.fault("http", match="/photos", method="POST", status=502, count=1)
    assert studio.step(open_one).state is PostState.UNCONFIRMED
    with studio.world.web.tx(studio.cast.ana) as tx:
        totals, [form] = publishing.record_totals(tx, since), publishing.record_by_form(tx, since)
        lines = publishing.record_lines(tx, since)
    assert (totals.published, totals.recovered, totals.unconfirmed, totals.failed) == (2, 1, 1, 0)
    assert totals.late_median_seconds == 0 and totals.late_p99_seconds == pytest.approx(1.96)
    assert (form.platform, form.published, form.unconfirmed) == ("facebook", 2, 1)
    assert {line.id: line.lost_answers for line in lines} == {first.id: 0, lost.id: 1, open_one.id: 1}


def test_others_see_nothing_of_the_record(studio: Studio) -> None:
    studio.settle(studio.plan("facebook"))
    since = studio.world.clock.now() - timedelta(days=30)
    with studio.world.web.tx(studio.cast.cleo) as tx:
        assert publishing.record_totals(tx, since).published == 0
        assert publishing.record_by_form(tx, since) == publishing.record_lines(tx, since) == []
