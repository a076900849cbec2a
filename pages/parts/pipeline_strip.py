"""The pipeline drawn: one card per stage in the order of the work, and a table of brands below."""

import streamlit as st

from pages.parts import pipeline_desk
from pages.parts.look import card, card_head
from pages.parts.markup import box, esc, html, icon
from pages.parts.pipeline_desk import Desk
from pages.parts.pipeline_words import STATES, last_words, short, shown_stages, state_chip, waiting_words
from services import pipelines
from services.pipelines import StageState


def strip(desk: Desk, chosen: str) -> None:
    """A press anywhere on a card looks at its stage."""
    names = shown_stages(desk)
    with st.container(key="pipelines-strip"):
        grid = st.grid(len(names), min_column_width=150, gap="small")
        for name in names:
            with grid.cell():
                _stage(desk, pipelines.get_stage(name), is_chosen=name == chosen)


def _stage(desk: Desk, stage: pipelines.Stage, *, is_chosen: bool) -> None:
    one = desk.here.get(stage.name)
    tone = STATES[one.state if one else StageState.NEVER][1]
    got = one.measured if one else pipelines.Measured()
    dots = "".join(_dot(is_good) for is_good in reversed(got.last))
    refused = f'<span class="no">{short(got.rejected)} refused</span>' if got.rejected else "none refused"
    with card(f"pipelines-{'on-' if is_chosen else ''}{stage.name}", height="stretch"):
        html(
            f'<div class="stg"><div class="row">{box(stage.icon, tone, 18)}<div class="m"><div class="h">'
            f"{esc(stage.title)}</div>{state_chip(one)}{_overspent(one)}</div></div>"
            f'<div class="flow"><b class="num">{short(got.came)}</b> in <i>→</i> '
            f'<b class="num">{short(got.went_on)}</b> out</div>'
            f'<div class="mut">{esc(stage.takes)}, {refused}</div>'
            f'<div class="mut">{esc(waiting_words(desk, one))}</div>'
            f'<div class="dots" role="img" aria-label="{esc(_spoken(got.last))}">{dots or "&nbsp;"}</div>'
            f'<div class="mut">{esc(last_words(desk, one))}</div></div>'
        )
        if st.button(f"Look at {stage.title}", key=f"pipelines-open-{stage.name}"):
            pipeline_desk.choose(stage.name)
            st.rerun()


def _overspent(one: pipelines.Standing | None) -> str:
    """More has failed than was promised, even where the latest run went well."""
    is_over = one is not None and one.budget is not None and one.budget.left_ratio < 0
    return f' <span title="The error budget is overspent">{icon("trending_down", "red")}</span>' if is_over else ""


def _dot(is_good: bool) -> str:
    return f'<span class="dot {"ok" if is_good else "bad"}"></span>'


def _spoken(last: tuple[bool, ...]) -> str:
    bad = last.count(False)
    return f"{bad} of the last {len(last)} failed" if last else "nothing ran"


def brand_table(desk: Desk) -> None:
    """Every brand that something came to, by stage."""
    by_brand = {(one.measured.brand_id, one.stage): one for one in desk.every if one.measured.brand_id}
    rows = [(brand, name) for brand, name in desk.brands.items() if any(key[0] == brand for key in by_brand)]
    stages = [one for one in pipelines.list_stages() if one.reach == "brand"]
    if not rows or desk.brand_id is not None:
        return
    head = "".join(f"<th>{esc(stage.title)}</th>" for stage in stages)
    body = "".join(
        f"<tr><td>{esc(name)}</td>"
        + "".join(
            f'<td data-l="{esc(stage.title)}">{state_chip(by_brand.get((brand, stage.name)))}</td>' for stage in stages
        )
        + "</tr>"
        for brand, name in rows
    )
    with card("pipelines-brands", gap="small"):
        card_head("By brand", "imports belong to the whole organisation")
        html(f'<div class="wide"><table class="brandrows"><tr><th>Brand</th>{head}</tr>{body}</table></div>')
