"""Where in the calendar a person stands. The address is the only memory: it can be sent, reloaded, gone back to."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self
from uuid import UUID

import streamlit as st

from services import publishing

POST = "post"
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Place:
    """`first` is the first of the month on screen; `day` narrows the list to one day; empty filters mean all."""

    first: date
    is_list: bool = False
    day: date | None = None
    channels: tuple[str, ...] = ()
    group: publishing.StateGroup | None = None

    @classmethod
    def read(cls, today: date) -> Self:
        """From the address, which anybody can type: what makes no sense is left out."""
        asked = st.query_params
        day = _date(asked.get("day", ""))
        month = _date(f"{asked.get('month', '')}-01") or day or today
        known = {group.value: group for group in publishing.StateGroup}
        return cls(
            first=month.replace(day=1),
            is_list=asked.get("view") == "list" or day is not None,
            day=day,
            channels=tuple(one for one in asked.get("channel", "").split(",") if _is_id(one)),
            group=known.get(asked.get("state", "")),
        )

    @property
    def title(self) -> str:
        return f"{_MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def wanted(self) -> publishing.CalendarFilter:
        """Without the brand, which the page chooses."""
        groups = (self.group,) if self.group else ()
        return publishing.CalendarFilter(channel_ids=tuple(UUID(one) for one in self.channels), groups=groups)

    @property
    def is_filtered(self) -> bool:
        return bool(self.channels or self.group)

    def beside(self, months: int) -> date:
        """The first of the month before (-1) or after (1)."""
        return (self.first - timedelta(days=1) if months < 0 else self.first + timedelta(days=32)).replace(day=1)


def short_month(first: date) -> str:
    return _MONTHS[first.month - 1][:3]


def go_to(**changes: str) -> None:
    """Change the address; an empty value leaves the name out. For callbacks, and before `st.rerun`."""
    for name, value in changes.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def open_post(post_id: str) -> None:
    go_to(**{POST: post_id})


def asked_post() -> UUID | None:
    """The post whose drawer the address asks for."""
    asked = st.query_params.get(POST, "")
    return UUID(asked) if _is_id(asked) else None


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
