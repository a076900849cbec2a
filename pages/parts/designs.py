"""A row of designs to choose from, each drawn with the words at hand."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pages.parts import session
from pages.parts.base import mount, one_of


@dataclass(frozen=True)
class Design:
    """One design. `src` is a drawn picture as a data address; `note` says what it is good for."""

    id: str
    label: str
    note: str
    src: str


def designs(
    items: Sequence[Design], active: str, *, key: str, on_open: Callable[[], None], locked: bool = False
) -> None:
    """Draw the designs; `on_open` is a callback and reads the choice with `told_design(key, items)`."""
    data = {"designs": [asdict(item) for item in items], "active": active, "locked": locked, "label": "Template"}
    mount("designs", data, key=key, events={"open": on_open})


def told_design(key: str, known: set[str]) -> str | None:
    """What was chosen in this run, if it is one of those drawn."""
    return one_of(session.told(key, "open"), known)
