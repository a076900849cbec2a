"""Deliveries that lost their job end; what is old goes: tellings, deliveries with their log, and at last the inbox."""

from datetime import timedelta

from services import notifications
from services.notifications import Via
from tests.makers.cast import Cast
from tests.makers.notices import outcomes, say, work_off
from tests.makers.world import World
from tests.services.notifications.conftest import Out

SLACK = "https://hooks.slack.com/services/T/B/x"


def test_a_delivery_whose_job_is_gone_ends_and_the_log_says_so(world: World, cast: Cast, out: Out) -> None:
    outlet = notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK).outlet_id
    with world.web.tx(cast.ana) as tx:
        notifications.send_test(tx, outlet)
    world.clock.move(hours=5)
    notifications.upkeep(world.worker)
    assert outcomes(world, cast) == []
    world.clock.move(hours=2)
    notifications.upkeep(world.worker)
    notifications.upkeep(world.worker)
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["dropped"]
    with world.web.tx(cast.ana) as tx:
        assert notifications.under_way(tx) == 0
    work_off(out.worker, world, cast.acme)
    assert out.receiver.received == []


def test_old_tellings_and_the_log_are_forgotten_and_after_a_year_the_inbox(world: World, cast: Cast, out: Out) -> None:
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK)
    say(world, cast, "post/1/failed", "a", tone="orange")
    work_off(out.worker, world, cast.acme)
    world.clock.move(days=179)
    notifications.upkeep(world.worker)
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["sent"]
    world.clock.move(days=2)
    notifications.upkeep(world.worker)
    assert outcomes(world, cast) == []
    with world.web.tx(cast.ana) as tx:
        assert len(notifications.notices(tx)) == 1
    with world.superuser() as connection:
        assert connection.execute(
            "select count(*) from app.notice_tellings where org_id = %s", [cast.acme]
        ).fetchone() == (0,)
    assert say(world, cast, "post/1/failed", "a") == 0
    world.clock.move(days=185)
    notifications.upkeep(world.worker)
    with world.web.tx(cast.ana) as tx:
        assert notifications.notices(tx) == []


def test_what_is_under_way_is_never_forgotten(world: World, cast: Cast, out: Out) -> None:
    outlet = notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK).outlet_id
    world.clock.move(days=-200)
    with world.web.tx(cast.ana) as tx:
        notifications.send_test(tx, outlet)
    world.clock.move(days=200)
    with world.superuser() as connection:
        connection.execute("update app.notice_deliveries set state_at = %s", [world.clock.now()])
    notifications.upkeep(world.worker)
    with world.web.tx(cast.ana) as tx:
        assert notifications.under_way(tx) == 1


def test_a_mute_whose_time_is_over_is_forgotten(world: World, cast: Cast, out: Out) -> None:
    say(world, cast, "post/1/failed", "a")
    with world.web.tx(cast.ana) as tx:
        (one,) = notifications.notices(tx)
        notifications.mute(tx, one.id, notifications.Reach.CAUSE, world.clock.now() + timedelta(days=1))
    world.clock.move(days=2)
    notifications.upkeep(world.worker)
    with world.superuser() as connection:
        assert connection.execute(
            "select count(*) from app.notice_mutes where org_id = %s", [cast.acme]
        ).fetchone() == (0,)
