"""What a schedule does: its name, for whom, and the parameters of its kind."""

from functools import partial
from typing import Any

import streamlit as st

from pages.parts import doors, session
from pages.parts.look import card, card_head
from pages.parts.markup import box, esc, html
from pages.parts.notices import notices, plain
from pages.parts.schedule_desk import Desk
from pages.parts.schedule_entered import INSTALLATION, ORGANISATION, Entered
from pages.parts.schedule_form import CheckKind, form, problem, seeded
from pages.parts.schedule_words import target_words
from services import jobs


def targets(kind: jobs.Kind, desk: Desk) -> list[str]:
    """For whom this kind may work, as `Entered.target` has it."""
    if kind.reach == "installation":
        return [INSTALLATION]
    if kind.reach == "brand":
        return [ORGANISATION, *(str(one.id) for one in desk.brands)]
    return [ORGANISATION, *([INSTALLATION] if kind.name == "demo" and desk.may_system else [])]


def what_card(
    entered: Entered, kind: jobs.Kind, check: CheckKind | None, desk: Desk, key: str
) -> dict[str, Any]:  # fmt: skip
    """The fields; returns what changed of `entered`."""
    with card("schedules-what", gap="small"):
        symbol = kind.icon.removeprefix(":material/").removesuffix(":")
        html(
            f'<div class="kindcard">{box(symbol)}<div class="m"><div class="h">{esc(kind.title)}</div>'
            f'<div class="mut">{esc(kind.help)}</div></div></div>'
        )
        left, right = st.columns([1.6, 1], gap="small")
        with left:
            name = st.text_input("Name", key=seeded("name", key, entered.name).key, max_chars=120)
            if not name.strip():
                problem("Give it a name")
        with right:
            target = _target(entered, kind, desk, key)
        asked = jobs.form_fields(kind)
        if asked:
            card_head("What it is told")
        found = form(asked, entered.parameters, check and partial(check, kind.name), part=f"p-{kind.name}", key=key)
        _defaults(entered, target, found, desk)
    return {"name": name, "target": target, "parameters": found}


def _target(entered: Entered, kind: jobs.Kind, desk: Desk, key: str) -> str:
    options = targets(kind, desk)
    if len(options) == 1:
        st.text_input("For", _all_words(options[0], kind, desk), disabled=True, key=f"schedules-only-{key}")
        return options[0]
    slot = seeded("target", key, entered.target if entered.target in options else options[0])
    chosen: str = st.selectbox(
        "For", options, key=slot.key, on_change=_take_defaults, args=(entered, kind, slot, desk, key),
        format_func=lambda one: plain(_all_words(one, kind, desk)),
    )  # fmt: skip
    return chosen


def _all_words(target: str, kind: jobs.Kind, desk: Desk) -> str:
    return "All brands" if target == ORGANISATION and kind.reach == "brand" else target_words(target, desk.brands)


def _take_defaults(entered: Entered, kind: jobs.Kind, slot: session.Slot[str], desk: Desk, key: str) -> None:
    """Another brand: where nothing was changed, its own defaults and its zone come in."""
    chosen = entered.model_copy(update={"target": session.get(slot)})
    with doors.app().tx(doors.scope()) as tx:
        old, new = (jobs.defaults(tx, kind.name, one.brand_id) for one in (entered, chosen))
    if entered.parameters == old:
        for name, value in new.items():
            session.put(session.Slot("schedules", f"p-{kind.name}-{name}-{key}", None), value)
    zones = {one.id: one.time_zone for one in desk.brands}
    before, after = (zones.get(one.brand_id, desk.zone) if one.brand_id else desk.zone for one in (entered, chosen))
    if entered.zone == before:
        session.put(session.Slot("schedules", f"zone-{key}", ""), after)


def _defaults(entered: Entered, target: str, found: dict[str, Any], desk: Desk) -> None:
    """Offer to keep the parameters as what this brand usually wants."""
    brand = next((one for one in desk.brands if str(one.id) == target), None)
    if brand is None or not found:
        return
    if st.button(f"Use these as the usual of {plain(brand.name)}", icon=":material/bookmark_add:", type="tertiary",
                 key="schedules-defaults", help="New forms of this kind begin with them for this brand."):  # fmt: skip
        with notices(f"Forms of this kind begin with these for {brand.name}."):
            with doors.app().tx(doors.scope()) as tx:
                jobs.set_defaults(tx, entered.kind, brand.id, found)
