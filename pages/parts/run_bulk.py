"""One act on what is ticked, or on everything that the filters leave: what it will change is told before it does."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from pages.parts import session
from pages.parts.markup import chip, esc, html
from pages.parts.notices import notices, tell
from pages.parts.ticks import clear_ticks, tick_all
from pages.parts.zones import when
from services import jobs
from services.jobs import RunFilter, RunStatus, Shown
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted, one_or_many

KEY = "jobs-list"
ASKING: session.Slot[bool] = session.Slot("jobs", "asking", False)  # a question is open, which a new page would close
_BAD = (Shown.TROUBLE, Shown.DEAD, Shown.FAILED, Shown.CRASHED, Shown.CANCELLED, Shown.QUARANTINED)
_WHY = {
    "waits": "waiting in the queue already",
    "runs": "running at this moment",
    "forgotten": "ended more than three days ago, and forgotten",
    "not yours": "belonging to somebody else",
    "was started again": "started again already",
    "went well or goes on": "done well, or tried again without you",
}


def buttons(
    app: App,
    scope: Scope,
    zone: str,
    wanted: RunFilter,
    shown: list[str],
    chosen: list[int],
    runs: Sequence[jobs.Run],
) -> None:
    """
    Draw the acts that fit what is ticked, else what is listed, if any.

    :param shown: the ids of the lines: of runs, or of jobs that wait
    :param runs: those shown, none where it is jobs that wait
    """
    if shown and len(chosen) < len(shown):
        st.button(
            f"Select all {len(shown)} on this page", icon=":material/select_all:", key="jobs-chosen-all",
            on_click=tick_all, args=(KEY, shown),
        )  # fmt: skip
    if chosen:
        _of_chosen(app, scope, zone, wanted, chosen, [run for run in runs if run.id in chosen])
        return
    words = "Retry all of these"
    if wanted.shown in _BAD and st.button(words, icon=":material/refresh:", key="jobs-bulk-retry"):
        _retry(app, scope, zone, wanted, _plan(app, scope, wanted, None))
    words = "Cancel all of these"
    if wanted.shown is Shown.WAITING and st.button(words, icon=":material/block:", key="jobs-bulk-cancel"):
        with jobs.runs_tx(app, scope, is_installation=wanted.is_installation) as tx:
            plan = jobs.plan_stop(tx, wanted)
        _cancel(app, scope, wanted, plan)


def _of_chosen(app: App, scope: Scope, zone: str, wanted: RunFilter, chosen: list[int], runs: list[jobs.Run]) -> None:
    bad = [run.id for run in runs if run.status in (*jobs.ENDED_BADLY, RunStatus.ABORTED)]
    open_ = [run.job_id for run in runs if run.status in (RunStatus.RUNNING, RunStatus.RETRYING)]
    to_cancel = chosen if wanted.shown is Shown.WAITING else list(dict.fromkeys(open_))
    if bad and st.button(f"Retry {len(bad)}", icon=":material/refresh:", key="jobs-chosen-retry"):
        _retry(app, scope, zone, wanted, _plan(app, scope, wanted, bad))
    if to_cancel and st.button(f"Cancel {len(to_cancel)}", icon=":material/block:", key="jobs-chosen-cancel"):
        _cancel(app, scope, wanted, _these(to_cancel))
    st.button(f"Clear {len(chosen)} selected", key="jobs-chosen-clear", on_click=clear_ticks, args=(KEY,))


def _plan(app: App, scope: Scope, wanted: RunFilter, run_ids: list[int] | None) -> jobs.RetryPlan:
    with jobs.runs_tx(app, scope, is_installation=wanted.is_installation) as tx:
        return jobs.plan_retry(tx, wanted, run_ids)


def _these(job_ids: list[int]) -> jobs.StopPlan:
    return jobs.StopPlan(jobs=tuple(job_ids), total=len(job_ids))


def _answered() -> None:
    session.pop(ASKING)


@st.dialog("Retry these?", icon=":material/refresh:", on_dismiss=_answered)
def _retry(app: App, scope: Scope, zone: str, wanted: RunFilter, plan: jobs.RetryPlan) -> None:
    session.put(ASKING, True)
    count, now = len(plan.runs), app.clock.now()
    html(
        f"<p><b>{counted(count, 'run')}</b> will start again.</p>" if count else "<p>None of them can start again.</p>"
    )
    if plan.is_cut and plan.newest_at and plan.oldest_at:
        html(
            f"<p>More match than the {jobs.BULK_MOST:,} that are taken at a time. These are the newest, started from "
            f"{esc(when(plan.oldest_at, zone, now))} to {esc(when(plan.newest_at, zone, now))}. "
            "Do it again for the rest.</p>"
        )
    html(_chips(plan))
    for reason, number in plan.left_out.items():
        html(f'<p class="mut">{number:,} left out: {esc(_WHY.get(reason, reason))}.</p>')
    if not count:
        return
    minutes = st.number_input(
        "Spread over minutes", min_value=0, max_value=1_440, value=0, step=5, key="jobs-bulk-minutes",
        help="0 starts them at once. Two hundred over twenty minutes start one every six seconds.",
    )  # fmt: skip
    apart = 60 * minutes / max(1, count - 1)
    if minutes and count > 1:
        html(f'<p class="mut num">One every {apart:,.1f} s, the last in {minutes} min.</p>')
    if st.button(
        f"Retry {counted(count, 'run')}", type="primary", icon=":material/refresh:", key="jobs-bulk-retry-now"
    ):
        with notices(quiet_error=True):
            own = wanted.is_installation
            done = jobs.retry_many(app, scope, plan.runs, int(minutes), is_installation=own)
            tell(f"{counted(done, 'run starts', 'runs start')} again. You can leave this page.")
            clear_ticks(KEY)
        st.rerun()


def act(app: App, scope: Scope, wanted: RunFilter, name: str, line: str) -> None:
    """What a line's own button does: cancel what waits, start again what was lost."""
    if name == "cancel":
        _cancel(app, scope, wanted, _these([int(line)]))
        return
    start_again(app, scope, UUID(line.removeprefix("start-")), is_installation=wanted.is_installation)
    st.rerun()


