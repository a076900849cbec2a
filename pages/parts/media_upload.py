"""Adding files: one drop, one line per file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts import doors, session
from pages.parts.markup import chip, esc, html
from services import media

_OUTCOMES: session.Slot[tuple[media.Outcome, ...]] = session.Slot("media", "outcomes", ())
_TURN: session.Slot[int] = session.Slot("media", "upload-turn", 0)
_CHIPS = {
    media.Result.STORED: ("Added", "green", "check"),
    media.Result.ALREADY_HERE: ("Already here", "gray", "content_copy"),
    media.Result.REFUSED: ("Refused", "red", "block"),
}


def start() -> None:
    """Forget what the last time told; for the button that opens the dialog."""
    session.put(_OUTCOMES, ())


def _show_shelf() -> None:
    """The dialog was closed: the run that follows draws the shelf with what is new."""


@st.dialog("Add files", width="medium", icon=":material/upload:", on_dismiss=_show_shelf)
def upload(brands: Sequence[tuple[str, UUID]]) -> None:
    """
    The dialog. Files are stored as they come, each by itself; the lines stay until it is closed.

    :param brands: names and ids; asked for only where there is a choice
    """
    ids = dict(brands)
    name = st.selectbox("Brand", list(ids), key="media-upload-brand") if len(ids) > 1 else next(iter(ids), None)
    place = st.empty()
    files = _field(place)
    if files:
        _store(files, ids.get(name) if name else None)
        session.put(_TURN, session.get(_TURN) + 1)
        _field(place)  # a new field without files: the lines tell what became of them
    outcomes = session.get(_OUTCOMES)
    if outcomes:
        _lines(outcomes)
        if st.button("Done", key="media-upload-done", type="primary"):
            st.rerun()


def _field(place: DeltaGenerator) -> list[Any]:
    return place.file_uploader(
        "Pictures (JPEG, PNG, WebP, GIF, AVIF) and clips (MP4, QuickTime, WebM)",
        accept_multiple_files=True,
        max_upload_size=doors.app().settings.upload_limit_mb,
        key=f"media-files-{session.get(_TURN)}",
    )


def _store(files: Sequence[Any], brand_id: UUID | None) -> None:
    scope, app = doors.scope(), doors.app()
    bar = st.progress(0.0, text=f"0 of {len(files)}")
    for number, file in enumerate(files, start=1):
        found = media.store_many(app, scope, brand_id, [(file.name, file.getvalue())])
        session.put(_OUTCOMES, (*session.get(_OUTCOMES), *found))
        bar.progress(number / len(files), text=f"{number} of {len(files)}")
    bar.empty()


def _lines(outcomes: Sequence[media.Outcome]) -> None:
    told = {result: sum(one.result is result for one in outcomes) for result in media.Result}
    parts = [f"{told[media.Result.STORED]} added"]
    if told[media.Result.ALREADY_HERE]:
        parts.append(f"{told[media.Result.ALREADY_HERE]} already here")
    if told[media.Result.REFUSED]:
        parts.append(f"{told[media.Result.REFUSED]} refused")
    html(f'<div class="h">{esc(" · ".join(parts))}</div>')
    height = 320 if len(outcomes) > 7 else "content"
    with st.container(height=height, border=False, key="media-upload-lines"):
        html("".join(_line(one) for one in outcomes))


def _line(outcome: media.Outcome) -> str:
    note = f'<div class="mut note">{esc(outcome.note)}</div>' if outcome.note else ""
    return (
        f'<div class="row" style="padding:6px 0;border-bottom:1px solid var(--ld-line)"><div style="min-width:0">'
        f'<div class="cut">{esc(outcome.name)}</div>{note}</div>'
        f'<span class="sp">{chip(*_CHIPS[outcome.result])}</span></div>'
    )
