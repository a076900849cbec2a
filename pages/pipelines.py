"""Pipelines: how work passes from stage to stage, what is promised of each, and what should have run and did not."""

import streamlit as st

from pages.parts import doors, pipeline_acts, pipeline_checks, pipeline_desk, pipeline_stage, pipeline_strip, session
from pages.parts.base import sheet
from pages.parts.csv import csv_button
from pages.parts.look import header
from pages.parts.notices import plain
from pages.parts.pipeline_words import CSV_HEADER, csv_rows, summary

_BRAND: session.Slot[str] = session.Slot("pipelines", "brand", "")
LOOKS_EVERY_SECONDS = 30


def page() -> None:
    person = doors.require()
    st.html(f"<style>{sheet('pipelines.css')}</style>")
    desk = pipeline_desk.read(person)
    with header("Pipelines", summary(desk)):
        _brand_picker(desk)
        csv_button("loopdesk-pipelines", CSV_HEADER, lambda: csv_rows(desk), key="pipelines-csv")
    pipeline_checks.open_alerts(desk)
    stage = desk.chosen

    read = [desk]  # it counts everything of half a year: the first look takes what was read already

    def live() -> None:
        pipeline_strip.strip(read.pop() if read else pipeline_desk.read(person), stage.name)

    st.fragment(live, run_every=LOOKS_EVERY_SECONDS)()
    left, right = st.columns(2, gap="small")
    with left:
        pipeline_stage.flow_card(desk, stage)
        pipeline_stage.promises_card(desk, stage)
    with right:
        pipeline_checks.checks_card(desk, stage)
        pipeline_stage.marks_card(desk, stage)
        pipeline_checks.past_alerts(desk)
    pipeline_strip.brand_table(desk)
    pipeline_acts.dialogs(desk)


def _brand_picker(desk: pipeline_desk.Desk) -> None:
    if len(desk.brands) < 2 and desk.brand_id is None:
        return
    names = {"": "Whole organisation", **{str(one): name for one, name in desk.brands.items()}}
    session.put(_BRAND, str(desk.brand_id or ""))
    st.selectbox(
        "Brand", list(names), key=_BRAND.key, format_func=lambda one: plain(names.get(one, "")), width=190,
        label_visibility="collapsed", on_change=_chosen,
    )  # fmt: skip


def _chosen() -> None:
    if value := session.get(_BRAND):
        st.query_params[pipeline_desk.BRAND] = value
    else:
        st.query_params.pop(pipeline_desk.BRAND, None)
