"""The next free slot: taken by a post on the same channel, by what waits for a decision, and by nothing else."""

from datetime import UTC, datetime

import pytest

from services import approvals, publishing, schedule
from services.schedule import Slot
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.world import World

# The fixed clock shows Monday 09:00 in UTC, 10:00 in Berlin.
TUESDAY, THURSDAY = datetime(2026, 11, 24, 8, 0, tzinfo=UTC), datetime(2026, 11, 26, 8, 0, tzinfo=UTC)
NEXT_TUESDAY = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def _slots(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        schedule.set_slots(tx, cast.brand, [Slot(weekday=day, minute=540) for day in (1, 3)])


def test_the_next_free_slots_come_in_order_on_the_brands_wall_clock(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    _slots(world, cast)
    with world.web.tx(cast.ben) as tx:
        assert publishing.free_slots(tx, cast.brand, [channel], 3) == [TUESDAY, THURSDAY, NEXT_TUESDAY]


def test_a_slot_is_taken_only_on_the_channel_where_something_is_planned(world: World, cast: Cast) -> None:
    one, two = make_channel(world, cast), make_channel(world, cast, "facebook")
    _slots(world, cast)
    request_id = make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        (given,) = approvals.approve(tx, request_id, [one])
        planned = publishing.plan_post(tx, given.id, TUESDAY, "Europe/Berlin")
    with world.web.tx(cast.ben) as tx:
        assert publishing.free_slots(tx, cast.brand, [one]) == [THURSDAY]
        assert publishing.free_slots(tx, cast.brand, [one, two]) == [THURSDAY]
        assert publishing.free_slots(tx, cast.brand, [two]) == [TUESDAY]
        publishing.cancel_post(tx, planned.id)
        assert publishing.free_slots(tx, cast.brand, [one]) == [TUESDAY]


def test_what_waits_for_a_decision_keeps_its_wanted_time_but_not_from_itself(world: World, cast: Cast) -> None:
    channel, request_id = make_channel(world, cast), make_request(world, cast)
    _slots(world, cast)
    with world.web.tx(cast.ben) as tx:
        assert approvals.reschedule(tx, request_id, TUESDAY) is None
        assert publishing.free_slots(tx, cast.brand, [channel]) == [THURSDAY]
        assert publishing.free_slots(tx, cast.brand, [channel], deciding=[request_id]) == [TUESDAY]


def test_without_slots_and_without_a_free_one_the_person_is_told(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    with pytest.raises(publishing.NoSlots), world.web.tx(cast.ben) as tx:
        publishing.free_slots(tx, cast.brand, [channel])
    _slots(world, cast)
    with pytest.raises(publishing.NoFreeSlot), world.web.tx(cast.ben) as tx:
        publishing.free_slots(tx, cast.brand, [channel], 200)


def test_only_what_waits_can_be_wanted_at_another_time(world: World, cast: Cast) -> None:
    channel, request_id = make_channel(world, cast), make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        approvals.reschedule(tx, request_id, TUESDAY)
        assert approvals.reschedule(tx, request_id, None) == TUESDAY
        approvals.approve(tx, request_id, [channel])
    with pytest.raises(approvals.AlreadyDecided), world.web.tx(cast.ben) as tx:
        approvals.reschedule(tx, request_id, THURSDAY)
    with pytest.raises(approvals.RequestNotFound), world.web.tx(cast.cleo) as tx:
        approvals.reschedule(tx, request_id, THURSDAY)
