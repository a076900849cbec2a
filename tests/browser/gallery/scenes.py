"""Every part of the screens with invented data, one scene per address: /?scene=wall. Drawn only by browser tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import streamlit as st

from pages.parts import look, notices, session
from pages.parts.csv import csv_button
from pages.parts.diff import word_diff
from pages.parts.empty import could_not, empty, no_match
from pages.parts.markup import bar, chip, html, icon, keys, link, mark, portrait, practice_chip, state_chip
from pages.parts.month import month
from pages.parts.previews.draw import preview
from pages.parts.previews.shown import Piece, Shown
from pages.parts.rows import rows
from pages.parts.runs import legend, runs
from pages.parts.shelf import shelf
from pages.parts.ticks import clear_ticks
from pages.parts.tokens import CHANNELS, STATES
from pages.parts.wall import WallAct, wall
from services import publishing
from tests.browser.gallery import samples

NOW = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)
TITLE = session.Slot("gallery", "title", "Made this morning.")


def draw() -> None:
    """The main script of the gallery."""
    st.set_page_config(page_title="Gallery", layout="wide")
    look.style()
    SCENES[st.query_params.get("scene", "home")]()
    notices.show_notices()


def _said(text: str) -> None:
    """What the scene heard, for the tests to read."""
    html(f'<span class="mut" data-said="1">{text}</span>')


def _home() -> None:
    with look.header("Good morning, Ana", "Friday 20 November · Week 47 · times in Oslo"):
        st.button("New ad", type="primary", icon=":material/add:", key="home-new", shortcut="N")
    grid = st.grid(4, min_column_width=150, gap="small")
    for figure, words, note, symbol, tone in samples.TILES:
        with grid.cell():
            look.tile(figure, words, note, symbol=symbol, tone=tone, key=words.replace(" ", "-"))
    left, right = st.columns([1.25, 1], gap="small")
    with left, look.card("home-waiting", height="stretch", gap="small"):
        look.card_head("Waiting for you", "oldest first", right_html=chip("4", "yellow"))
        told = rows(samples.WAITING, key="home-rows", flat=True)
        _said(f"opened {told.opened}")
    with right, look.card("home-attention", height="stretch", gap="small"):
        look.card_head("Needs attention", right_html=chip("3", "red"))
        rows(samples.ATTENTION, key="home-attention-rows", flat=True)
    with look.kpis() as tiles:
        for name, value, delta, points in samples.FIGURES:
            tiles.metric(name, value, delta, format="compact", chart_data=points, chart_type="area", border=True)
    with look.card("home-words"):
        look.card_head("Every state and channel", right_html=practice_chip())
        html('<div class="row" style="flex-wrap:wrap">' + "".join(state_chip(name) for name in STATES) + "</div>")
        marks = "".join(mark(name) + mark(name, practice=True) + mark(name, large=True) for name in CHANNELS)
        html(f'<div class="row" style="flex-wrap:wrap">{marks}{portrait("Ana Holm")}{icon("verified", "green")}</div>')
        html(bar(0.62, "green", "Token") + link("See the post", "http://127.0.0.1:9123/p/1"))


def _wall() -> None:
    with look.header("Competitors", "214 ads from 5 brands · imported today 06:12"):
        csv_button("ads", ("advertiser", "text"), lambda: [("=1+1", "x")], key="wall-csv")
    acts = [WallAct("save", "bookmark", "Save"), WallAct("use", "post_add", "Use as evidence")]
    told = wall(samples.ADS, key="wall-ads", acts=acts)
    _said(f"opened {told.opened} act {told.act}")


def _shelf() -> None:
    with look.header("Media", "1,284 files · 3.2 GB · 14 without recorded rights"):
        st.button("Add files", type="primary", icon=":material/upload:", key="shelf-add", shortcut="N")
    told = shelf(samples.FILES, key="shelf-files")
    _said(f"opened {told.opened} ticked {len(told.ticked)}")
    if told.ticked:
        with look.selection_bar(len(told.ticked), key="shelf"):
            st.button("Tag", icon=":material/sell:", key="shelf-tag")
            st.button("Use in an ad", type="primary", icon=":material/dashboard:", key="shelf-use")
            st.button("Clear", key="shelf-clear", shortcut="Escape", on_click=clear_ticks, args=("shelf-files",))


def _month() -> None:
    with look.header("November 2026", "36 posts · 22 out, 8 scheduled, 3 waiting, 3 need you"):
        st.button("Today", key="month-today", shortcut="T")
        st.button("New post", type="primary", icon=":material/add:", key="month-new", shortcut="N")
    told = month(2026, 11, samples.POSTS, today=date(2026, 11, 20), key="month-days")
    moved = f"{told.moved.id} to {told.moved.on}" if told.moved else None
    _said(f"opened {told.opened} moved {moved} new {told.new_on} more {told.more_on}")


def _jobs() -> None:
    with look.header("Jobs", "14 on time · 1 late · 1 failed · checked 4 s ago"):
        st.segmented_control(
            "Show", ["All", "Trouble", "Running"], default="All", key="jobs-show", label_visibility="collapsed"
        )
    told = runs(samples.JOBS, key="jobs-runs")
    html(legend())
    _said(f"opened {told.opened} act {told.act}")


def _queue() -> None:
    look.header("Approvals", "6 wait for you · oldest 2 days · you decided 14 this week")
    queue, stage, context = st.columns([1.08, 1.5, 1.12], gap="small")
    with queue:
        with look.card("queue", flush=True):
            told = rows(samples.QUEUE, key="queue-rows", active="made", selectable=True)
        html(keys(("J", ""), ("K", "move"), ("A", "approve"), ("X", "reject"), ("U", "undo")))
        _said(f"opened {told.opened} ticked {','.join(told.ticked)}")
    with stage, look.card("stage", gap="small"):
        look.card_head("Made this morning", right_html=chip("v4 sealed 3f9a", "", "lock"))
        with st.container(horizontal=True, gap="small"):
            st.button("Approve", type="primary", icon=":material/check:", key="q-ok", shortcut="A", width="stretch")
            st.button("Reject", icon=":material/close:", key="q-no", shortcut="X", width="stretch")
        names = ["instagram", "facebook"]
        said = {"format_func": lambda one: CHANNELS[one].name, "label_visibility": "collapsed"}
        shown = st.segmented_control("Preview", names, default=names[0], key="q-ch", width="stretch", **said)
        html(preview(publishing.spec_of(shown or names[0]).look, VERSION))
    with context, look.card("changed"):
        look.card_head("Changed since v3", "you saw v3 yesterday")
        html(word_diff("Today: strawberry, mint and a short run.", "Today: strawberry, ube and a very short <run>."))


def _blank() -> None:
    with look.header("Briefs", "What to make, for whom, and why"):
        st.button("New brief", type="primary", icon=":material/add:", key="blank-new", shortcut="N")
    left, right = st.columns(2, gap="small")
    with left, empty("No briefs yet", "A brief says what to make and carries its evidence.", key="briefs"):
        st.button("Start from an ad", type="primary", key="blank-start")
        st.button("See saved ads", key="blank-saved")
    with right:
        sentence = "The database did not answer within 5 seconds. Nothing is lost; posts go out as planned."
        could_not("Results could not be read", sentence, "7QK2-91F3", key="blank-results")
    no_match(key="blank", clear=lambda: None)


def _acts() -> None:
    look.header("Acts", "what a person does", chips_html=state_chip("draft"))
    st.text_input("Headline", key=TITLE.key)
    if st.button("Approve", key="acts-approve"):
        with notices.notices("Approved *for* Ana"):
            pass
        st.rerun()
    if st.button("Refuse", key="acts-refuse"):
        with notices.notices("Approved"):
            raise samples.AlreadyDecided
    if st.button("Move", key="acts-move"):
        with notices.notices("Moved to Wed 25 Nov, 10:00.", undo=lambda: session.put(TITLE, "Back again")):
            session.put(session.Slot("acts", "moved", False), True)
    _said(f"title {session.get(TITLE)}")


VERSION = Shown(
    account="Morrow Gelato",
    handle="morrowgelato",
    text=samples.CAPTION,
    pieces=(Piece("/app/static/cone.png", "A cone", 0.8),),
    fold=125,
    fold_lines=3,
)
SCENES: dict[str, Callable[[], None]] = {
    "home": _home,
    "wall": _wall,
    "shelf": _shelf,
    "month": _month,
    "jobs": _jobs,
    "queue": _queue,
    "blank": _blank,
    "acts": _acts,
}
