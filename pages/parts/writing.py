"""A text with counters that follow every key, told to the server half a second after the last one."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from pages.parts import session
from pages.parts.base import mount


@dataclass(frozen=True)
class Limit:
    """
    What one channel counts. `length` is that of the stored text, with what follows it, by the platform's own rule.

    `unit`: how the browser counts while somebody types: characters, utf16, bytes; else it estimates until the server
    answers. `swaps`: (what is written, what the channel gets in its place). `tail` is what a text is longer by for what
    follows it, such as a link; `bare` what follows no text.
    """

    channel: str
    most: int
    length: int = 0
    unit: str = "characters"
    tail: int = 0
    bare: int = 0
    note: str = ""
    swaps: tuple[tuple[str, str], ...] = ()


def writing(
    label: str,
    text: str,
    stamp: int,
    *,
    key: str,
    limits: Sequence[Limit],
    on_text: Callable[[], None],
    locked: bool = False,
    hint: str = "",
    placeholder: str = "",
) -> None:
    """
    Draw the text. The browser keeps what is being typed until `stamp` changes; then it shows `text`.

    :param on_text: a callback; it reads the text with `told_text(key)`
    """
    data = {
        "label": label,
        "text": text,
        "stamp": stamp,
        "limits": [asdict(one) for one in limits],
        "locked": locked,
        "hint": hint,
        "placeholder": placeholder,
    }
    mount("writing", data, key=key, events={"text": on_text})


def told_text(key: str) -> str | None:
    """What the browser told in this run; None where it is no text."""
    told = session.told(key, "text")
    return told if isinstance(told, str) else None