def start_again(app: App, scope: Scope, start_id: UUID, *, is_installation: bool) -> None:
    """Start once more what has no run, and say what became of that."""
    with notices(quiet_error=True):
        made = jobs.again_now(app, scope, start_id, is_installation=is_installation)
        tell("Started again. You can leave this page." if made.is_new else "Somebody has started it again already.")


@st.dialog("Cancel these?", icon=":material/block:", on_dismiss=_answered)
def _cancel(app: App, scope: Scope, wanted: RunFilter, plan: jobs.StopPlan) -> None:
    session.put(ASKING, True)
    count = len(plan.jobs)
    html(
        f"<p><b>{counted(count, 'job')}</b> that {one_or_many(count, 'waits', 'wait')} will not run. "
        "What has begun is asked to stop. What was not done stays undone.</p>"
    )
    if plan.total > count:
        html(
            f"<p>{plan.total:,} match, and {count:,} at most are taken at a time: the next to start. "
            "Do it again for the rest.</p>"
        )
    if st.button(f"Cancel {count:,}", type="primary", icon=":material/block:", key="jobs-bulk-cancel-now"):
        with notices(quiet_error=True):
            cancelled, asked = jobs.stop(app, scope, list(plan.jobs), is_installation=wanted.is_installation)
            tell(f"{cancelled} cancelled" + (f", {asked} asked to stop." if asked else "."))
            clear_ticks(KEY)
        st.rerun()


def _chips(plan: jobs.RetryPlan) -> str:
    kinds = {kind.name: kind.title for kind in jobs.list_kinds()}
    told = "".join(
        chip(f"{number} × {kinds.get(task) or jobs.task_words(task)}", "blue") for task, number in plan.by_task.items()
    )
    return f'<div class="row" style="flex-wrap:wrap">{told}</div>'
