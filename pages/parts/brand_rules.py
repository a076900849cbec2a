"""How a brand decides what goes out: the rule, and its levels with their people."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from pages.parts import doors
from pages.parts.look import card, card_head
from pages.parts.markup import esc, html
from pages.parts.notices import notices, tell
from services import approvals, brands, identity
from services.approvals import Level, Mode, Need, Policy

_MODES = {
    Mode.REQUIRED: "Somebody else approves",
    Mode.OPTIONAL: "Approval if asked for",
    Mode.LEVELS: "Several levels",
    Mode.NONE: "No approvals",
}
_WORDS = {
    Mode.REQUIRED: "Whoever made an ad does not decide on it, unless nobody else could.",
    Mode.OPTIONAL: "The author may ask somebody, or confirm alone that it goes out. The approval says which it was.",
    Mode.LEVELS: "One level after the other says yes; the last seals the ad and chooses where and when it goes out.",
    Mode.NONE: "The author confirms in a dialog that it goes out. What was confirmed is sealed like any approval.",
}
_NEEDS = {Need.ANY: "any of", Need.ALL: "all of"}


def rules_card(brand: brands.Brand, person: identity.Viewer) -> None:
    """The brand's rule; owners and admins change it."""
    with doors.app().tx(doors.scope_of(person)) as tx:
        now, deciding = approvals.policy_of(tx, brand.id), set(approvals.deciders(tx))
        names = {one.user_id: one.display_name for one in identity.members(tx) if one.user_id in deciding}
    with card("brand-rules", gap="small"):
        card_head("Approvals")
        if not identity.can(person.role, identity.Act.BRAND):
            html(f'<p class="mut">{esc(_MODES[now.mode])}. {esc(_WORDS[now.mode])}</p>')
            return
        mode = st.selectbox("Rule", list(_MODES), list(_MODES).index(now.mode), key=f"brand-rule-{brand.id}",
                            format_func=lambda one: _MODES[one])  # fmt: skip
        html(f'<p class="mut">{esc(_WORDS[mode])}</p>')
        levels = _levels(brand.id, now, names) if mode is Mode.LEVELS else ()
        changed = Policy(mode=mode, levels=levels) != now
        if st.button("Save the rule", key="brand-rule-save", disabled=not changed):
            _save(brand.id, mode, levels)


def _levels(brand_id: UUID, now: Policy, names: Mapping[UUID, str]) -> tuple[Level, ...]:
    count = st.number_input("Levels", 1, approvals.LEVELS_MAX, max(len(now.levels), 1), key=f"brand-levels-{brand_id}")
    found = []
    for number in range(int(count)):
        level = now.levels[number] if number < len(now.levels) else Level()
        left, right = st.columns([1, 3], gap="small", vertical_alignment="bottom")
        need = left.selectbox(f"Level {number + 1}", list(_NEEDS), list(_NEEDS).index(level.need),
                              key=f"brand-need-{number}", format_func=lambda one: _NEEDS[one])  # fmt: skip
        people = right.multiselect(f"People of level {number + 1}", list(names),
                                   [one for one in level.people if one in names], key=f"brand-people-{number}",
                                   format_func=lambda one: names[one], label_visibility="collapsed",
                                   placeholder="Who says yes here?")  # fmt: skip
        found.append(Level(need=need, people=tuple(people)))
    return tuple(found)


def _save(brand_id: UUID, mode: Mode, levels: tuple[Level, ...]) -> None:
    done = False
    with notices():
        with doors.app().tx(doors.scope()) as tx:
            approvals.set_policy(tx, brand_id, mode, levels)
        done = True
    if done:
        tell("Saved. What waits is decided by the new rule; what was approved stays approved.")
        st.rerun()
