"""Decisions about stages: values in, values out."""

from datetime import datetime, timedelta

from services.kit.text import counted
from services.pipelines.models import Budget, Lapse, Measured, StageState, Standing
from services.pipelines.stage import Stage, Targets

WINDOW = timedelta(days=28)  # as an SLO's window is commonly chosen: four whole weeks, so that weekends weigh the same
LOOK_BACK = timedelta(days=180)
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def state_of(measured: Measured, targets: Targets, now: datetime, *, promised_at: datetime | None = None) -> StageState:
    """
    How the stage is. Late weighs more than failing: what is stuck cannot fail.

    :param promised_at: since when a longest silence is promised, for stages where nothing has succeeded yet
    """
    if waits_too_long(measured, targets, now) or is_silent(measured, targets, now, promised_at):
        return StageState.LATE
    if not measured.last:
        return StageState.NEVER
    return StageState.FRESH if measured.last[0] else StageState.FAILING


def waits_too_long(measured: Measured, targets: Targets, now: datetime) -> bool:
    since, limit = measured.waits_since, targets.fresh_seconds
    return since is not None and limit is not None and (now - since).total_seconds() > limit


def is_silent(measured: Measured, targets: Targets, now: datetime, promised_at: datetime | None = None) -> bool:
    since, limit = measured.last_success_at or promised_at, targets.silence_seconds
    return since is not None and limit is not None and (now - since).total_seconds() > limit


def share_of(part: int, rest: int) -> float | None:
    """None where there is neither."""
    return part / (part + rest) if part + rest else None


def budget_of(measured: Measured, target: float | None) -> Budget | None:
    """None where nothing is promised, or nothing ran."""
    ran = measured.succeeded + measured.failed
    if target is None or not ran:
        return None
    allowed = round((1 - target) * ran, 9)  # one of ten at 90 % is one, not 0.99…
    bad_today = share_of(measured.day_failed, measured.day_succeeded) or 0.0
    return Budget(allowed=allowed, left_ratio=1 - measured.failed / allowed, burn=bad_today / (1 - target))


def judge(
    stage: Stage, measured: Measured, targets: Targets, now: datetime, promised_at: datetime | None = None
) -> Standing:
    return Standing(
        stage=stage.name,
        measured=measured,
        state=state_of(measured, targets, now, promised_at=promised_at),
        targets=targets,
        success_ratio=share_of(measured.succeeded, measured.failed),
        budget=budget_of(measured, targets.success_ratio),
    )


def lapses_of(
    stage: Stage, measured: Measured, targets: Targets, now: datetime, promised_at: datetime | None = None
) -> list[Lapse]:
    """
    What people are told of a stage: what waits for too long, and a silence that is too long.

    What waits for a person is late on the screen and in that person's digest; no job failed to run.
    """
    subject, found = f"stage/{stage.name}", []
    if stage.task and measured.waits_since and waits_too_long(measured, targets, now):
        said = (
            f"{counted(measured.waiting, 'waits', 'wait')} there, the oldest for "
            f"{spoken((now - measured.waits_since).total_seconds())}; "
            f"promised is {spoken(targets.fresh_seconds or 0)} at most."
        )
        title = f"{stage.title}: something waits for too long"
        found.append(Lapse(subject=subject, cause="waiting", title=title, said=said, since=measured.waits_since))
    quiet_since = measured.last_success_at or promised_at
    if quiet_since and is_silent(measured, targets, now, promised_at):
        said = (
            f"Nothing has succeeded for {spoken((now - quiet_since).total_seconds())}; "
            f"promised is once in {spoken(targets.silence_seconds or 0)}."
        )
        title = f"{stage.title}: nothing has come through"
        found.append(Lapse(subject=subject, cause="silent", title=title, said=said, since=quiet_since))
    return found


def spoken(seconds: float) -> str:
    """ "2 days", "1 hour 30 minutes": the largest unit that is full, and the next smaller one where it is not even."""
    for at, (size, unit) in enumerate(_UNITS):
        if seconds >= size:
            rest = seconds % size // _UNITS[at + 1][0] if size > 1 else 0
            return _count(seconds // size, unit) + (f" {_count(rest, _UNITS[at + 1][1])}" if rest else "")
    return "0 seconds"


def _count(number: float, unit: str) -> str:
    return counted(int(number), unit)
