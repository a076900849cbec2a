"""The one next step of a post that stopped, or that could not go out as things stand: a pure table, drawn."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts import paths
from services import publishing
from services.publishing import PostState, Reason


@dataclass(frozen=True)
class Next:
    """What puts it right: a button, its icon, and the screen it leads to; `screen` empty is an act of its own."""

    key: str
    label: str
    icon: str
    screen: str = ""


RECONNECT = Next("reconnect", "Reconnect", "link", "channels")
OPEN_AD = Next("draft", "Open the ad", "edit", "creator")
LIBRARY = Next("rights", "Open the library", "shield", "library")
AGAIN = Next("again", "Try again", "refresh")
CHECK = Next("check", "Check again", "fact_check")
_STOPPED = {
    Reason.SEAL: OPEN_AD,
    Reason.WITHDRAWN: OPEN_AD,
    Reason.REFUSED: OPEN_AD,
    Reason.RIGHTS: LIBRARY,
}
_PLANNED = _STOPPED | {Reason.LINK: OPEN_AD}


def next_of(post: publishing.PostOnScreen) -> Next | None:
    """The one next step; None where nothing stands in the way, or time alone puts it right."""
    if post.state is PostState.PLANNED and not post.reason_class:
        return None
    if post.state not in (PostState.PLANNED, PostState.FAILED, PostState.HELD):
        return None
    if post.channel_state != "connected" and post.reason_class in (Reason.TOKEN, Reason.AT_RISK):
        return RECONNECT
    if post.state is PostState.PLANNED:
        return _PLANNED.get(Reason(post.reason_class), CHECK)
    known = Reason(post.reason_class) if post.reason_class in set(Reason) else None
    return _STOPPED.get(known, AGAIN) if known else AGAIN


def others(post: publishing.PostOnScreen) -> tuple[Next, ...]:
    """What may also be done, once the next step is: quieter beside it."""
    first = next_of(post)
    if first in (None, RECONNECT):
        return ()
    if post.state is PostState.PLANNED:
        return (CHECK,) if first is not CHECK else ()
    return (AGAIN,) if first is not AGAIN and publishing.may_try_again(post) else ()


def draw(post: publishing.PostOnScreen, acts: dict[str, Callable[[], None]]) -> None:
    """The next step as the primary button; `acts` by key for those that lead to no screen."""
    first = next_of(post)
    for one in (first, *others(post)) if first else ():
        kind = "primary" if one is first else "secondary"
        icon, key = f":material/{one.icon}:", f"calendar-post-{one.key}"
        if not st.button(one.label, icon=icon, key=key, type=kind):  # type: ignore[arg-type]
            continue
        if not one.screen:
            acts[one.key]()
        elif one is OPEN_AD:
            paths.go(one.screen, draft=str(post.draft_id))
        else:
            paths.go(one.screen)
