"""The morning's digest: claimed once a day per organisation, counted per person."""

from datetime import UTC, datetime

from services import approvals
from services.events import DigestDue
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.world import World


def _claimed(world: World, cast: Cast) -> list[DigestDue]:
    with world.worker.admin_tx() as tx:
        approvals.queue_digests(tx)
        return [event for org_id, event in tx.take_events() if org_id == cast.acme]


def test_it_is_due_once_a_day_from_eight_on_the_brands_clock_while_something_waits(world: World, cast: Cast) -> None:
    assert _claimed(world, cast) == []
    make_request(world, cast)
    world.clock.set(datetime(2026, 11, 24, 6, 59, tzinfo=UTC))
    assert _claimed(world, cast) == []
    world.clock.move(minutes=1)
    assert _claimed(world, cast) == [DigestDue("2026-11-24")]
    world.clock.move(hours=9)
    assert _claimed(world, cast) == []
    world.clock.move(hours=15)
    assert _claimed(world, cast) == [DigestDue("2026-11-25")]


def test_each_person_is_counted_what_waits_for_them_and_nobody_elses(world: World, cast: Cast) -> None:
    first, second, third = make_request(world, cast), make_request(world, cast), make_request(world, cast, cast.ben)
    with world.worker.tx(cast.worker) as tx:
        found = approvals.digest(tx)
    assert {person: set(requests) for person, (requests, _) in found.items()} == {
        cast.ben.user_id: {first, second},
        cast.ana.user_id: {third},
    }
    assert {since for _, since in found.values()} == {world.clock.now()}
