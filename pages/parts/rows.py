"""A list of things: waiting, attention, queue, notifications. One message to the browser however many rows."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pages.parts.base import mount, one_of
from pages.parts.ticks import Picked, remember_ticks, ticked, turn_of

Chip = tuple[str, str, str]
"""Text, tone, symbol; tone and symbol may be empty."""


@dataclass(frozen=True)
class Row:
    """
    One row. All texts are plain.

    `marks` are channel ids; `thumb` an address of our own; `icon` with its `tone` where there is no picture;
    `action` the word on the row's one button; `progress` a ratio.
    """

    id: str
    title: str
    sub: str = ""
    thumb: str = ""
    icon: str = ""
    tone: str = "gray"
    marks: tuple[str, ...] = ()
    practice: bool = False
    chip: Chip | None = None
    right: str = ""
    right_chip: Chip | None = None
    action: str = ""
    unread: bool = False
    progress: float | None = None


@dataclass(frozen=True)
class Head:
    """A line between groups of rows."""

    head: str


def rows(
    items: Sequence[Row | Head],
    *,
    key: str,
    active: str = "",
    selectable: bool = False,
    flat: bool = False,
    still: bool = False,
    page: str = "",
    on_open: Callable[[], None] | None = None,
) -> Picked:
    """
    Draw the rows; returns what was opened in this run and what is ticked.

    :param active: the id drawn as current
    :param flat: no lines between rows, for use inside a padded card
    :param still: nothing opens; each row tells all it has
    :param page: where in a longer list these begin; when it changes, the list is seen from its top
    :param on_open: a callback; it reads the id with `session.told(key, "open")` and checks it
    """
    known = {item.id for item in items if isinstance(item, Row)}
    data = {
        "rows": [asdict(item) for item in items],
        "active": active,
        "selectable": selectable,
        "flat": flat,
        "still": still,
        "page": page,
        "selected": list(ticked(key, known)),
        "turn": turn_of(key),
    }
    events = {"open": on_open, "picked": remember_ticks(key)}
    result = mount("rows", data, key=key, events=events)
    return Picked(one_of(result.open, known), ticked(key, known))
