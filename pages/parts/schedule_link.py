"""The way from a screen that starts some work by hand to the schedule that starts it by itself."""

from uuid import UUID

import streamlit as st

from pages.parts import paths
from services import identity, jobs


def schedule_link(role: identity.Role, kind: str, *, key: str, brand_id: UUID | None = None) -> None:
    """A quiet button for those who may; `key` begins with the page."""
    if not (identity.can(role, identity.Act.SCHEDULE) and paths.has("schedules")):
        return
    if st.button("Schedule this", icon=":material/event_repeat:", type="tertiary", key=f"{key}-schedule",
                 help=f"Start “{jobs.get_kind(kind).title}” by itself, at the times you choose."):  # fmt: skip
        paths.go("schedules", new=kind, **({"brand": str(brand_id)} if brand_id else {}))
