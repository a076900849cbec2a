"""The Brand screen: how approvals go, and when the brand posts."""

import pytest

from pages.parts import brand_slots
from services import approvals, identity, schedule
from services.approvals import Mode
from services.schedule import Slot
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, shows

show = shows("brand")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", []), ("9", [540]), ("09:00, 17.30", [540, 1050]), (" 0:00;23:59 ", [0, 1439])],
)
def test_times_are_read_as_people_write_them(text: str, minutes: list[int]) -> None:
    assert brand_slots.read(text, 2) == [Slot(weekday=2, minute=minute) for minute in minutes]


@pytest.mark.parametrize("text", ["24:00", "9:60", "nine", "9:5", "-1", "٩"])
def test_what_is_no_time_is_told_with_its_day(text: str) -> None:
    with pytest.raises(schedule.SlotWrong, match="Wednesday"):
        brand_slots.read(text, 2)


def test_an_owner_changes_the_rule(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    assert test.button(key="brand-rule-save").disabled
    test.selectbox(key=f"brand-rule-{cast.brand}").select(Mode.NONE).run()
    test.button(key="brand-rule-save").click().run()
    assert not test.exception
    with world.web.tx(cast.ana) as tx:
        assert approvals.policy_of(tx, cast.brand).mode is Mode.NONE


def test_levels_take_their_people_and_an_empty_one_is_told(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    test.selectbox(key=f"brand-rule-{cast.brand}").select(Mode.LEVELS).run()
    test.button(key="brand-rule-save").click().run()
    assert approvals.LevelEmpty().sentence in test.error[0].value
    test.multiselect(key="brand-people-0").set_value([cast.ben.user_id]).run()
    test.button(key="brand-rule-save").click().run()
    with world.web.tx(cast.ana) as tx:
        (level,) = approvals.policy_of(tx, cast.brand).levels
    assert level.people == (cast.ben.user_id,)


def test_slots_are_saved_per_weekday_and_an_editor_only_reads_them(world: World, cast: Cast, show: Show) -> None:
    test = show(cast.ana)
    test.text_input(key="brand-slot-0").input("9, 17:30")
    test.button(key="brand-slots-save").click().run()
    assert not test.exception
    with world.web.tx(cast.ben) as tx:
        assert schedule.slots(tx, cast.brand) == [Slot(weekday=0, minute=540), Slot(weekday=0, minute=1050)]
    seen = show(cast.ben, identity.Role.EDITOR)
    assert "Monday 09:00, 17:30" in texts(seen)
    assert "brand-slots-save" not in [button.key for button in seen.button]
    assert "brand-rule-save" not in [button.key for button in seen.button]
