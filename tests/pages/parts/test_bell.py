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
        say(world, cast, "post/2/failed", occurrence, title="New")
    say(world, cast, "run/3/failed", kind="run", title="Muted")
    with world.web.tx(cast.ana) as tx:
        muted = next(one for one in notifications.notices(tx) if one.title == "Muted")
        notifications.mute(tx, muted.id, notifications.Reach.CAUSE)
    drawer.show(cast.ana)
    new, row, earlier, read = drawer.items
    assert isinstance(row, rows.Row) and isinstance(read, rows.Row)
    assert (new, row.title, earlier, read.title) == (rows.Head("New"), "New", rows.Head("Earlier"), "Read")
    assert row.right_chip == ("2×", "red", "repeat") and row.unread and not read.unread


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
