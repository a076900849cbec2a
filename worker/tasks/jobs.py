"""Jobs that people and schedules start, and telling when one stopped."""

from uuid import UUID

from services import identity, jobs, notifications
from services.jobs import RunProgress
from services.kit.app import App
from services.kit.db import Scope
from services.kit.text import clip


def run_start(app: App, org_id: UUID | None, start_id: UUID, progress: RunProgress) -> None:
    jobs.run_start(app, org_id, start_id, progress)


def tell_stopped(app: App, org_id: UUID | None, start_id: UUID) -> None:
    _tell(
        app,
        jobs.stopped(app, Scope(org_id), start_id),
        f"/jobs?start={start_id}",
        "Open it for what to do and another try.",
    )


def tell_schedule_stopped(app: App, org_id: UUID | None, schedule_id: UUID) -> None:
    _tell(
        app,
        jobs.stopped_schedule(app, Scope(org_id), schedule_id),
        f"/schedules?schedule={schedule_id}",
        "Open it, put that right and resume it.",
    )


def _tell(app: App, told: jobs.Stopped | None, link: str, now: str) -> None:
    """Tells the organisation, or of the installation's own those who may see the system there."""
    if told is None:
        return
    with app.tx(Scope(told.org_id)) as tx:
        may = [one.user_id for one in identity.members(tx) if identity.can(one.role, identity.Act.SYSTEM)]
        notifications.tell(
            tx,
            kind="job",
            tone="red",
            title=told.title,
            body=f"{clip(told.body, 220)} {now}".strip(),
            link=link,
            cause=told.cause,
            occurrence=told.occurrence,
            only=may if told.is_installation else None,
        )


def tell_quarantined(app: App, org_id: UUID, run_id: int) -> None:
    """Once per job, whoever runs this how often."""
    with app.tx(Scope(org_id)) as tx:
        run = jobs.run(tx, run_id)
        notifications.tell(
            tx,
            kind="job",
            tone="red",
            title=f"Put aside: {jobs.task_words(run.task)}",
            body="It has ended five workers in a row. The others go on; look at it and start it again when it is safe.",
            link=f"/jobs?run={run_id}",
            cause=f"job/{run.job_id}/quarantined",
        )
