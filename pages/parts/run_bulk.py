"""One act on what is ticked, or on everything that the filters leave: what it will change is told before it does."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import run_place
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices, tell
from pages.parts.ticks import clear_ticks
from services import jobs
from services.jobs import RunFilter, RunStatus, Shown
from services.kit.app import App
from services.kit.db import Scope

KEY = "jobs-list"
_BAD = (Shown.TROUBLE, Shown.DEAD, Shown.FAILED, Shown.CRASHED, Shown.CANCELLED, Shown.QUARANTINED)
_WHY = {
    "waits": "wait in the queue already",
    "runs": "run at this moment",
    "forgotten": "ended more than three days ago, and their jobs are forgotten",
    "not yours": "belong to somebody else",
    "was started again": "were started again already",
    "went well or goes on": "went well, or are tried again by themselves",
}


def buttons(
    app: App, scope: Scope, wanted: RunFilter, listed: list[int], chosen: list[int], runs: Sequence[jobs.Run]
) -> None:
    """
    Draw the acts that fit what is ticked, else what is listed, if any.

    :param listed: the ids of what is shown: of runs, or of jobs that wait
    :param runs: those shown, none where it is jobs that wait
    """
    if chosen:
        _of_chosen(app, scope, wanted, chosen, [run for run in runs if run.id in chosen])
        return
    words = "Retry all of these"
    if wanted.shown in _BAD and st.button(words, icon=":material/refresh:", key="jobs-bulk-retry"):
        _retry(app, scope, wanted, None)
    words = "Cancel all of these"
    if wanted.shown is Shown.WAITING and st.button(words, icon=":material/block:", key="jobs-bulk-cancel"):
        cancel(app, scope, listed)


def _of_chosen(app: App, scope: Scope, wanted: RunFilter, chosen: list[int], runs: list[jobs.Run]) -> None:
    bad = [run.id for run in runs if run.status in (*jobs.ENDED_BADLY, RunStatus.ABORTED)]
    open_ = [run.job_id for run in runs if run.status in (RunStatus.RUNNING, RunStatus.RETRYING)]
    to_cancel = chosen if wanted.shown is Shown.WAITING else list(dict.fromkeys(open_))
    if bad and st.button(f"Retry {len(bad)}", icon=":material/refresh:", key="jobs-chosen-retry"):
        _retry(app, scope, wanted, bad)
    if to_cancel and st.button(f"Cancel {len(to_cancel)}", icon=":material/block:", key="jobs-chosen-cancel"):
        cancel(app, scope, to_cancel)
    st.button(f"Clear {len(chosen)} selected", key="jobs-chosen-clear", on_click=clear_ticks, args=(KEY,))


@st.dialog("Retry these?", icon=":material/refresh:")
def _retry(app: App, scope: Scope, wanted: RunFilter, run_ids: list[int] | None) -> None:
    with app.tx(scope) as tx:
        plan = jobs.plan_retry(tx, wanted, run_ids)
    count = len(plan.runs)
    cut = " These are the newest thousand; do it again for the rest." if plan.is_cut else ""
    html(
        f"<p><b>{_runs(count)}</b> will start again.{esc(cut)}</p>" if count else "<p>None of them can start again.</p>"
    )
    html(_chips(plan))
    for reason, number in plan.left_out.items():
        html(f'<p class="mut">{number} left out: they {esc(_WHY.get(reason, reason))}.</p>')
    if not count:
        return
    minutes = st.number_input(
        "Spread over minutes", min_value=0, max_value=1_440, value=0, step=5, key="jobs-bulk-minutes",
        help="0 starts them at once. Two hundred over twenty minutes start one every six seconds.",
    )  # fmt: skip
    apart = 60 * minutes / max(1, count - 1)
    if minutes and count > 1:
        html(f'<p class="mut num">One every {apart:,.1f} s, the last in {minutes} min.</p>')
    if st.button(f"Retry {_runs(count)}", type="primary", icon=":material/refresh:", key="jobs-bulk-retry-now"):
        with notices(quiet_error=True):
            done = jobs.retry_many(app, scope, plan.runs, int(minutes))
            tell(f"{_runs(done)} start{'s' if done == 1 else ''} again. You can leave this page.")
            clear_ticks(KEY)
        st.rerun()


def act(app: App, scope: Scope, name: str, line: str) -> None:
    """What a line's own button does: cancel what waits, start again what was lost."""
    if name == "cancel":
        cancel(app, scope, [int(line)])
        return
    with notices("Started again. You can leave this page.", quiet_error=True), app.tx(scope) as tx:
        jobs.start_again(tx, UUID(line.removeprefix("start-")))
    run_place.go_to(state="")
    st.rerun()


@st.dialog("Cancel these?", icon=":material/block:")
def cancel(app: App, scope: Scope, ids: list[int]) -> None:
    """Ask before these jobs are cancelled."""
    count = len(ids)
    html(
        f"<p><b>{count} job{'s' if count != 1 else ''}</b> that wait{'' if count != 1 else 's'} will not run. What has "
        "begun is asked to stop. What was not done stays undone.</p>"
    )
    if st.button(f"Cancel {count}", type="primary", icon=":material/block:", key="jobs-bulk-cancel-now"):
        with notices(quiet_error=True):
            cancelled, asked = jobs.stop(app, scope, ids)
            tell(f"{cancelled} cancelled" + (f", {asked} asked to stop." if asked else "."))
            clear_ticks(KEY)
        st.rerun()


def _runs(count: int) -> str:
    return f"{count:,} run{'s' if count != 1 else ''}"


def _chips(plan: jobs.RetryPlan) -> str:
    kinds = {kind.name: kind.title for kind in jobs.list_kinds()}
    told = "".join(
        chip(f"{number} × {kinds.get(task) or jobs.task_words(task)}", "blue") for task, number in plan.by_task.items()
    )
    return f'<div class="row" style="flex-wrap:wrap">{told}</div>'
