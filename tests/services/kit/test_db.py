"""The transaction scope: who sees what, and that events live and die with their transaction."""

import psycopg
import pytest

from services.events import PostDue
from services.kit.errors import RightLost
from tests.makers.cast import Cast
from tests.makers.world import World


def _brands(world: World, scope: object) -> list[str]:
    with world.web.tx(scope) as tx:  # type: ignore[arg-type]
        return [row[0] for row in tx.tuples("select name from app.brands", {})]


def test_a_member_sees_the_rows_of_the_active_organisation_only(world: World, cast: Cast) -> None:
    assert _brands(world, cast.ana) == ["Acme"]
    assert _brands(world, cast.cleo) == []
    assert _brands(world, cast.nobody) == []


def test_the_web_cannot_pretend_to_be_the_worker(world: World, cast: Cast) -> None:
    assert _brands(world, cast.worker) == []
    with world.worker.tx(cast.worker) as tx:
        assert tx.tuples("select name from app.brands", {}) == [("Acme",)]


def test_a_viewer_cannot_write_and_reads_why(world: World, cast: Cast) -> None:
    with pytest.raises(RightLost), world.web.tx(cast.vera) as tx:
        tx.run(
            "insert into app.brands (id, org_id, name, time_zone, created_at, updated_at) "
            "values (%(id)s, %(org)s, 'x', 'UTC', now(), now())",
            {"id": tx.new_id(), "org": tx.org_id},
        )


def test_a_missing_grant_stays_the_defect_it_is(world: World, cast: Cast) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege), world.web.tx(cast.ana) as tx:
        tx.run("delete from app.organisations", {})


def _waiting(world: World, post_id: object) -> int:
    with psycopg.connect(world.addresses.admin) as connection:
        row = connection.execute(
            "select count(*) from queue.procrastinate_jobs where args ->> 'post_id' = %s", [str(post_id)]
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_job_exists_if_and_only_if_its_transaction_commits(world: World, cast: Cast) -> None:
    kept, lost, channel = (world.web.ids.new() for _ in range(3))
    with world.web.tx(cast.ana) as tx:
        tx.emit(PostDue(kept, channel))
    with pytest.raises(RuntimeError), world.web.tx(cast.ana) as tx:
        tx.emit(PostDue(lost, channel))
        raise RuntimeError
    assert (_waiting(world, kept), _waiting(world, lost)) == (1, 0)
