"""Which things are ticked. Kept on the server per component, so that Clear works and a stale browser cannot invent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pages.parts import session


@dataclass(frozen=True)
class Picked:
    """What a list told: the id opened in this run, the ids ticked, in the order they were ticked."""

    opened: str | None
    ticked: tuple[str, ...] = ()


def ticked(key: str, known: set[str]) -> tuple[str, ...]:
    """The ticked ids among those on screen: what is not seen is not acted on."""
    return tuple(one for one in session.get(_ids(key)) if one in known)


def clear_ticks(key: str) -> None:
    """Untick everything of the component with this key; fit for `on_click=clear_ticks, args=(key,)`."""
    session.put(_ids(key), ())


def tick_all(key: str, ids: Sequence[str]) -> None:
    """Tick these, beside what is ticked; fit for `on_click=tick_all, args=(key, ids)`."""
    session.put(_ids(key), tuple(dict.fromkeys((*session.get(_ids(key)), *ids))))


def turn_of(key: str) -> int:
    """How many changes of ticks the server has heard of."""
    return session.get(_turn(key))


def remember_ticks(key: str) -> Callable[[], None]:
    """The callback that takes over what the browser told."""

    def picked() -> None:
        told = session.told(key, "picked")
        if not isinstance(told, dict) or not isinstance(told.get("ids"), list):
            return
        ids = [one for one in told["ids"] if isinstance(one, str)]
        session.put(_ids(key), tuple(dict.fromkeys(ids)))
        turn = told.get("turn")
        session.put(_turn(key), turn if isinstance(turn, int) else turn_of(key) + 1)

    return picked


def _ids(key: str) -> session.Slot[tuple[str, ...]]:
    return session.Slot(key, "ticked-ids", ())


def _turn(key: str) -> session.Slot[int]:
    return session.Slot(key, "ticked-turn", 0)
