"""What a run's stored facts are called, and how a task stands by its latest runs."""

from datetime import datetime

from pages.parts.rows import Chip
from pages.parts.runs import Job, RunAct
from pages.parts.zones import ago, near, span
from services import jobs
from services.jobs import RunStatus

STATUS: dict[RunStatus, Chip] = {
    RunStatus.RUNNING: ("Running", "violet", "sync"),
    RunStatus.SUCCEEDED: ("Done", "green", "check_circle"),
    RunStatus.FAILED: ("Failed", "red", "error"),
    RunStatus.RETRYING: ("Retrying", "yellow", "refresh"),
    RunStatus.LOST: ("Crashed", "red", "bolt"),
    RunStatus.ABORTED: ("Cancelled", "gray", "block"),
    RunStatus.QUARANTINED: ("Quarantined", "red", "front_hand"),
}
_MARKS = {
    RunStatus.RUNNING: "running",
    RunStatus.SUCCEEDED: "done",
    RunStatus.FAILED: "failed",
    RunStatus.RETRYING: "retrying",
    RunStatus.LOST: "crashed",
    RunStatus.ABORTED: "cancelled",
    RunStatus.QUARANTINED: "crashed",
}
_PAGES = {
    "research.run_import": ("imports", "import"),
    "publishing.step": ("calendar", "post"),
    "publishing.preflight": ("calendar", "post"),
    "publishing.set_cover": ("calendar", "post"),
    "publishing.fetch_permalink": ("calendar", "post"),
    "publishing.post_first_comment": ("calendar", "post"),
    "metrics.plan_pulls": ("calendar", "post"),
    "notifications.tell_post_published": ("calendar", "post"),
    "notifications.tell_post_stopped": ("calendar", "post"),
    "notifications.tell_import_finished": ("imports", "import"),
}


def job_line(line: jobs.JobLine, zone: str, now: datetime, *, may_retry: bool) -> Job:
    """One task or kind as the table shows it."""
    newest = line.runs[0] if line.runs else None
    ended_badly = newest is not None and newest.status in jobs.ENDED_BADLY
    retry = (RunAct("retry", "refresh", "Retry failed"),) if may_retry and ended_badly else ()
    took = next((run.took_seconds for run in line.runs if run.took_seconds is not None), None)
    return Job(
        id=line.name,
        name=title(line.name),
        note=_note(line),
        state=_state(line),
        last=tuple((mark(run), near(run.started_at, zone, now)) for run in reversed(line.runs)),
        took=span(took) if took is not None else "",
        lateness=late_words(newest) if newest else "",
        is_late=is_late(newest) if newest else False,
        ran=near(newest.started_at, zone, now) if newest else "",
        next=near(line.queued.next_at, zone, now) if line.queued.next_at else "",
        acts=retry,
    )


def title(name: str) -> str:
    """What people call a task or a kind."""
    return jobs.get_kind(name).title if name in jobs.KINDS else jobs.task_words(name)


def trouble_first(line: jobs.JobLine) -> tuple[int, str]:
    """The order of the table: what failed, what is retried, what runs, the rest; then by name."""
    newest = line.runs[0].status if line.runs else None
    places = (jobs.ENDED_BADLY, (RunStatus.RETRYING,), (RunStatus.RUNNING,))
    return next((n for n, some in enumerate(places) if newest in some), len(places)), title(line.name)


def _note(line: jobs.JobLine) -> str:
    newest = line.runs[0] if line.runs else None
    if newest and newest.status in (*jobs.ENDED_BADLY, RunStatus.RETRYING) and newest.error:
        return newest.error
    if newest and newest.status is RunStatus.RUNNING:
        return " · ".join(part for part in (progress(newest), newest.note) if part) or "just started"
    waits, planned = line.queued.waiting, line.queued.planned
    parts = [f"{waits} waiting" if waits else "", f"{planned} planned" if planned else ""]
    return ", ".join(part for part in parts if part) or "on demand"


def _state(line: jobs.JobLine) -> Chip:
    newest = line.runs[0] if line.runs else None
    if newest is None:
        return ("Waiting", "blue", "schedule") if line.queued.waiting else ("Planned", "gray", "event")
    if newest.status is RunStatus.RETRYING:
        return (f"Retrying, {newest.attempt}. try", "yellow", "refresh")
    if newest.status is RunStatus.SUCCEEDED and is_late(newest):
        return (f"Late {span(newest.late_seconds or 0.0)}", "orange", "schedule")
    if newest.status is RunStatus.RUNNING and share(newest) is not None:
        return (f"Running, {share(newest):.0%}", "violet", "sync")
    return STATUS[newest.status]


def is_late(run: jobs.Run) -> bool:
    return (run.late_seconds or 0.0) > jobs.LATE_AFTER_SECONDS


def late_words(run: jobs.Run) -> str:
    """How long after its time it started; empty where it had none."""
    late = run.late_seconds
    return span(round(max(0.0, late), 1)) if late is not None else ""


def mark(run: jobs.Run) -> str:
    """The word of the mark that stands for this run."""
    return "late" if run.status is RunStatus.SUCCEEDED and is_late(run) else _MARKS[run.status]


def share(run: jobs.Run) -> float | None:
    """How far it has come, 0 to 1; None where nobody knows how much there is."""
    if not run.progress_total or run.progress_done is None:
        return None
    return min(1.0, run.progress_done / run.progress_total)


def progress(run: jobs.Run) -> str:
    """ "2 of 5", or "200" where nobody knows how many there are."""
    if run.progress_done is None:
        return ""
    return f"{run.progress_done:,} of {run.progress_total:,}" if run.progress_total else f"{run.progress_done:,}"


def subject_page(run: jobs.Run) -> tuple[str, dict[str, str]] | None:
    """The screen and the query that show what a run worked on."""
    found = _PAGES.get(run.task)
    return (found[0], {found[1]: run.subject_id}) if found and run.subject_id else None


def lasted(run: jobs.Run, now: datetime) -> str:
    took = run.took_seconds
    return f"took {span(took)}" if took is not None else f"for {ago(run.started_at, now)} so far"
