"""A text with counters that follow every key, told to the server half a second after the last one."""

from collections.abc import Callable, Sequence

from pages.parts import session
from pages.parts.base import mount

Limit = tuple[str, int]
"""A channel id and the most characters it takes."""


def writing(
    label: str,
    text: str,
    stamp: int,
    *,
    key: str,
    limits: Sequence[Limit],
    on_text: Callable[[], None],
    extra: int = 0,
    locked: bool = False,
    hint: str = "",
    placeholder: str = "",
) -> None:
    """
    Draw the text. The browser keeps what is being typed until `stamp` changes; then it shows `text`.

    :param extra: characters that will follow the text, such as a link; two more stand between
    :param on_text: a callback; it reads the text with `told_text(key)`
    """
    data = {
        "label": label,
        "text": text,
        "stamp": stamp,
        "limits": [{"channel": channel, "most": most} for channel, most in limits],
        "extra": extra,
        "locked": locked,
        "hint": hint,
        "placeholder": placeholder,
    }
    mount("writing", data, key=key, events={"text": on_text})


def told_text(key: str) -> str | None:
    """What the browser told in this run; None where it is no text."""
    told = session.told(key, "text")
    return told if isinstance(told, str) else None
