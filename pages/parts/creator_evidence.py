"""Why this ad: the competitors' ads behind it, each traceable, each removable."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths
from pages.parts.look import card, card_head
from pages.parts.markup import chip, esc, html, mark, portrait
from pages.parts.notices import notices
from services import creative
from services.kit.text import counted


def evidence_card(draft_id: UUID, evidence: Sequence[creative.Evidence], *, locked: bool) -> None:
    """Draw the card, also where there is no evidence yet."""
    who = len({one.advertiser for one in evidence})
    right = chip(counted(who, "advertiser"), "violet", "hub") if evidence else ""
    with card("creator-evidence", gap="small"):
        card_head("Why this ad", "the ads it learns from", right_html=right)
        if not evidence:
            html('<div class="mut">No ad is attached yet. Open Competitors and choose “Make an ad from this”.</div>')
            if paths.has("competitors") and st.button(
                "Look at competitors", icon=":material/travel_explore:", key="creator-evidence-look"
            ):
                paths.go("competitors")
            return
        grid = st.grid(3, min_column_width=210, gap="small")
        for one in evidence:
            with grid.cell(), st.container(border=True, key=f"creator-proof-{one.ad_id}", gap=None):
                html(proof(one))
                with st.container(horizontal=True, gap="small"):
                    if st.button("Open", type="tertiary", key=f"creator-proof-open-{one.ad_id}"):
                        paths.go("competitors", ad=str(one.ad_id))
                    st.button(
                        "Remove", type="tertiary", key=f"creator-proof-out-{one.ad_id}", disabled=locked,
                        on_click=_remove, args=(draft_id, one),
                    )  # fmt: skip


def proof(one: creative.Evidence) -> str:
    """One ad as evidence: who, how long it ran, its first words."""
    ran = f"{counted(one.days_running, 'day')} running · " if one.days_running else ""
    words = one.title or one.body or "no text"
    return (
        f'<div class="proof">{portrait(one.advertiser)}<div class="m"><div class="t" dir="auto">{esc(one.advertiser)} '
        f'{mark(one.platform)}</div><div class="s" dir="auto" title="{esc(words)}">{esc(ran)}{esc(words)}</div>'
        "</div></div>"
    )


def _remove(draft_id: UUID, one: creative.Evidence) -> None:
    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            creative.attach_evidence(tx, draft_id, one.ad_id)

    with notices(f"{one.advertiser} removed", undo=back, quiet_error=True), doors.app().tx(doors.scope()) as tx:
        creative.detach_evidence(tx, draft_id, one.ad_id)
