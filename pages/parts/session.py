"""The only reader and writer of session state: keys are `<page>-<thing>`, values belong to one browser tab."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

Value = TypeVar("Value")


@dataclass(frozen=True)
class Slot(Generic[Value]):
    """
    One remembered thing: `CURRENT = Slot("approvals", "current", "")`.

    The default must be immutable: it is handed out, not copied.
    """

    page: str
    thing: str
    default: Value

    @property
    def key(self) -> str:
        """The name in session state; also the widget's own key where a widget fills the slot."""
        return f"{self.page}-{self.thing}"


def get(slot: Slot[Value]) -> Value:
    """What is remembered, else the default."""
    value: Value = st.session_state.get(slot.key, slot.default)
    return value


def put(slot: Slot[Value], value: Value) -> None:
    """Remember. For a widget's slot only before that widget is drawn in this run, or in a callback."""
    st.session_state[slot.key] = value


def pop(slot: Slot[Value]) -> Value:
    """What is remembered, and forget it."""
    value = get(slot)
    if slot.key in st.session_state:
        del st.session_state[slot.key]
    return value


def forget(page: str) -> None:
    """Forget everything of one page, its widgets included."""
    for key in [key for key in st.session_state if str(key).startswith(f"{page}-")]:
        del st.session_state[key]


def told(component_key: str, event: str) -> Any:
    """What a component told in this run, read inside its callback; untrusted."""
    return getattr(st.session_state.get(component_key), event, None)
