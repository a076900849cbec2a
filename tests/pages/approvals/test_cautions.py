"""Beside the time of an approval stands what is in its way: a warning, never a refusal."""

from datetime import datetime

from services import identity
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show


def test_another_post_within_the_hour_is_told_and_approve_stays_open(world: World, cast: Cast, show: Show) -> None:
    make_channel(world, cast)
    first = make_request(world, cast, name="One")
    world.clock.move(seconds=1)
    second = make_request(world, cast, name="Two")
    test = show(cast.ben, identity.Role.EDITOR)
    test.datetime_input(key=f"approvals-when-{first}").set_value(datetime(2026, 11, 26, 9, 0)).run()
    assert "within the hour" not in texts(test)
    test.button(key=f"approvals-ok-{first}").click().run()
    test.datetime_input(key=f"approvals-when-{second}").set_value(datetime(2026, 11, 26, 9, 30)).run()
    assert "Another post goes out on this channel within the hour." in texts(test)
    assert "The same text goes out on this channel within two weeks." in texts(test)
    assert not test.button(key=f"approvals-ok-{second}").disabled
    test.datetime_input(key=f"approvals-when-{second}").set_value(datetime(2026, 11, 26, 19, 30)).run()
    assert "within the hour" not in texts(test)
