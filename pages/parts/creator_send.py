"""The acts in the head of the ad creator: versions, withdrawing the question, sending for approval."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, session
from pages.parts.creator_wanted import wanted_wall
from pages.parts.markup import esc, html, icon
from pages.parts.notices import notices, tell
from pages.parts.zones import ago, place, wall_now
from services import approvals, brands, creative, schedule

_WHO_ELSE = "Somebody else decides; you are told."
_WHO = {
    approvals.Mode.NONE: "Nobody else is asked: you confirm it on the next screen.",
    approvals.Mode.OPTIONAL: "Somebody else decides and you are told, or you confirm it yourself under Approvals.",
    approvals.Mode.LEVELS: "One level after the other decides; you are told.",
}
_NOTE: session.Slot[str] = session.Slot("creator", "send-note", "")
_WANTED: session.Slot[datetime | None] = session.Slot("creator", "send-wanted", None)


def versions_menu(draft: creative.Draft, versions: Sequence[creative.Version], now: datetime, *, locked: bool) -> None:
    """The kept versions, the newest first; choosing one brings its words back, and can be undone."""
    if not versions:
        return
    labels = {f"Version {one.number} · {ago(one.created_at, now)} ago": one for one in versions}
    chosen = st.menu_button(
        "Versions", list(labels), icon=":material/history:", key="creator-versions", disabled=locked
    )
    if chosen:
        _restore(draft, labels[chosen])


def _restore(draft: creative.Draft, version: creative.Version) -> None:
    words = {key: getattr(draft, key) for key in ("name", "template", "caption", "link", "alt_text")}
    names = [one.name for one in creative.template(draft.template).fields]
    fields = {name: draft.fields.get(name, "") for name in names}

    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            creative.save_draft(tx, draft.id, fields, **words)

    with notices(f"Version {version.number} is back", undo=back):
        with doors.app().tx(doors.scope()) as tx:
            creative.restore_version(tx, version.id)
    st.rerun()


def withdraw_button(request: approvals.Request) -> None:
    """Take the question back, while it waits."""

    def withdraw() -> None:
        with notices("Withdrawn. Nobody is asked any more.", quiet_error=True):
            with doors.app().tx(doors.scope()) as tx:
                approvals.withdraw_request(tx, request.id)

    st.button("Withdraw", icon=":material/undo:", key="creator-withdraw", on_click=withdraw)


def send_button(draft: creative.Draft, brand: brands.Brand, request: approvals.Request | None) -> None:
    """The one primary button: opens the drawer. Key Ctrl+Enter."""
    if st.button(
        "Send for approval", type="primary", icon=":material/send:", key="creator-send", shortcut="Ctrl+Enter"
    ):
        # A dialog may be opened again after a cancelled one: what was entered there belongs to that time.
        session.put(_WANTED, wanted_wall(draft.wanted_at, brand.time_zone, doors.app().clock.now()))
        _drawer(draft.id, brand, request is not None and request.state is approvals.RequestState.WAITING)


@st.dialog("Send for approval", position="right", width="small", icon=":material/send:")
def _drawer(draft_id: UUID, brand: brands.Brand, replaces: bool) -> None:
    with doors.app().tx(doors.scope()) as tx:
        draft, now = creative.draft(tx, draft_id), tx.now
        files = creative.unkept(tx, draft).media if draft.is_post else ()
        others = [one for one in approvals.deciders(tx) if one != tx.user_id]
        mode = approvals.policy_of(tx, brand.id).mode
    missing = creative.missing_parts(draft, files)
    if missing:
        html(f'<div class="told">{icon("edit_note")}<span>Still empty: {esc(", ".join(missing))}.</span></div>')
    elif replaces:
        told = "An earlier version waits. This one takes its place."
        html(f'<div class="told blue">{icon("info")}<span>{told}</span></div>')
    who = _WHO.get(mode) or (_WHO_ELSE if others else "You are the only one who can decide.")
    html(f'<div class="mut">The ad is kept as it is now, in all four sizes. {who}</div>')
    note = st.text_area("Note", key=_NOTE.key, max_chars=approvals.NOTE_MAX, placeholder="What should they know?")
    wanted = st.datetime_input(
        f"Wanted time, {place(brand.time_zone)} (optional)", value=None, key=_WANTED.key, format="DD/MM/YYYY",
        min_value=wall_now(now, brand.time_zone).replace(second=0, microsecond=0, tzinfo=None),
    )  # fmt: skip
    if st.button("Send", type="primary", icon=":material/send:", key="creator-send-now", disabled=bool(missing)):
        sent: UUID | None = None
        with notices():
            sent = _send(draft_id, note or "", wanted, brand.time_zone, now)
        if sent and mode is approvals.Mode.NONE:
            paths.go("approvals", request=str(sent))
        elif sent:
            st.rerun()


def _send(draft_id: UUID, note: str, wanted: datetime | None, zone: str, now: datetime) -> UUID:
    """Keep the version, then ask about it; returns the request. Each can be repeated without a second effect."""
    wanted_at = schedule.future_instant_of(wanted, zone, now) if wanted else None
    kept = creative.keep_version(doors.app(), doors.scope(), draft_id)
    with doors.app().tx(doors.scope()) as tx:
        request_id = approvals.ask(tx, kept.id, note=note, wanted_at=wanted_at)
    session.pop(_NOTE)
    session.pop(_WANTED)
    tell(f"Version {kept.number} of “{kept.name}” waits for a decision")
    return request_id
