"""Deliveries that lost their job end, and old tellings go; inboxes and the log stay."""

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


def test_old_tellings_are_forgotten_and_inbox_and_log_are_not(world: World, cast: Cast, out: Out) -> None:
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK)
    say(world, cast, "post/1/failed", "a", tone="orange")
    work_off(out.worker, world, cast.acme)
    world.clock.move(days=181)
    notifications.upkeep(world.worker)
    with world.web.tx(cast.ana) as tx:
        assert tx.value("select count(*) from app.notice_tellings", {}) == 0
        assert len(notifications.notices(tx)) == 1
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["sent"]
    assert say(world, cast, "post/1/failed", "a") == 0
