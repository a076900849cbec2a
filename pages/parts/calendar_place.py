"""Where in the calendar a person stands. The address is the only memory: it can be sent, reloaded, gone back to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from uuid import UUID

import streamlit as st

from pages.parts.zones import day as day_words
from services import publishing, schedule

POST = "post"
VIEWS = ("month", "week", "day", "list")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Place:
    """
    `first` is the first of the month that month and list show; `at` the day a week or a day is shown around.

    `day` narrows the list to one day; empty filters mean all.
    """

    first: date
    at: date
    view: str = "month"
    day: date | None = None
    channels: tuple[str, ...] = ()
    group: publishing.StateGroup | None = None

    @classmethod
    def read(cls, today: date) -> Self:
        """From the address, which anybody can type: what makes no sense is left out."""
        asked = st.query_params
        day = _date(asked.get("day", ""))
        month = _date(f"{asked.get('month', '')}-01")
        view = asked.get("view", "")
        if view not in VIEWS:
            view = "list" if day else "month"
        first = (day if day and view in ("week", "day") else month or day or today).replace(day=1)
        known = {group.value: group for group in publishing.StateGroup}
        return cls(
            first=first,
            at=day or (today if first == today.replace(day=1) else first),
            view=view,
            day=day if view == "list" else None,
            channels=tuple(one for one in asked.get("channel", "").split(",") if _is_id(one)),
            group=known.get(asked.get("state", "")),
        )

    @property
    def is_list(self) -> bool:
        return self.view == "list"

    @property
    def days(self) -> tuple[date, ...]:
        """What the view counts: a month, a week from Monday, or a day; the list may be narrowed to one day."""
        if self.view == "week":
            monday = self.at - timedelta(days=self.at.weekday())
            return tuple(monday + timedelta(days=number) for number in range(7))
        if self.view == "day" or self.day:
            return (self.day or self.at,)
        after = (self.first + timedelta(days=32)).replace(day=1)
        return tuple(self.first + timedelta(days=number) for number in range((after - self.first).days))

    @property
    def drawn(self) -> tuple[date, date]:
        """The first and the last day on screen: a month shows its neighbours' days that share its weeks."""
        if self.view != "month":
            return self.days[0], self.days[-1]
        monday = self.days[0] - timedelta(days=self.days[0].weekday())
        return monday, self.days[-1] + timedelta(days=6 - self.days[-1].weekday())

    @property
    def title(self) -> str:
        first, last = self.days[0], self.days[-1]
        if self.view == "week":
            month = "" if first.month == last.month else f" {_MONTHS[first.month - 1]}"
            return f"{first.day}{month} to {last.day} {_MONTHS[last.month - 1]} {last.year}"
        if self.view == "day":
            return f"{day_words(first, first)} {first.year}"
        return f"{_MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def wanted(self) -> publishing.CalendarFilter:
        """Without the brand, which the page chooses."""
        groups = (self.group,) if self.group else ()
        return publishing.CalendarFilter(channel_ids=tuple(UUID(one) for one in self.channels), groups=groups)

    @property
    def is_filtered(self) -> bool:
        return bool(self.channels or self.group)

    def beside(self, steps: int) -> dict[str, str]:
        """The address of what lies before (-1) or after (1): a month, a week or a day."""
        if self.view in ("week", "day"):
            return _on(self.at + timedelta(days=steps * (7 if self.view == "week" else 1)))
        first = (self.first - timedelta(days=1) if steps < 0 else self.first + timedelta(days=32)).replace(day=1)
        return {"month": f"{first:%Y-%m}", "day": ""}

    def around(self, today: date) -> dict[str, str]:
        """The address of the same view around today."""
        return _on(today) if self.view in ("week", "day") else {"month": f"{today:%Y-%m}", "day": ""}

    def seen_as(self, view: str) -> dict[str, str]:
        """The address of another view of the same days."""
        if view in ("week", "day"):
            return {"view": view} | _on(self.at)
        month = self.at if self.view in ("week", "day") or self.day else self.first
        return {"view": "" if view == "month" else view, "month": f"{month:%Y-%m}", "day": ""}

    def window(self, zone: str) -> tuple[datetime, datetime]:
        """The instants of what is drawn."""
        first, last = self.drawn
        return schedule.days_window(first, (last - first).days + 1, zone)


def _on(day: date) -> dict[str, str]:
    return {"day": day.isoformat(), "month": ""}


def short(address: dict[str, str]) -> str:
    """What a button to that address is called: "Dec", "30 Nov"."""
    if address.get("day"):
        day = date.fromisoformat(address["day"])
        return f"{day.day} {_MONTHS[day.month - 1][:3]}"
    return _MONTHS[int(address["month"][-2:]) - 1][:3]


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
