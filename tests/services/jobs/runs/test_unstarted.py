"""What waits and what never ran: every filter of the list holds for both, and nobody else sees them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services import jobs
from services.jobs import RunFilter
from tests.makers.cast import Cast
from tests.makers.jobs import make_job
from tests.makers.schedules import AT_ONCE, clear, make_schedule
from tests.makers.world import World

STEP = "publishing.step"


@pytest.fixture(autouse=True)
def _nothing_waits(world: World) -> None:
    clear(world)


def _waiting(world: World, cast: Cast, **terms: Any) -> list[int]:
    with world.web.tx(cast.ana) as tx:
        wanted = RunFilter(**terms)
        found = jobs.waiting_jobs(tx, wanted)
        assert jobs.count_waiting(tx, wanted) == len(found)
    return [job.job_id for job in found]


def _lost(world: World, cast: Cast, **terms: Any) -> list[UUID]:
    with world.web.tx(cast.ana) as tx:
        return [one.id for one in jobs.lost_starts(tx, RunFilter(**terms))]


def test_what_waits_is_listed_the_next_to_start_first(world: World, cast: Cast) -> None:
    later = make_job(world, cast.acme, at=world.clock.now() + timedelta(hours=1))
    soon = make_job(world, cast.acme, STEP)
    make_job(world, cast.other)
    assert _waiting(world, cast) == [soon, later]
    assert _waiting(world, cast, name=STEP) == [soon]
    with world.web.tx(cast.ana) as tx:
        assert [job.job_id for job in jobs.waiting_jobs(tx, RunFilter(), 1)] == [soon]
        assert jobs.count_waiting(tx, RunFilter()) == 2


def test_every_filter_holds_for_what_waits(world: World, cast: Cast) -> None:
    schedule = make_schedule(world, cast.ana, kind="pull_metrics", parameters={"days": 7}, brand_id=cast.brand)
    start = jobs.run_now(world.web, cast.ben, schedule).start_id
    now = world.clock.now()
    other = make_job(world, cast.acme, STEP, at=now + timedelta(days=2), post_id="Picture-9")
    with world.web.tx(cast.ana) as tx:
        (job,) = jobs.waiting_jobs(tx, RunFilter(name="pull_metrics"))
    assert (job.start_id, job.brand_id, job.origin, job.started_by) == (
        start, cast.brand, "person", cast.ben.user_id,
    )  # fmt: skip
    for terms in ({"brand_id": cast.brand}, {"origin": "person"}, {"schedule_id": schedule}, {"text": str(start)},
                  {"text": f"#{job.job_id}"}, {"text": "READ", "name": "pull_metrics"}):  # fmt: skip
        assert _waiting(world, cast, **terms) == [job.job_id], terms
    for terms in ({"since": now + timedelta(days=1)}, {"text": "picture-9"}, {"text": "publishing a POST"}):
        assert _waiting(world, cast, **terms) == [other], terms
    for terms in ({"origin": "chain"}, {"text": "nothing like it"}, {"until": now - timedelta(days=9)}):
        assert _waiting(world, cast, **terms) == [], terms


def test_every_filter_holds_for_what_never_ran(world: World, cast: Cast) -> None:
    schedule = make_schedule(world, cast.ana, kind="pull_metrics", parameters={"days": 7}, brand_id=cast.brand)
    of_brand = jobs.run_now(world.web, cast.ben, schedule).start_id
    other = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id
    now = world.clock.now()
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'lost', error = 'It is gone.'")
        connection.execute(
            "update app.job_starts set origin = 'schedule', due_at = %s, error = 'No worker.' where id = %s",
            [now - timedelta(days=3), of_brand],
        )
    assert set(_lost(world, cast)) == {of_brand, other}
    for terms in ({"brand_id": cast.brand}, {"origin": "schedule"}, {"schedule_id": schedule}, {"text": "no WORKER"},
                  {"text": str(of_brand)}, {"until": now - timedelta(days=2)}, {"name": "pull_metrics"}):  # fmt: skip
        assert _lost(world, cast, **terms) == [of_brand], terms
    assert _lost(world, cast, since=now - timedelta(days=1)) == [other]
    assert _lost(world, cast, name=STEP) == []


def test_cleo_finds_nothing_of_it(world: World, cast: Cast) -> None:
    jobs.start_now(world.web, cast.ben, "demo", AT_ONCE)
    with world.superuser() as connection:
        connection.execute("update app.job_starts set state = 'lost' where org_id = %s", [cast.acme])
    with world.web.tx(cast.cleo) as tx:
        assert jobs.waiting_jobs(tx, RunFilter()) == [] and jobs.lost_starts(tx, RunFilter()) == []
        assert jobs.plan_stop(tx, RunFilter()).total == 0


def test_a_thousand_at_most_are_cancelled_at_a_time_and_the_plan_says_of_how_many(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.jobs.runs import acts

    monkeypatch.setattr(acts, "AT_ONCE", 2)
    made = [make_job(world, cast.acme, STEP) for _ in range(3)]
    with world.web.tx(cast.ana) as tx:
        plan = jobs.plan_stop(tx, RunFilter())
    assert (plan.jobs, plan.total) == (tuple(made[:2]), 3)
