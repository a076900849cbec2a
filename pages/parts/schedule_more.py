"""The rest of the form of a schedule: its limits, what follows it, and whose it is."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

import streamlit as st

from pages.parts.look import card, card_head
from pages.parts.markup import html
from pages.parts.notices import plain
from pages.parts.schedule_entered import INSTALLATION, Entered
from pages.parts.schedule_form import CheckKind, form, seeded
from pages.parts.schedule_words import kind_title, names_of
from services import identity, jobs

_GRACE_MOST, _JITTER_MOST = 7 * 1_440.0, 1_440.0
_LEAST = 1 / 60


def rules_card(entered: Entered, key: str) -> dict[str, Any]:
    """From, until, lateness and overlap."""
    with card("schedules-rules", gap="small"):
        card_head("Limits", "what happens when something is in the way")
        left, right = st.columns(2, gap="small")
        with left:
            starts_at = _moment("Not before", "starts", entered.starts_at, key)
            misfire = st.selectbox(
                "A time was missed", list(jobs.Misfire), key=seeded("misfire", key, entered.misfire).key,
                format_func=lambda one: one.words, help="Nobody worked at that time, and it is later than allowed.",
            )  # fmt: skip
            grace = st.number_input(
                "On time up to, minutes late", _LEAST, _GRACE_MOST, step=1.0, format="%g",
                key=seeded("grace", key, entered.grace_minutes).key,
                help="A start within so many minutes still counts as on time.",
            )  # fmt: skip
        with right:
            ends_at = _moment("Not after", "ends", entered.ends_at, key)
            overlap = st.selectbox(
                "It still runs", list(jobs.Overlap), key=seeded("overlap", key, entered.overlap).key,
                format_func=lambda one: one.words, help="The one before has not ended when the next is due.",
            )  # fmt: skip
            jitter = st.number_input(
                "Spread starts over, minutes", 0.0, _JITTER_MOST, step=1.0, format="%g",
                key=seeded("jitter", key, entered.jitter_minutes).key,
                help="Each start comes so much later at most, so that not everything starts in the same second.",
            )  # fmt: skip
    return {"starts_at": starts_at, "ends_at": ends_at, "misfire": misfire, "grace_minutes": grace,
            "overlap": overlap, "jitter_minutes": jitter}  # fmt: skip


def _moment(label: str, thing: str, value: datetime | None, key: str) -> datetime | None:
    return st.datetime_input(label, key=seeded(thing, key, value).key, format="DD/MM/YYYY")


def then_card(entered: Entered, kinds: Sequence[jobs.Kind], check: CheckKind | None, key: str) -> dict[str, Any]:
    """What is started when it has succeeded, with the parameters of that."""
    is_own = entered.target == INSTALLATION
    fitting = [one.name for one in kinds if is_own == (one.reach == "installation") or (is_own and one.name == "demo")]
    with card("schedules-then", gap="small"):
        card_head("Then", "once it has succeeded; a failure of this one changes nothing of the first")
        slot = seeded("then", key, entered.then_kind if entered.then_kind in fitting else "")
        chosen = st.selectbox(
            "Start", ["", *fitting], key=slot.key, label_visibility="collapsed",
            format_func=lambda one: f"Start “{kind_title(one)}”" if one else "Nothing more",
        )  # fmt: skip
        if not chosen:
            return {"then_kind": ""}
        values = entered.then_parameters if chosen == entered.then_kind else {}
        asked = jobs.form_fields(jobs.get_kind(chosen))
        found = form(asked, values, check and partial(check, chosen), part=f"then-{chosen}", key=key)
    return {"then_kind": chosen, "then_parameters": found}


def people_card(entered: Entered, members: Sequence[identity.Member], key: str) -> dict[str, Any]:
    """Owner and note."""
    names = names_of(members)
    with card("schedules-people", gap="small"):
        card_head("Owner and note")
        gone = [] if entered.owner_id in names else [None]
        owner: UUID | None = st.selectbox(
            "Owner", [*gone, *names], key=seeded("owner", key, None if gone else entered.owner_id).key,
            format_func=lambda one: plain(names.get(one, "Nobody of your organisation")),
        )  # fmt: skip
        if owner is None and entered.target != INSTALLATION:
            html('<span class="mut">Its owner has left. Choose one, or it is yours once you save it.</span>')
        note = st.text_area("Note", key=seeded("note", key, entered.note).key, max_chars=2_000,
                            placeholder="Why it exists, whom to ask")  # fmt: skip
    return {"owner_id": owner, "note": note}
