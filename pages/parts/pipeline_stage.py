"""One stage looked at: what came, went on and was refused, what was promised, and where its runs are."""

import streamlit as st

from pages.parts import doors, paths, pipeline_acts
from pages.parts.csv import csv_button
from pages.parts.look import card, card_head
from pages.parts.markup import bar, chip, esc, html
from pages.parts.pipeline_desk import Desk
from pages.parts.pipeline_words import length, percent, waiting_words
from pages.parts.zones import ago, near
from services import pipelines


def flow_card(desk: Desk, stage: pipelines.Stage) -> None:
    """Counts, and the refused ones to take along."""
    one = desk.here.get(stage.name)
    got = one.measured if one else pipelines.Measured()
    with card("pipelines-flow", gap="small"):
        card_head(stage.title, f"{pipelines.WINDOW.days} days")
        html(f'<p class="mut">{esc(stage.help)}</p>')
        if not got.came:
            html('<p class="mut">Nothing has come here in this time. Open its screen to begin.</p>')
        counted = (("in", got.came), ("out", got.went_on), ("refused", got.rejected))
        figures = [_figure(f"{stage.takes} {word}", count, is_bad=word == "refused") for word, count in counted]
        html(f'<div class="inout">{"".join(figures)}{_figure("waiting now", got.waiting)}</div>')
        with st.container(horizontal=True, gap="small"):
            if got.rejected:
                csv_button(
                    f"loopdesk-{stage.name}-refused", stage.rejects.columns, lambda: _refused(desk, stage),
                    key=f"pipelines-refused-{stage.name}", label="Refused rows",
                )  # fmt: skip
            _ways(stage, is_first=not got.came)


def _figure(words: str, count: int, *, is_bad: bool = False) -> str:
    tone = " bad" if is_bad and count else ""
    return f'<div class="fig{tone}"><b class="big num">{count:,}</b><div class="mut">{esc(words)}</div></div>'


def _ways(stage: pipelines.Stage, *, is_first: bool) -> None:
    """To the runs of this stage, to what starts it, to the screen it is worked on; that one first where it is empty."""
    if stage.task and st.button("Runs", icon=":material/sync:", key="pipelines-runs"):
        paths.go("jobs", what=stage.task)
    if stage.kinds and st.button("Schedules", icon=":material/event_repeat:", key="pipelines-schedules"):
        paths.go("schedules", kind=stage.kinds[0])
    if st.button("Open", icon=":material/arrow_forward:", key="pipelines-work",
                 type="primary" if is_first else "secondary"):  # fmt: skip
        paths.follow(stage.path)


def _refused(desk: Desk, stage: pipelines.Stage) -> list[tuple[object, ...]]:
    with doors.app().tx(doors.scope_of(desk.person)) as tx:
        return pipelines.rejected(tx, stage.name, desk.brand_id)


def promises_card(desk: Desk, stage: pipelines.Stage) -> None:
    """Each promise with what is; the budget of failures and how fast it burns."""
    one = desk.here.get(stage.name)
    got = one.measured if one else pipelines.Measured()
    targets = one.targets if one else stage.targets
    with card("pipelines-promises", gap="small"):
        card_head("Promises", "your own" if stage.name in desk.own else "the usual")
        waits = (desk.now - got.waits_since).total_seconds() if got.waits_since else None
        lines = [
            _promise("Nothing waits longer than", targets.fresh_seconds, waits or 0.0, waiting_words(desk, one)),
            _promise("95 of 100 take at most", targets.p95_seconds, got.p95_seconds, f"now {length(got.p95_seconds)}"),
        ]
        if desk.brand_id is None and targets.silence_seconds:
            since = got.last_success_at
            quiet = (desk.now - since).total_seconds() if since else None
            told = f"last {ago(since, desk.now)} ago" if since else "none yet"
            lines.insert(1, _promise("A success at least every", targets.silence_seconds, quiet, told))
        html("".join(lines) + _success(one, targets))
        if desk.may:
            st.button("Change", icon=":material/tune:", key="pipelines-change", on_click=pipeline_acts.ask_promises,
                      args=(stage.name, targets, stage.name in desk.own))  # fmt: skip


def _promise(words: str, limit: int | None, now: float | None, told: str) -> str:
    """`now` None: nothing ran that could tell."""
    if limit is None:
        return f'<div class="prm"><span>{words}</span><span class="mut sp">not promised, {esc(told)}</span></div>'
    verdict = _verdict(None if now is None else now <= limit)
    return (
        f'<div class="prm"><span>{words} <b>{esc(pipelines.spoken(limit))}</b></span>'
        f'<span class="sp row"><span class="mut">{esc(told)}</span>{verdict}</span></div>'
    )


def _verdict(is_kept: bool | None) -> str:
    if is_kept is None:
        return chip("no runs yet")
    return chip("kept", "green", "check") if is_kept else chip("broken", "red", "close")


def _success(one: pipelines.Standing | None, targets: pipelines.Targets) -> str:
    if targets.success_ratio is None:
        return '<div class="prm"><span>Runs that succeed</span><span class="mut sp">not promised</span></div>'
    ran = one.measured.succeeded + one.measured.failed if one else 0
    told = f"{percent(one.success_ratio if one else None)} of {ran:,}"
    budget = one.budget if one else None
    left = budget.left_ratio if budget else 1.0
    verdict = _verdict(left >= 0 if ran else None)
    line = (
        f'<div class="prm"><span>At least <b>{percent(targets.success_ratio)}</b> succeed</span>'
        f'<span class="sp row"><span class="mut">{told}</span>{verdict}</span></div>'
    )
    if budget is None or one is None:
        return line
    tone = "red" if left < 0.1 else "orange" if left < 0.5 else "green"
    spent = f"{one.measured.failed:,} failed, {budget.allowed:,.1f} allowed in {pipelines.WINDOW.days} days"
    return (
        f'{line}<div class="bud"><div class="row"><span>Error budget left</span><b class="sp num">'
        f"{percent(max(0.0, left)) if left >= 0 else 'overspent'}</b></div>{bar(left, tone, 'Error budget left')}"
        f'<div class="row mut"><span>{spent}</span><span class="sp">{_pace(budget.burn)}</span></div></div>'
    )


def _pace(burn: float) -> str:
    """A pace of 1 uses up exactly all of it in a window."""
    return f"burning {burn:.1f}× as fast as it may" if burn > 0 else "not burning today"


def marks_card(desk: Desk, stage: pipelines.Stage) -> None:
    """How far it has come, and the way back."""
    marks = desk.marks[stage.name]
    if not marks:
        return
    with card("pipelines-marks", gap="small"):
        card_head("Taken up to", "the whole organisation")
        for number, mark in enumerate(marks):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                upto = near(mark.upto, desk.zone, desk.now) if mark.upto else "nothing yet"
                html(f'<div><b>{esc(upto)}</b> <span class="mut">{esc(mark.title)}, {esc(mark.said)}</span></div>')
                if desk.may and stage.reset_help:
                    st.button("Go back", icon=":material/history:", key=f"pipelines-back-{number}",
                              on_click=pipeline_acts.ask_back, args=(stage.name, mark.name))  # fmt: skip
