"""The drawer behind the bell: new ones first, how often each happened, and the ways to more."""

from collections.abc import Iterator

import pytest

from pages.parts import bell, rows, ticks
from services import notifications
from tests.makers import screens
from tests.makers.cast import Cast
from tests.makers.notices import say
from tests.makers.world import World
from tests.pages.screen import Show, Shown, showing


def _drawer() -> None:
    from pages.parts import bell

    bell._drawer()


class Drawer(Shown):
    """Draws it and keeps its rows, since the test browser draws no components of ours."""

    def __init__(self, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(show)
        self.items: list[rows.Row | rows.Head] = []
        self.opened: str | None = None
        self.went = screens.went(monkeypatch)
        monkeypatch.setattr(bell, "rows", self._rows)

    def _rows(self, items: list[rows.Row | rows.Head], **_: object) -> ticks.Picked:
        self.items = items
        return ticks.Picked(self.opened)


@pytest.fixture
def drawer(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    with showing(world, _drawer, monkeypatch) as show:
        yield Drawer(show, monkeypatch)


def test_new_ones_stand_first_with_their_count_and_muted_ones_do_not(drawer: Drawer, world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a", title="Read")
    with world.web.tx(cast.ana) as tx:
        notifications.read_all(tx)
    for occurrence in "ab":
        say(world, cast, "post/2/failed", occurrence, tone="orange", title="New")
    say(world, cast, "run/3/failed", kind="run", title="Muted")
    with world.web.tx(cast.ana) as tx:
        muted = next(one for one in notifications.notices(tx) if one.title == "Muted")
        notifications.mute(tx, muted.id, notifications.Reach.CAUSE)
    drawer.show(cast.ana)
    new, row, earlier, read = drawer.items
    assert isinstance(row, rows.Row) and isinstance(read, rows.Row)
    assert (new, row.title, earlier, read.title) == (rows.Head("New"), "New", rows.Head("Earlier"), "Read")
    assert row.right_chip == ("2×", "orange", "repeat") and row.unread and not read.unread


def test_what_is_urgent_stands_first_however_much_came_after_it(drawer: Drawer, world: World, cast: Cast) -> None:
    say(world, cast, "post/0/failed", title="Refused")
    world.clock.move(minutes=1)
    for number in range(notifications.PAGE + 2):
        say(world, cast, f"post/{number}/done", tone="green", title=f"Out {number}")
    test = drawer.show(cast.ana)
    told = [item.head if isinstance(item, rows.Head) else item.title for item in drawer.items]
    assert told[:3] == ["Needs you", "Refused", "New"] and len(told) == notifications.PAGE + 3
    assert test.button(key="bell-more").label == "2 more unread"
    test.button(key="bell-more").click().run()
    assert drawer.went == [("notifications", {"notifications-show": "Unread"})]


def test_everything_is_marked_as_read_at_once_and_that_can_be_taken_back(
    drawer: Drawer, world: World, cast: Cast
) -> None:
    for number in range(3):
        say(world, cast, f"post/{number}/done", tone="green")
    test = drawer.show(cast.ana)
    assert test.button(key="bell-read-all").label == "Mark all 3 as read"
    test.button(key="bell-read-all").click().run()
    with world.web.tx(cast.ana) as tx:
        assert notifications.unread(tx) == 0
    undo = test.session_state["notices-undo"]
    assert undo.text == "3 marked as read"
    undo.call()
    with world.web.tx(cast.ana) as tx:
        assert notifications.unread(tx) == 3


def test_a_click_opens_the_thing_and_marks_it_read(drawer: Drawer, world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", link="/calendar?post=1")
    with world.web.tx(cast.ana) as tx:
        drawer.opened = str(notifications.notices(tx)[0].id)
    drawer.show(cast.ana)
    assert drawer.went == [("calendar", {"post": "1"})]
    with world.web.tx(cast.ana) as tx:
        assert notifications.unread(tx) == 0


def test_an_empty_drawer_says_so_and_leads_to_history(drawer: Drawer, cast: Cast) -> None:
    test = drawer.show(cast.ana)
    assert "All quiet" in screens.texts(test)
    test.button(key="bell-all").click().run()
    assert drawer.went == [("notifications", {})]
