"""The notifications screen: inbox with filters in the address, preferences, and the delivery log."""

from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import notif_inbox, notif_log, notif_words, rows, ticks
from services import identity, notifications
from services.kit.db import Scope
from services.notifications import Category, Preferences, Reach, Rhythm, Severity, Via, Wanted
from tests.makers import screens
from tests.makers.cast import Cast
from tests.makers.notices import outcomes, say, work_off
from tests.makers.world import World
from tests.pages.screen import Show, Shown, showing
from tests.services.notifications.conftest import Out
from tests.services.notifications.conftest import out as out

SLACK = "https://hooks.slack.com/services/T/B/x"
PREFERENCES = {"tab": "preferences"}


_DIALOGS = """
from pages.parts import doors, notif_inbox, notif_outlets
from services import notifications
from services.notifications import Via
with doors.app().tx(doors.scope()) as tx:
    found, outlets = notifications.notices(tx), notifications.outlets(tx)
"""


class Screen(Shown):
    """Draws the screen and keeps what went to its rows, since the test browser draws no components of ours."""

    def __init__(self, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(show)
        self.rows: list[Any] = []
        self.opened: str | None = None
        self.ticked: tuple[str, ...] = ()
        self.went = screens.went(monkeypatch)
        for module in (notif_inbox, notif_log):
            monkeypatch.setattr(module, "rows", self._rows)

    def _rows(self, items: list[rows.Row | rows.Head], **_: object) -> ticks.Picked:
        self.rows = list(items)
        return ticks.Picked(self.opened, self.ticked)

    def dialog(self, scope: Scope, call: str) -> AppTest:
        """A dialog by itself: without a browser it is drawn only by the run that opens it."""
        self.show(scope)
        return AppTest.from_string(f"{_DIALOGS}{call}", default_timeout=30).run()

    def show(self, scope: Scope, role: identity.Role = identity.Role.OWNER, **query: str) -> AppTest:
        self.rows = []
        return super().show(scope, role, **query)

    @property
    def titles(self) -> list[str]:
        return [row.title for row in self.rows if isinstance(row, rows.Row)]


@pytest.fixture
def screen(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    with showing(world, "notifications", monkeypatch) as show:
        yield Screen(show, monkeypatch)


def test_an_empty_inbox_says_what_comes_and_leads_to_preferences(screen: Screen, cast: Cast) -> None:
    test = screen.show(cast.ana)
    assert "All quiet" in screens.texts(test)
    test.button(key="notifications-to-preferences").click().run()
    assert screen.went == [("notifications", PREFERENCES)]


def test_rows_carry_count_severity_and_category(screen: Screen, world: World, cast: Cast) -> None:
    for number in range(3):
        say(world, cast, "post/1/failed", str(number), title="<b>Cone</b> refused", body="Too many tags")
    test = screen.show(cast.ana)
    head, row = screen.rows
    assert head == rows.Head("Today") and row.title == "<b>Cone</b> refused"
    assert row.sub == "Publishing · Too many tags" and row.unread
    assert row.right_chip == ("3×", "red", "repeat") and row.chip == ("Urgent", "red", "priority_high")
    assert "1 unread · times in Berlin" in screens.texts(test)


def test_filters_come_from_the_address(screen: Screen, world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", title="Cone refused")
    say(world, cast, "import/1/done", kind="import", tone="green", title="File is in")
    screen.show(cast.ana, **{"notifications-category": "Jobs"})
    assert screen.titles == ["File is in"]
    screen.show(cast.ana, **{"notifications-severity": "Urgent", "notifications-show": "Unread"})
    assert screen.titles == ["Cone refused"]
    test = screen.show(cast.ana, **{"notifications-q": "nothing like it"})
    assert screen.titles == [] and "Nothing matches these filters." in screens.texts(test)
    test.button(key="notifications-clear-filters").click().run()
    assert screen.titles == ["File is in", "Cone refused"] or screen.titles == ["Cone refused", "File is in"]


def test_older_messages_are_a_page_further(
    screen: Screen, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "PAGE", 2)
    for number in range(5):
        say(world, cast, f"post/{number}/failed", title=f"Post {number}")
        world.clock.move(minutes=1)
    test = screen.show(cast.ana)
    assert screen.titles == ["Post 4", "Post 3"]
    test.button(key="notifications-older").click().run()
    assert screen.titles == ["Post 2", "Post 1"]
    assert screen.show(cast.ana, before="nonsense_1") and screen.titles == ["Post 4", "Post 3"]


def test_a_click_marks_read_and_opens_the_thing(screen: Screen, world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", link="/calendar?post=1")
    with world.web.tx(cast.ana) as tx:
        screen.opened = str(notifications.notices(tx)[0].id)
    screen.show(cast.ana)
    assert screen.went == [("calendar", {"post": "1"})]
    with world.web.tx(cast.ana) as tx:
        assert notifications.unread(tx) == 0


def test_ticked_messages_are_marked_and_muted(screen: Screen, world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", title="Cone refused")
    with world.web.tx(cast.ana) as tx:
        screen.ticked = (str(notifications.notices(tx)[0].id),)
    screen.show(cast.ana).button(key="notifications-read").click().run()
    with world.web.tx(cast.ana) as tx:
        assert notifications.unread(tx) == 0
    screen.show(cast.ana).button(key="notifications-unread").click().run()
    assert screen.show(cast.ana).button(key="notifications-mute").click().run().radio
    test = screen.dialog(cast.ana, "notif_inbox.mute_dialog(found)")
    test.radio(key="notifications-mute-reach").set_value("Its whole category")
    test.button(key="notifications-mute-go").click().run()
    with world.web.tx(cast.ana) as tx:
        [mute] = notifications.mutes(tx)
        assert (mute.reach, mute.what, notifications.unread(tx)) == (Reach.CATEGORY, "publishing", 0)
    test = screen.show(cast.ana, **PREFERENCES)
    assert "Publishing, all of it" in screens.texts(test)
    test.button(key=f"notifications-unmute-{mute.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert notifications.mutes(tx) == []


def test_preferences_are_saved_as_they_were_chosen(screen: Screen, world: World, cast: Cast) -> None:
    test = screen.show(cast.ana, **PREFERENCES)
    assert "Nothing is mailed until an operator sets SMTP_URL" in screens.texts(test)
    assert test.button(key="notifications-mail-test").disabled
    test.selectbox(key="notifications-zone").set_value("Europe/Oslo")
    test.toggle(key="notifications-quiet").set_value(True)
    test.button(key="notifications-save").click().run()
    with world.web.tx(cast.ana) as tx:
        kept = notifications.preferences(tx)
    assert kept is not None and kept.zone == "Europe/Oslo" and kept.quiet_from is not None
    assert kept.rhythm(Category.CHANNELS) is Rhythm.INSTANTLY


def test_an_admin_adds_tests_changes_and_removes_an_outlet(screen: Screen, world: World, cast: Cast, out: Out) -> None:
    assert screen.show(cast.ana, **PREFERENCES).button(key="notifications-add-slack").click().run().text_input
    test = screen.dialog(cast.ana, "notif_outlets.add_dialog(Via.SLACK, 'UTC')")
    test.text_input(key="notifications-add-name").set_value("Ops <b>")
    test.text_input(key="notifications-add-address").set_value("https://evil.example/services/x")
    test.button(key="notifications-add-go").click().run()
    assert "A Slack address begins with" in test.error[0].value
    test.text_input(key="notifications-add-address").set_value(SLACK)
    test.button(key="notifications-add-go").click().run()
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
    test = screen.show(cast.ana, **PREFERENCES)
    assert "Ops &lt;b&gt;" in screens.texts(test) and SLACK not in screens.texts(test)
    test.button(key=f"notifications-test-{outlet.id}").click().run()
    assert screen.went[-1] == ("notifications", {"tab": "log"})
    work_off(out.worker, world, cast.acme)
    assert outcomes(world, cast) == [("slack", "sent", "ok")]
    test = screen.dialog(cast.ana, "notif_outlets.change_dialog(outlets[0])")
    test.toggle(key=f"notifications-outlet-paused-{outlet.id}").set_value(True)
    test.button(key="notifications-outlet-save").click().run()
    assert "Paused" in screens.texts(screen.show(cast.ana, **PREFERENCES))
    test = screen.dialog(cast.ana, "outlets and notif_outlets.remove_dialog(outlets[0])")
    test.button(key="notifications-outlet-remove").click().run()
    with world.web.tx(cast.ana) as tx:
        assert notifications.outlets(tx) == []


def test_a_webhooks_key_is_shown_once(screen: Screen, world: World, cast: Cast) -> None:
    test = screen.dialog(cast.ana, "notif_outlets.add_dialog(Via.WEBHOOK, 'UTC')")
    test.text_input(key="notifications-add-name").set_value("Ops")
    test.text_input(key="notifications-add-address").set_value("https://ops.acme.example/hook")
    test.button(key="notifications-add-go").click().run()
    [shown] = test.code
    assert shown.value.startswith("ldwh_")
    again = screen.show(cast.ana, **PREFERENCES)
    assert not again.code and shown.value not in screens.texts(again)


@pytest.mark.parametrize("role", [identity.Role.EDITOR, identity.Role.VIEWER])
def test_others_see_where_messages_go_and_change_nothing(
    screen: Screen, world: World, cast: Cast, role: identity.Role
) -> None:
    notifications.add_outlet(world.web, cast.ana, Via.SLACK, "Ops", SLACK)
    test = screen.show(cast.ben if role is identity.Role.EDITOR else cast.vera, role, **PREFERENCES)
    assert "hooks.slack.com" in screens.texts(test)
    assert not [button.key for button in test.button if str(button.key).startswith("notifications-add")]


def test_the_log_shows_tries_by_outcome_and_nothing_of_it_to_cleo(
    screen: Screen, world: World, cast: Cast, out: Out
) -> None:
    notifications.add_outlet(world.web, cast.ana, Via.SLACK, "Ops", SLACK)
    out.receiver.answers.append((404, "no_service"))
    say(world, cast, "post/1/failed", "a", tone="orange", title="On hold")
    work_off(out.worker, world, cast.acme)
    tab = {"tab": "log"}
    screen.show(cast.ana, **tab)
    [_, mail, _, row] = screen.rows
    assert mail.sub == "E-mail · waits for its digest" and mail.chip == ("Waiting", "gray", "inventory_2")
    assert row.title == "On hold" and row.chip == ("Not delivered", "red", "error")
    assert row.sub == "Ops · hooks.slack.com · try 1 · Slack answered 404 no_service"
    screen.show(cast.ana, **tab, **{"notifications-outcome": "Sent"})
    assert screen.rows == []
    test = screen.show(cast.cleo, **tab)
    assert screen.rows == [] and "Nothing has left yet" in screens.texts(test)


def test_csv_rows_have_one_value_per_column(world: World, cast: Cast, out: Out) -> None:
    notifications.add_outlet(world.web, cast.ana, Via.SLACK, "Ops", SLACK)
    say(world, cast, "post/1/failed", "a", tone="orange", title="On hold")
    work_off(out.worker, world, cast.acme)
    with world.web.tx(cast.ana) as tx:
        notice, line = notifications.history(tx, Wanted())[0], notifications.log_lines(tx, 1)[0]
    assert len(notif_words.csv_row(notice)) == len(notif_words.CSV_HEADER)
    assert len(notif_words.log_csv_row(line)) == len(notif_words.LOG_HEADER)
    assert notif_words.csv_row(notice.model_copy(update={"count": 7}))[6] == 7


def test_every_category_severity_rhythm_way_and_outcome_has_words() -> None:
    assert set(notif_words.CATEGORIES) == set(Category) and set(notif_words.SEVERITIES) == set(Severity)
    assert set(notif_words.RHYTHMS) == set(Rhythm) and set(notif_words.VIAS) == set(Via)
    assert Preferences().rhythm(Category.RESULTS) is Rhythm.OFF
