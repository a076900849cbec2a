"""The rules between stages with the rows that break them, and what should have run and did not."""

from datetime import datetime

import streamlit as st

from pages.parts import doors, paths
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head
from pages.parts.markup import box, chip, esc, html, icon
from pages.parts.pipeline_desk import Desk
from pages.parts.zones import ago, near
from services import pipelines
from services.kit.text import counted

_SHOWN = 20


def checks_card(desk: Desk, stage: pipelines.Stage) -> None:
    """Each rule in a sentence; a broken one shows its first rows and gives all of them as CSV."""
    with card("pipelines-checks", gap="small"):
        card_head("Checks", "of what goes from here to the next stage")
        for check in stage.checks:
            rows = _rows(desk, stage.name, check.name)
            many = f"{len(rows):,}{'+' if len(rows) >= pipelines.MOST_BROKEN else ''}"
            verdict = chip(f"{many} broken", "red", "close") if rows else chip("holds", "green", "check")
            html(
                f'<div class="prm"><b>{esc(check.title)}</b><span class="sp">{verdict}</span></div>'
                f'<p class="mut">{esc(check.help)}</p>'
            )
            if rows:
                _broken(desk, stage, check, rows)


def _broken(desk: Desk, stage: pipelines.Stage, check: pipelines.Check, rows: list[tuple[object, ...]]) -> None:
    columns = check.broken.columns
    st.dataframe(
        {name: [_cell(row[at], desk) for row in rows[:_SHOWN]] for at, name in enumerate(columns)},
        hide_index=True, key=f"pipelines-rows-{check.name}",
    )  # fmt: skip
    csv_button(
        f"loopdesk-{stage.name}-{check.name}", columns, lambda: _rows(desk, stage.name, check.name),
        key=f"pipelines-broken-{check.name}", label=f"All {counted(len(rows), 'row')}" if len(rows) > _SHOWN else "CSV",
    )  # fmt: skip


def _cell(value: object, desk: Desk) -> str:
    if isinstance(value, datetime):
        return near(value, desk.zone, desk.now)
    return "" if value is None else str(value)


def _rows(desk: Desk, stage: str, check: str) -> list[tuple[object, ...]]:
    with doors.app().tx(doors.scope_of(desk.person)) as tx:
        return pipelines.broken(tx, stage, check, desk.brand_id)


def open_alerts(desk: Desk) -> None:
    """On top while there are any: what should have run and did not."""
    waiting = [one for one in desk.alerts if one.resolved_at is None]
    if not waiting:
        return
    with card("pipelines-alerts", gap="small"):
        card_head("Should have run and did not", right_html=chip(str(len(waiting)), "red"))
        for one in waiting:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                html(
                    f'<div class="row">{box("notifications_active", "red", 18)}<div class="m"><b>{esc(one.title)}</b>'
                    f'<div class="mut">{esc(one.said)} Told {ago(one.raised_at, desk.now)} ago.</div></div></div>'
                )
                kind, _, name = one.subject.partition("/")
                if st.button("Look", key=f"pipelines-alert-{one.id}"):
                    paths.go("pipelines", stage=name) if kind == "stage" else paths.go("schedules", schedule=name)


def past_alerts(desk: Desk) -> None:
    """What was told within a week and is over."""
    over = [one for one in desk.alerts if one.resolved_at is not None]
    if not over:
        return
    with card("pipelines-over", gap="small"):
        card_head("Over again", "alerts of the last 7 days")
        html("".join(
            f'<div class="row say">{icon("check_circle", "green")}<span>{esc(one.title)}</span><span class="mut sp">'
            f"{esc(near(one.raised_at, desk.zone, desk.now))}, for "
            f"{ago(one.raised_at, one.resolved_at or desk.now)}</span></div>"
            for one in over[:10]
        ))  # fmt: skip
