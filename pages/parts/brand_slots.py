"""When a brand usually posts: times of the week that "Next free slot" chooses from."""

import re
from collections.abc import Sequence

import streamlit as st

from pages.parts import doors
from pages.parts.look import card, card_head
from pages.parts.markup import esc, html
from pages.parts.notices import notices, tell
from pages.parts.zones import place
from services import brands, identity, schedule
from services.schedule import Slot

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def slots_card(brand: brands.Brand, person: identity.Viewer) -> None:
    """One line of times per weekday; owners and admins change them."""
    with doors.app().tx(doors.scope_of(person)) as tx:
        slots = schedule.slots(tx, brand.id)
    with card("brand-slots", gap="small"):
        card_head("Posting slots", f"times in {place(brand.time_zone)}")
        if not identity.can(person.role, identity.Act.BRAND):
            html("".join(f"<div>{esc(day)} {esc(written(slots, number))}</div>" for number, day in enumerate(DAYS)
                         if written(slots, number)) or '<p class="mut">No slots yet.</p>')  # fmt: skip
            return
        with st.form("brand-slots-form", border=False):
            lines = [
                st.text_input(day, written(slots, number), key=f"brand-slot-{number}", placeholder="09:00, 17:30")
                for number, day in enumerate(DAYS)
            ]
            if st.form_submit_button("Save the slots", key="brand-slots-save"):
                _save(brand, lines)


def written(slots: Sequence[Slot], weekday: int) -> str:
    """ "09:00, 17:30"."""
    return ", ".join(f"{slot.at:%H:%M}" for slot in slots if slot.weekday == weekday)


def read(text: str, weekday: int) -> list[Slot]:
    """Times as people write them: 9, 9:00, 09.00, apart by commas or blanks. :raises SlotWrong: anything else"""
    found = []
    for one in re.split(r"[,;\s]+", text.strip()) if text.strip() else []:
        match = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", one, re.ASCII)
        hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (24, 0)
        if hours > 23 or minutes > 59:
            raise schedule.SlotWrong(f"{DAYS[weekday]}: “{one[:20]}” is not a time such as 09:00.")
        found.append(Slot(weekday=weekday, minute=hours * 60 + minutes))
    return found


def _save(brand: brands.Brand, lines: Sequence[str]) -> None:
    done = False
    with notices():
        chosen = [slot for number, line in enumerate(lines) for slot in read(line, number)]
        with doors.app().tx(doors.scope()) as tx:
            schedule.set_slots(tx, brand.id, chosen)
        done = True
    if done:
        tell("Saved. What is planned stays where it is.")
        st.rerun()
