"""Many ticked requests at once: counted, one refusal takes no other along, and all of it can be undone."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from services import approvals, identity, schedule
from services.schedule import Slot
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show

TUESDAY, WEDNESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC), datetime(2026, 11, 25, 8, tzinfo=UTC)


@pytest.fixture
def three(world: World, cast: Cast) -> list[UUID]:
    """Three requests of Ana's on a brand that posts daily at nine, in the order of the queue; a connected channel."""
    make_channel(world, cast)
    with world.web.tx(cast.ana) as tx:
        schedule.set_slots(tx, cast.brand, [Slot(weekday=day, minute=540) for day in range(7)])
    made = []
    for name in ("One", "Two", "Three"):
        world.clock.move(seconds=1)
        made.append(make_request(world, cast, name=name))
    return made


def _ticked(show: Show, cast: Cast, ids: list[UUID]) -> AppTest:
    test = show(cast.ben, identity.Role.EDITOR)
    test.session_state["approvals-rows-ticked-ids"] = tuple(map(str, ids))
    return test.run()


def _press_inside(test: AppTest, opener: str, button: str) -> None:
    """The test browser draws a drawer only in the run that opens it: once to see it, once more to press in it."""
    test.button(key=opener).click().run()
    test.button(key=opener).click()
    test.button(key=button).click().run()


def _rows(world: World, cast: Cast) -> list[tuple[str, datetime | None]]:
    with world.web.tx(cast.ana) as tx:
        return tx.tuples("select state, wanted_at from app.review_requests order by asked_at", {})  # type: ignore[return-value]


def _posts(world: World, cast: Cast) -> list[tuple[str, datetime]]:
    with world.web.tx(cast.ana) as tx:
        return tx.tuples("select state, due_at from app.posts order by due_at", {})  # type: ignore[return-value]


def test_approving_many_takes_a_free_slot_each_and_undo_takes_all_back(
    world: World, cast: Cast, show: Show, three: list[UUID]
) -> None:
    test = _ticked(show, cast, three[:2])
    assert "2 selected" in texts(test)
    _press_inside(test, "approvals-bulk-ok", "approvals-bulk-ok-now")
    assert not test.exception
    assert _posts(world, cast) == [("planned", TUESDAY), ("planned", WEDNESDAY)]
    assert "Approved 2." in texts(test)
    test.button(key="notices-take-back").click().run()
    assert [state for state, _ in _posts(world, cast)] == ["cancelled", "cancelled"]
    assert [state for state, _ in _rows(world, cast)] == ["waiting"] * 3


def test_one_that_was_decided_meanwhile_is_told_and_takes_no_other_along(
    world: World, cast: Cast, show: Show, three: list[UUID]
) -> None:
    test = _ticked(show, cast, three)
    with world.web.tx(cast.ana) as tx:
        approvals.withdraw_request(tx, three[1])
    test.button(key="approvals-bulk-no").click().run()
    test.button(key="approvals-bulk-no").click()
    test.text_area(key="approvals-bulk-reason").input("Last year's cone")
    test.button(key="approvals-bulk-no-now").click().run()
    assert [state for state, _ in _rows(world, cast)] == ["rejected", "withdrawn", "rejected"]


def test_rejecting_many_needs_a_reason(world: World, cast: Cast, show: Show, three: list[UUID]) -> None:
    test = _ticked(show, cast, three)
    _press_inside(test, "approvals-bulk-no", "approvals-bulk-no-now")
    assert approvals.ReasonMissing().sentence in test.error[0].value
    assert [state for state, _ in _rows(world, cast)] == ["waiting"] * 3


def test_rescheduling_gives_each_its_own_slot_in_order_and_undo_restores_the_times(
    world: World, cast: Cast, show: Show, three: list[UUID]
) -> None:
    test = _ticked(show, cast, three[:2])
    _press_inside(test, "approvals-bulk-move", "approvals-bulk-move-now")
    assert [wanted for _, wanted in _rows(world, cast)] == [TUESDAY, WEDNESDAY, None]
    assert "Rescheduled 2." in texts(test)
    test.button(key="notices-take-back").click().run()
    assert [wanted for _, wanted in _rows(world, cast)] == [None] * 3


def test_what_is_not_ones_to_decide_is_not_counted_on_the_buttons(
    world: World, cast: Cast, show: Show, three: list[UUID]
) -> None:
    own = make_request(world, cast, cast.ben, name="Own")
    test = show(cast.ben, identity.Role.EDITOR, **{"approvals-show": "All"})
    test.session_state["approvals-rows-ticked-ids"] = (str(three[0]), str(own))
    test.run()
    assert test.button(key="approvals-bulk-ok").label == "Approve 1"


def test_clear_unticks_and_the_bar_goes(world: World, cast: Cast, show: Show, three: list[UUID]) -> None:
    test = _ticked(show, cast, three)
    test.button(key="approvals-bulk-clear").click().run()
    assert "selected" not in texts(test)
