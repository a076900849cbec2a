"""The first step of a new schedule: which kind of job, on cards."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import paths
from pages.parts.look import card
from pages.parts.markup import box, esc, html
from services import jobs

REACHES = {
    "brand": "for a brand, or for all",
    "organisation": "for the organisation",
    "installation": "for the whole installation",
}


def offered(*, may_system: bool) -> list[jobs.Kind]:
    """The kinds that this person may schedule; practice comes last."""
    found = [one for one in jobs.list_kinds() if may_system or one.reach != "installation"]
    return sorted(found, key=lambda one: (one.name == "demo", one.reach == "installation", one.title))


def pick(kinds: Sequence[jobs.Kind], kept: dict[str, str]) -> None:
    """Draw the cards; `kept` are parameters of the address that go on to the form."""
    grid = st.grid(3, min_column_width=280, gap="small")
    for kind in kinds:
        with grid.cell(), card(f"schedules-kind-{kind.name}", height="stretch", gap="small"):
            symbol = kind.icon.removeprefix(":material/").removesuffix(":")
            html(
                f'<div class="kindcard">{box(symbol)}<div class="m"><div class="h">{esc(kind.title)}</div>'
                f'<div class="mut">{esc(kind.help)}</div></div></div>'
            )
            with st.container(height="stretch", vertical_alignment="bottom", horizontal=True,
                              horizontal_alignment="distribute"):  # fmt: skip
                html(f'<span class="mut">{esc(REACHES[kind.reach])}</span>', width="content")
                if st.button("Choose", icon=":material/arrow_forward:", key=f"schedules-choose-{kind.name}"):
                    paths.go("schedules", new=kind.name, **kept)
