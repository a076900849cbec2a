"""The jobs screen as a test shows it: what is drawn is kept, and what the browser presses is told."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from pages.parts import run_list, runs
from tests.makers.world import World
from tests.pages.screen import Show, showing

THUMBNAIL, STEP = "media.make_thumbnail", "publishing.step"


@pytest.fixture
def told() -> SimpleNamespace:
    """What is pressed on the board, or opened or done in the list, in the next run; and the lines that were drawn."""
    return SimpleNamespace(board=runs.RunsTold(None, None), lines=[], rows=[], opened=None, act=None)


@pytest.fixture
def show(world: World, told: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    from pages import jobs as screen

    def draw_board(lines: list[runs.Job], **_: object) -> runs.RunsTold:
        told.lines = lines
        said, told.board = told.board, runs.RunsTold(None, None)
        return said

    def draw_list(lines: list[runs.Job], **_: object) -> runs.RunsTold:
        told.rows = lines
        opened, told.opened = told.opened, None
        act, told.act = told.act, None
        return runs.RunsTold(opened, act)

    monkeypatch.setattr(screen, "runs", draw_board)
    monkeypatch.setattr(run_list, "runs", draw_list)
    with world.superuser() as connection:
        connection.execute("truncate queue.procrastinate_jobs cascade")
    with showing(world, "jobs", monkeypatch) as shown:
        yield shown
