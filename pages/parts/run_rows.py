"""One run, one waiting job or one lost wish, as a line of the list."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pages.parts.run_place import ORIGINS
from pages.parts.run_words import STATUS, is_late, late_words, mark, progress, title
from pages.parts.runs import Job, RunAct
from pages.parts.zones import ago, near, span
from services import identity, jobs
from services.jobs import RunStatus
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import counted

Wished = jobs.Run | jobs.WaitingJob | jobs.LostStart | jobs.Start
_OTHERS = ""  # who is no member here, where the list is not the organisation's own


def run_line(run: jobs.Run, zone: str, now: datetime, last: Sequence[jobs.Run], names: Mapping[str, str]) -> Job:
    """`last` are the latest runs of its task, newest first; `names` as `started_by` takes them."""
    took = run.took_seconds
    return Job(
        id=str(run.id),
        name=title(run.name),
        note=_note(run),
        state=STATUS[run.status],
        last=tuple((mark(one), near(one.started_at, zone, now)) for one in reversed(last)),
        planned=near(run.due_at, zone, now) if run.due_at else "",
        ran=near(run.started_at, zone, now),
        finished=near(run.finished_at, zone, now) if run.finished_at else "",
        took=span(took) if took is not None else f"{ago(run.started_at, now)} so far",
        lateness=late_words(run),
        is_late=is_late(run),
        attempts=str(run.attempt) if run.attempt > 1 else "",
        progress=with_rest(run, now),
        cost=cost(run),
        by=started_by(run, names),
    )


def waiting_line(
    job: jobs.WaitingJob, zone: str, now: datetime, names: Mapping[str, str], *, may_act: bool = False
) -> Job:
    is_later = job.scheduled_at is not None and job.scheduled_at > now
    state = ("Retrying", "yellow", "refresh") if job.attempts else ("Planned", "gray", "event")
    waits = job.queued_at and not is_later
    return Job(
        id=str(job.job_id),
        name=title(job.kind or job.task),
        note=job.held
        or (f"waits for {ago(job.scheduled_at or job.queued_at, now)}" if waits and job.queued_at else ""),
        state=state if is_later else ("Waiting", "blue", "hourglass_top"),
        planned=near(job.scheduled_at or job.queued_at, zone, now) if job.scheduled_at or job.queued_at else "",
        attempts=str(job.attempts + 1) if job.attempts else "",
        by=started_by(job, names),
        acts=(RunAct("cancel", "block", "Cancel", bare=True),) if may_act else (),
    )


def lost_line(one: jobs.LostStart, zone: str, now: datetime, names: Mapping[str, str], *, may_act: bool = False) -> Job:
    return Job(
        id=f"start-{one.id}",
        name=title(one.kind),
        note=one.error,
        state=("Lost", "red", "help"),
        planned=near(one.due_at or one.created_at, zone, now),
        by=started_by(one, names),
        acts=(RunAct("again", "refresh", "Start again", bare=True),) if may_act else (),
    )


def with_rest(run: jobs.Run, now: datetime) -> str:
    """ "40 of 100, 3 min left"."""
    left = run.left_seconds(now)
    return ", ".join(part for part in (progress(run), f"{span(left)} left" if left is not None else "") if part)


def cost(run: jobs.Run) -> str:
    """ "3 calls, 1.50 EUR", and of less than a cent all there is, "0.015 USD"; empty where it cost nothing."""
    calls = counted(run.api_calls, "call") if run.api_calls else ""
    whole, micros = divmod(run.cost_micros, 1_000_000)
    exact = f"{whole:,}.{f'{micros:06}'.rstrip('0'):0<2}"
    money = f"{exact} {run.cost_currency or ''}".strip() if run.cost_micros else ""
    return ", ".join(part for part in (calls, money) if part)


def started_by(run: Wished, names: Mapping[str, str]) -> str:
    """
    A person's name, the schedule's, else what set it off, or what happened before it.

    :param names: of people and schedules, by id
    """
    if run.origin == "schedule":
        return names.get(run.origin_id or "", "A removed schedule")
    if run.started_by:
        return names.get(str(run.started_by), names.get(_OTHERS, "Somebody who left"))
    return ORIGINS.get(run.origin or "") or jobs.set_off_by(
        run.task if isinstance(run, jobs.Run | jobs.WaitingJob) else ""
    )


def names_of(app: App, scope: Scope, runs: Sequence[Wished] | None, *, is_installation: bool = False) -> dict[str, str]:
    """
    Who and what these were started by, by id; nobody of another organisation is named.

    :param runs: None names everybody and every schedule
    """
    found: dict[str, str] = {_OTHERS: "Somebody else"} if is_installation else {}
    is_by_schedule = runs is None or any(run.origin == "schedule" for run in runs)
    is_by_person = runs is None or any(run.started_by for run in runs)
    if is_by_schedule and is_installation:
        found |= {str(one.id): f"“{one.name}”" for one in jobs.installation_schedules(app, scope)}
    with app.tx(scope) as tx:
        if is_by_schedule and not is_installation:
            found |= {str(one.id): f"“{one.name}”" for one in jobs.list_schedules(tx)}
        if is_by_person:
            found |= {str(one.user_id): one.display_name for one in identity.members(tx)}
    return found


def said(run: jobs.Run) -> str:
    """The sentence it said at its end."""
    told = (run.outcome or {}).get("said")
    return told if isinstance(told, str) else ""


def _note(run: jobs.Run) -> str:
    if run.status in (*jobs.ENDED_BADLY, RunStatus.RETRYING):
        return run.error or run.note
    return said(run) or run.note or run.error or ""
