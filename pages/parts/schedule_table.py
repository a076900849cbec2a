"""The table of schedules: one call of a component. A dot is the way to its run."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from pages.parts.base import mount, one_of
from pages.parts.rows import Chip
from pages.parts.runs import RunAct


@dataclass(frozen=True)
class Line:
    """
    One schedule, all in words. `last` is oldest first: (mark, what it tells, the id of its run or start).

    `note` stands under when it is due: why it cannot start, or what somebody wrote.
    """

    id: str
    name: str
    symbol: str
    kind: str
    target: str
    often: str
    state: Chip
    note: str = ""
    is_wrong: bool = False
    next: str = ""
    next_there: str = ""
    last: tuple[tuple[str, str, str], ...] = ()
    owner: str = ""
    acts: tuple[RunAct, ...] = ()


@dataclass(frozen=True)
class Pressed:
    """What was pressed in this run: a schedule opened, the run or start of a dot, an act as (act id, schedule id)."""

    opened: str | None
    run: str | None
    act: tuple[str, str] | None


def table(lines: Sequence[Line], *, key: str) -> Pressed:
    """Draw it; nothing is believed that was not drawn."""
    told = mount(
        "schedules", {"lines": [asdict(line) for line in lines]}, key=key,
        events={"open": None, "run": None, "act": None},
    )  # fmt: skip
    drawn = {run for line in lines for _, _, run in line.last if run}
    offered = {(act.id, line.id): (act.id, line.id) for line in lines for act in line.acts}
    said = told.act if isinstance(told.act, dict) else {}
    act = (str(said.get("act")), str(said.get("id")))
    return Pressed(one_of(told.open, {line.id for line in lines}), one_of(told.run, drawn), offered.get(act))
