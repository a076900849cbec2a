"""What a person is told after an act. A notice waits in the session until a run ends, so that st.rerun keeps it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.parts import session
from pages.parts.markup import esc, html
from services.kit import tracing
from services.kit.disk import DiskFull
from services.kit.errors import UserError
from services.kit.redaction import redact

UNDO_SECONDS = 10
_ON_ITS_WAY_SECONDS = 1  # a press in the last moment still counts
_TOO_LATE = "That was too late to take back. It stays done."


@dataclass(frozen=True)
class Notice:
    """One sentence. Plain text: it is shown as text, whatever it contains."""

    text: str
    failed: bool = False


@dataclass(frozen=True)
class Undo:
    """An act that can be taken back until `ends`, on the monotonic clock, in seconds."""

    text: str
    call: Callable[[], None]
    ends: float


_WAITING: session.Slot[tuple[Notice, ...]] = session.Slot("notices", "waiting", ())
_UNDO: session.Slot[Undo | None] = session.Slot("notices", "undo", None)


@contextmanager
def notices(done: str = "", *, undo: Callable[[], None] | None = None, quiet_error: bool = False) -> Iterator[None]:
    """
    Run an act of a person; say `done` when it worked, and why not when the person can put it right.

    Anything but a `UserError` and a disk without room propagates. Call st.rerun after the block, not inside it.

    :param undo: takes the act back; offered for a few seconds on a bar with the key U
    :param quiet_error: tell a refusal as a toast instead of a box here; for callbacks, which have no place on the page
    """
    try:
        with tracing.span("act", said=done):
            yield
    except (UserError, DiskFull) as error:
        if quiet_error:
            tell(redact(error.sentence), failed=True)
        else:
            st.error(plain(redact(error.sentence)), icon=":material/error:")
        return
    if undo is not None:
        offer_undo(done, undo)
    elif done:
        tell(done)


def offer_undo(done: str, undo: Callable[[], None]) -> None:
    """Say what was done, on a bar that can take it back for a few seconds with the key U."""
    session.put(_UNDO, Undo(done, undo, time.monotonic() + UNDO_SECONDS))


def tell(text: str, *, failed: bool = False) -> None:
    """Show this sentence at the end of this run, or of the next one that is not cut short."""
    session.put(_WAITING, (*session.get(_WAITING), Notice(text, failed)))


def show_notices(place: Any = st) -> None:
    """
    Draw what waits. The shell calls this once, after the page.

    :param place: a container drawn before the page. The browser forgets no toast, and shows an old one again once what
        stands before it goes, such as a drawer
    """
    for notice in session.pop(_WAITING):
        symbol = ":material/error:" if notice.failed else ":material/check_circle:"
        place.toast(plain(notice.text), icon=symbol, duration=10 if notice.failed else 4)
    undo = session.get(_UNDO)
    if undo is None:
        return
    if time.monotonic() > undo.ends:
        session.pop(_UNDO)
        return
    # An animation of its own per offer: the browser takes the bar away by itself, and a later offer begins anew.
    name = f"ld-undo-{round(undo.ends * 1000)}"
    st.html(
        f"<style>.st-key-selbar-undo{{animation:{name} 0s {UNDO_SECONDS}s forwards!important}}"
        f"@keyframes {name}{{to{{visibility:hidden}}}}</style>"
    )
    with st.bottom, st.container(horizontal=True, vertical_alignment="center", key="selbar-undo", gap="small"):
        html(f"<b>{esc(undo.text)}</b>", width="content")
        st.button("Undo", key="notices-take-back", icon=":material/undo:", shortcut="U", on_click=_take_back)
        st.button("Keep", key="notices-keep", on_click=_keep, type="tertiary")


def _take_back() -> None:
    undo = session.pop(_UNDO)
    if undo is None:
        return
    if time.monotonic() > undo.ends + _ON_ITS_WAY_SECONDS:
        tell(_TOO_LATE, failed=True)
    else:
        with notices("Taken back", quiet_error=True):
            undo.call()


def _keep() -> None:
    session.pop(_UNDO)


def plain(text: str) -> str:
    """Text that Streamlit's markdown shows as written: names come from outside and may hold markup."""
    flat = " ".join(text.split())
    return re.sub(r"[\\`*_\[\]<>$~|]|:(?=[A-Za-z])|^[#+-]|^\d+(?=[.)])", lambda sign: _escaped(sign[0]), flat)


def _escaped(sign: str) -> str:
    return f"{sign}\u200b" if sign[-1].isdigit() else f"\\{sign}"
