"""Quiet hours of an outlet on the screen: asked like a person's own, and told while something waits."""

from datetime import time

from pages.parts import notif_words
from services import notifications
from services.notifications import Held, Via
from tests.makers import screens
from tests.makers.cast import Cast
from tests.makers.notices import say, work_off
from tests.makers.world import World
from tests.pages.test_notifications import PREFERENCES, SLACK, Screen
from tests.pages.test_notifications import screen as screen
from tests.services.notifications.conftest import Out
from tests.services.notifications.conftest import out as out

LOG = {"tab": "log"}


def _silence(world: World, cast: Cast, out: Out) -> None:
    """Ana's outlet keeps quiet from nine to eleven in Berlin, where it is ten."""
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK)
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
        night = {"zone": "Europe/Berlin", "quiet_from": time(9), "quiet_to": time(11)}
        notifications.change_outlet(tx, outlet.model_copy(update=night))


def test_an_admin_gives_an_outlet_quiet_hours_of_its_own(screen: Screen, world: World, cast: Cast) -> None:
    notifications.add_outlet(world.web, cast.ana, Via.SLACK, "Ops", SLACK)
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
    assert "Quiet 2" not in screens.texts(screen.show(cast.ana, **PREFERENCES))
    test = screen.dialog(cast.ana, "notif_outlets.change_dialog(outlets[0])")
    key = f"notifications-outlet-{{}}-{outlet.id}"
    assert not test.toggle(key=key.format("quiet")).value and test.toggle(key=key.format("urgent")).value
    test.selectbox(key=key.format("zone")).set_value("Europe/Oslo")
    test.toggle(key=key.format("quiet")).set_value(True)
    test.time_input(key=key.format("quiet-from")).set_value(time(21))
    test.toggle(key=key.format("urgent")).set_value(False)
    test.button(key="notifications-outlet-save").click().run()
    with world.web.tx(cast.ana) as tx:
        [kept] = notifications.outlets(tx)
    assert (kept.zone, kept.quiet_from, kept.quiet_to, kept.urgent_breaks) == ("Europe/Oslo", time(21), time(7), False)
    told = screens.texts(screen.show(cast.ana, **PREFERENCES))
    assert "Quiet 21:00 to 07:00 Oslo, urgent ones wait too" in told


def test_the_log_says_what_waits_and_until_when_and_later_what_was_held(
    screen: Screen, world: World, cast: Cast, out: Out
) -> None:
    _silence(world, cast, out)
    say(world, cast, "post/1/done", "a", tone="green", title="Cone is out")
    work_off(out.worker, world, cast.acme)
    screen.show(cast.ana, **LOG, **{"notifications-via": "Slack"})
    [_, row] = screen.rows
    assert (row.title, row.right) == ("Cone is out", "leaves 11:00")
    assert row.sub == "Ops · waits for the end of quiet hours" and row.chip == ("Waiting", "gray", "bedtime")
    world.clock.move(hours=1)
    notifications.release_due(out.worker)
    work_off(out.worker, world, cast.acme)
    screen.show(cast.ana, **LOG, **{"notifications-via": "Slack"})
    [row] = screen.rows
    assert row.sub.endswith("ok · quiet hours held it until 11:00") and row.chip == ("Sent", "green", "check_circle")


def test_waiting_is_an_outcome_to_ask_for_alone_and_stands_in_the_csv(
    screen: Screen, world: World, cast: Cast, out: Out
) -> None:
    _silence(world, cast, out)
    say(world, cast, "post/1/failed", "a", title="Cone was refused")
    say(world, cast, "post/1/done", "a", tone="green", title="Cone is out")
    work_off(out.worker, world, cast.acme)
    terms = {**LOG, "notifications-via": "Slack"}
    screen.show(cast.ana, **terms, **{"notifications-outcome": "Waiting"})
    assert screen.titles == ["Cone is out"]
    screen.show(cast.ana, **terms, **{"notifications-outcome": "Sent"})
    assert screen.titles == ["Cone was refused"]
    with world.web.tx(cast.ana) as tx:
        [one] = notifications.waiting(tx, 9, Via.SLACK)
    row = notif_words.waiting_csv_row(one)
    assert len(row) == len(notif_words.LOG_HEADER) and row[-1] == "2026-11-23T10:00:00+00:00"


def test_what_leaves_together_is_one_row_that_names_the_first(
    screen: Screen, world: World, cast: Cast, out: Out
) -> None:
    _silence(world, cast, out)
    for number in range(5):
        say(world, cast, f"post/{number}/done", "a", tone="green", title=f"Cone {number}")
    say(world, cast, "post/0/done", "b", tone="green", title="Cone 0")
    work_off(out.worker, world, cast.acme)
    screen.show(cast.ana, **LOG, **{"notifications-via": "Slack"})
    [_, row] = screen.rows
    assert row.title == "5 messages" and row.right == "leaves 11:00" and row.sub.endswith(" · and 2 more")
    assert row.sub.count("Cone") == 3


def test_every_thing_that_holds_a_message_has_words() -> None:
    assert set(notif_words.HELD) == set(Held)
