"""What can be done with many ticked requests at once: approve, reject, want at another time; each with its way back."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import approvals_many as many
from pages.parts.look import selection_bar
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices, plain
from pages.parts.ticks import clear_ticks
from services import approvals, identity
from services.kit.text import counted

SLOTS, DAYS = "Next free slots", "By days"


def bulk_bar(
    items: Sequence[approvals.QueueItem], person: identity.Viewer, deciders: many.Deciders, rows_key: str
) -> None:
    """The bar at the foot while requests are ticked; it acts on exactly those, and says how many it may decide."""
    mine = [item for item in items if approvals.may_decide(item, person.user_id, deciders)]
    with selection_bar(len(items), key="approvals"):
        if st.button(f"Approve {len(mine)}", icon=":material/check:", key="approvals-bulk-ok", width="content",
                     type="primary", disabled=not mine):  # fmt: skip
            alone = [one for one in mine if approvals.say_of(one, person.user_id, deciders) is approvals.Say.CONFIRM]
            _approve(mine, len(alone), rows_key)
        if st.button(f"Reject {len(mine)}", icon=":material/close:", key="approvals-bulk-no", width="content",
                     disabled=not mine):  # fmt: skip
            _reject(mine, rows_key)
        if identity.can(person.role, identity.Act.SCHEDULE) and st.button(
            "Reschedule", icon=":material/event:", key="approvals-bulk-move", width="content"
        ):
            _move(items, rows_key)
        st.button("Clear", key="approvals-bulk-clear", shortcut="Escape", on_click=clear_ticks, args=(rows_key,),
                  width="content")  # fmt: skip


@st.dialog("Approve all of these?", icon=":material/check:")
def _approve(items: Sequence[approvals.QueueItem], alone: int, rows_key: str) -> None:
    where = "on the channels chosen last that take it"
    html(f"<p>{esc(_ads(items))}: each goes out at its wanted time, else in its brand's next free slot, {where}.</p>")
    if alone:
        words = f"{alone} of them you made, and nobody else looked. Their approvals will say so."
        html(f'<div class="told">{icon("person")}<span>{words}</span></div>')
    if st.button(f"Approve {len(items)}", type="primary", key="approvals-bulk-ok-now"):
        _tell(many.approve_all(items), "Approved", many.take_back_all, rows_key)


@st.dialog("Reject all of these?", icon=":material/close:")
def _reject(items: Sequence[approvals.QueueItem], rows_key: str) -> None:
    reason = st.text_area("Why?", key="approvals-bulk-reason", max_chars=approvals.REASON_MAX,
                          placeholder="The same words go back with each of them.")  # fmt: skip
    if st.button(f"Reject {len(items)}", type="primary", key="approvals-bulk-no-now"):
        if not reason.strip():
            with notices():
                raise approvals.ReasonMissing()
            return
        _tell(many.reject_all(items, reason), "Rejected", many.take_back_all, rows_key)


@st.dialog("When are these wanted?", icon=":material/event:")
def _move(items: Sequence[approvals.QueueItem], rows_key: str) -> None:
    how = st.segmented_control("How", [SLOTS, DAYS], default=SLOTS, required=True, key="approvals-bulk-how",
                               label_visibility="collapsed", width="stretch")  # fmt: skip
    days = 0
    if how == DAYS:
        days = st.number_input("Days later; before with a minus", -30, 60, 1, key="approvals-bulk-days")
    else:
        html('<p class="mut">In the order of the queue, one slot each.</p>')
    if st.button(f"Reschedule {len(items)}", type="primary", key="approvals-bulk-move-now"):
        moved = many.move_by_days(items, days) if how == DAYS else many.move_to_slots(items)
        _tell(moved, "Rescheduled", many.want_again, rows_key)


def _tell(done: many.Done, verb: str, back: many.Back, rows_key: str) -> None:
    """Say how many worked and why the others did not; offer the way back for those that did."""
    refused = [f"“{name}”: {why}" for name, why in done.refused]
    rest = f" {len(refused)} not: {' '.join(refused[:2])}" if refused else ""
    if done.before:
        with notices(f"{verb} {len(done.before)}.{rest}", undo=lambda: back(done.before)):
            clear_ticks(rows_key)
        st.rerun()
    st.error("\n\n".join(map(plain, refused)), icon=":material/error:")


def _ads(items: Sequence[approvals.QueueItem]) -> str:
    return counted(len(items), "ad")
