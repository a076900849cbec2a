"""Where and when an approved ad goes out: channels, and a time on the brand's wall clock."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

import streamlit as st

from pages.parts import approvals_acts as acts
from pages.parts import paths, session
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, icon, mark, practice_chip
from pages.parts.tokens import CHANNELS
from pages.parts.zones import place, wall_now, when
from services import accounts, approvals, brands, schedule
from services.kit.errors import UserError

NOW, LATER = "Now", "At a time"
_MODE: session.Slot[str] = session.Slot("approvals", "when-mode", LATER)


@dataclass(frozen=True)
class Plan:
    """What is chosen. `wall` None is now; `refusal` says why the time cannot be taken."""

    channels: tuple[accounts.Channel, ...]
    wall: datetime | None
    refusal: str
    due_at: datetime


Cautions = Callable[[tuple[accounts.Channel, ...], datetime], Sequence[str]]


def _none_told(_chosen: tuple[accounts.Channel, ...], _due_at: datetime) -> Sequence[str]:
    return ()


def when_card(
    item: approvals.QueueItem,
    brand: brands.Brand,
    channels: Sequence[accounts.Channel],
    now: datetime,
    *,
    refusing: Collection[UUID] = (),
    slots: bool = False,
    cautions: Cautions = _none_told,
) -> Plan:
    """
    Draw the choices; returns what is chosen. `slots`: the brand has posting slots to choose the next of.

    :param refusing: channels that would not take this version, as the checks say; they are not offered
    :param cautions: what should be heard before these channels get this time, in sentences
    """
    with card("approvals-when", gap="small"):
        card_head("Where and when", place(brand.time_zone), right_html=_marks(channels))
        chosen = _channels(brand, channels, refusing)
        mode = st.segmented_control(
            "When", [LATER, NOW], key=_MODE.key, default=LATER, required=True, label_visibility="collapsed",
            width="stretch",
        )  # fmt: skip
        if mode == NOW:
            html('<div class="mut">Goes out as soon as you approve. That cannot be taken back.</div>')
            _caution(cautions(chosen, now))
            return Plan(chosen, None, "", now)
        slot: session.Slot[datetime | None] = session.Slot("approvals", f"when-{item.id}", None)
        if session.get(slot) is None:
            session.put(slot, suggestion(item.wanted_at, brand.time_zone, now))
        wall = st.datetime_input(
            f"Time in {place(brand.time_zone)}", key=slot.key, format="DD/MM/YYYY", step=timedelta(minutes=5),
            label_visibility="collapsed",
        )  # fmt: skip
        if slots and chosen:
            st.button("Next free slot", icon=":material/event_available:", key=f"approvals-slot-{item.id}",
                      shortcut="F", on_click=acts.next_slot,
                      args=(item.id, brand, [one.id for one in chosen], slot))  # fmt: skip
        plan = _checked(chosen, wall or suggestion(None, brand.time_zone, now), brand.time_zone, now)
        if not plan.refusal:
            _caution(cautions(chosen, plan.due_at))
        return plan


def _caution(told: Sequence[str]) -> None:
    for one in told:
        html(f'<div class="told">{icon("warning", "orange")}<span dir="auto">{esc(one)}</span></div>')


def suggestion(wanted_at: datetime | None, zone: str, now: datetime) -> datetime:
    """The wanted time where it is to come, else tomorrow at nine; on the wall clock of the zone, naive."""
    if wanted_at and wanted_at > now:
        return schedule.wall_clock(wanted_at, zone).replace(second=0, microsecond=0)
    return datetime.combine(wall_now(now, zone).date() + timedelta(days=1), time(9))


def _checked(chosen: tuple[accounts.Channel, ...], wall: datetime, zone: str, now: datetime) -> Plan:
    try:
        due_at = schedule.future_instant_of(wall, zone, now)
    except UserError as error:
        html(f'<div class="told red">{icon("schedule")}<span>{esc(error.sentence)}</span></div>')
        return Plan(chosen, wall, error.sentence, now)
    viewer = st.context.timezone or ""
    html(f'<div class="mut">Goes out {esc(when(due_at, zone, now, viewer=viewer))}</div>')
    return Plan(chosen, wall, "", due_at)


def kept_channels(brand_id: UUID, known: Iterable[UUID]) -> session.Slot[tuple[UUID, ...]]:
    """What was chosen last for a brand in this tab; at first all of its connected channels."""
    return session.Slot("approvals", f"kept-channels-{brand_id}", tuple(known))


def _channels(
    brand: brands.Brand, channels: Sequence[accounts.Channel], refusing: Collection[UUID]
) -> tuple[accounts.Channel, ...]:
    """Which channels; the last choice for this brand is remembered, at first it is all of them."""
    if not channels:
        html('<div class="mut">No channel of this brand is connected, so nothing can go out yet.</div>')
        if paths.has("channels") and st.button(
            "Connect a channel", icon=":material/add_link:", key="approvals-connect"
        ):
            paths.go("channels")
        return ()
    by_id = {channel.id: channel for channel in channels if channel.id not in refusing}
    if not by_id:
        html('<div class="mut">No connected channel would take this version; the checks below say why.</div>')
        return ()
    kept = kept_channels(brand.id, [channel.id for channel in channels])
    offered = "-".join(str(one)[-4:] for one in by_id) if refusing else "all"
    widget: session.Slot[list[UUID] | None] = session.Slot("approvals", f"channels-{brand.id}-{offered}", None)
    if session.get(widget) is None:
        session.put(widget, [one for one in session.get(kept) if one in by_id])

    def remember() -> None:
        elsewhere = [one for one in session.get(kept) if one not in by_id]
        session.put(kept, (*(session.get(widget) or ()), *elsewhere))

    picked = st.pills(
        "Channels", list(by_id), selection_mode="multi", key=widget.key, format_func=lambda one: named(by_id[one]),
        label_visibility="collapsed", on_change=remember,
    )  # fmt: skip
    dots = "".join(
        f'.st-key-{widget.key} button:nth-of-type({number})::before{{content:"";width:9px;height:9px;flex:none;'
        f"border-radius:3px;margin-right:6px;background:var(--c-{channel.platform})}}"
        for number, channel in enumerate(by_id.values(), 1)
        if channel.platform in CHANNELS
    )
    st.html(f"<style>{dots}</style>")
    return tuple(by_id[one] for one in picked if one in by_id)


def named(channel: accounts.Channel) -> str:
    """ "Instagram · morrowgelato": the platform's word and the account's own name."""
    known = CHANNELS.get(channel.platform)
    return f"{known.name if known else channel.platform} · {channel.handle or channel.name}"


def short(channel: accounts.Channel, among: Iterable[accounts.Channel]) -> str:
    """The platform's word alone where the others are of other platforms, else `named`."""
    same = [one for one in among if one.platform == channel.platform]
    known = CHANNELS.get(channel.platform)
    return named(channel) if len(same) > 1 else known.name if known else channel.platform


def _marks(channels: Sequence[accounts.Channel]) -> str:
    marks = "".join(mark(channel.platform, practice=channel.is_practice) for channel in channels)
    return marks + (practice_chip() if any(channel.is_practice for channel in channels) else "")


def decided_card(item: approvals.QueueItem, given: Sequence[approvals.Approval], names: dict[UUID, str]) -> None:
    """What was decided, by whom, with the seals."""
    with card("approvals-decision", gap="small"):
        card_head("Decision", item.decided_by_name)
        if item.reason:
            html(f'<div class="told red">{icon("cancel")}<span dir="auto">{esc(item.reason)}</span></div>')
        for one in given:
            alone = chip("by its author", "orange", "person") if one.by_author else ""
            seal = alone + chip(f"sealed {one.seal[:4]}", "blue", "lock")
            html(f'<div class="row"><span class="cut">{esc(names.get(one.channel_id, "A channel"))}</span>'
                 f'<span class="sp">{seal}</span></div>')  # fmt: skip
