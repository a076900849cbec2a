"""The queue on the left: what waits, in the order it goes out, or what was decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.approvals_acts import show
from pages.parts.look import card
from pages.parts.markup import html, keys
from pages.parts.rows import Head, Row, rows
from pages.parts.tokens import state_of
from pages.parts.zones import ago, near
from services import approvals, media

SOON_HOURS = 24
ROWS = "approvals-rows"


def queue(
    items: Sequence[approvals.QueueItem],
    ids: Sequence[UUID],
    current: UUID,
    zones: dict[UUID, str],
    now: datetime,
    *,
    ticks: bool = False,
) -> tuple[str, ...]:
    """
    Draw a page of the queue; a click, J and K make another request the current one. Returns the ticked ids.

    :param ids: the whole queue, of which `items` are a page
    """
    places = media.addresses(doors.app(), [item.thumb_key for item in items if item.thumb_key])
    listed: list[Row | Head] = []
    group = ""
    for item in items:
        head = group_of(item, now)
        if head != group:
            listed.append(Head(head))
            group = head
        listed.append(_row(item, places, zones[item.brand_id], now))
    known = {str(item.id) for item in items}
    with card("approvals-queue", flush=True):
        picked = rows(listed, key=ROWS, active=str(current), selectable=ticks, on_open=lambda: _open(known))
    if len(ids) > len(items):
        first = ids.index(items[0].id)
        html(f'<div class="mut note num">{first + 1} to {first + len(items)} of {len(ids)}</div>')
    html(keys(("A", "approve"), ("X", "reject"), ("E", "edit"), ("U", "undo")))
    before, after = neighbours(ids, current)
    with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="approvals-move"):
        st.button("Next", type="tertiary", key="approvals-next", shortcut="J", disabled=after is None,
                  on_click=show, args=(after or current,))  # fmt: skip
        st.button("Previous", type="tertiary", key="approvals-previous", shortcut="K", disabled=before is None,
                  on_click=show, args=(before or current,))  # fmt: skip
    return picked.ticked


def group_of(item: approvals.QueueItem, now: datetime) -> str:
    """Under which line a request stands."""
    if item.state is not approvals.RequestState.WAITING:
        return "Decided"
    if item.wanted_at is None:
        return "No date"
    return "Goes out first" if item.wanted_at - now <= timedelta(hours=SOON_HOURS) else "Later"


def neighbours(ids: Sequence[UUID], current: UUID) -> tuple[UUID | None, UUID | None]:
    """The requests before and after the current one."""
    here = ids.index(current)
    return (ids[here - 1] if here else None), (ids[here + 1] if here + 1 < len(ids) else None)


def _open(known: set[str]) -> None:
    opened = session.told(ROWS, "open")
    if isinstance(opened, str) and opened in known:
        show(opened)


def _row(item: approvals.QueueItem, places: dict[str, str], zone: str, now: datetime) -> Row:
    waits = item.state is approvals.RequestState.WAITING
    wanted = f"{near(item.wanted_at, zone, now)} · " if item.wanted_at else ""
    who = f"{wanted}{item.asked_by_name}" if waits else f"by {item.decided_by_name or 'a former member'}"
    since = item.asked_at if waits or item.decided_at is None else item.decided_at
    return Row(
        id=str(item.id),
        title=item.name,
        sub=who,
        thumb=places.get(item.thumb_key or "", ""),
        icon="image",
        right=ago(since, now),
        right_chip=None if waits else tuple(state_of(item.state.value)),  # type: ignore[arg-type]
    )
