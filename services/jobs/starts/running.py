"""Running a start: claim it, do it, record what came of it, and go on with what follows."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import psycopg_pool

from services.events import JobStopped
from services.jobs.kinds import registry
from services.jobs.kinds.kind import Given, Kind, Level, Outcome, Parameters
from services.jobs.runs.running_job import RunProgress, TakenOver
from services.jobs.starts import queries, service
from services.jobs.starts.models import Origin, Start, StartState
from services.kit.app import App
from services.kit.db import Scope, Tx, json_value
from services.kit.errors import AppError, RateLimited, Unavailable
from services.kit.redaction import hide, redact
from services.kit.text import clip

_NOTHING = Outcome(said="Nothing was done: it is over, waits for its turn, or waits for a newer version of Loopdesk.")
_ASK_EVERY = timedelta(seconds=1)
# what passes by itself; the queue decides on another try (worker/retries.py)
_MAY_PASS = (Unavailable, RateLimited, psycopg.OperationalError, psycopg_pool.PoolTimeout)


@dataclass(frozen=True)
class _Claimed:
    start: Start
    kind: Kind
    attempt: int


def scope_tx(app: App, scope: Scope) -> AbstractContextManager[Tx]:
    """A transaction of the organisation; without one, of the installation (the caller has asked for the role)."""
    return app.admin_tx() if scope.org_id is None else app.tx(scope)


def run_start(app: App, org_id: UUID | None, start_id: UUID, progress: RunProgress) -> None:
    """
    Run one start to its end. Safe to run twice: what succeeded or was cancelled stays as it is.

    One that failed, crashed or was lost runs once more: somebody handed its job to the queue again. One that waits its
    turn, or that only a newer version of Loopdesk can read, is left as it is.

    :raises Exception: whatever the kind raised, once it is recorded
    """
    scope = Scope(org_id)
    with scope_tx(app, scope) as tx:
        found = queries.one(tx, start_id)
        claimed = _claim(tx, found, org_id) if found else None
    if claimed is None:
        progress.ended(_NOTHING.model_dump(mode="json"))
        return
    _say_who(claimed.start, progress)
    followed = Followed(app, scope, start_id, progress)
    try:
        outcome = claimed.kind.run(app, scope, _parameters(claimed.start), followed)
    except TakenOver:
        return  # what became of it is told by the one who has it now
    except _MAY_PASS as error:
        with scope_tx(app, scope) as tx:
            if is_unwanted := queries.is_cancel_asked(tx, start_id):
                finish(tx, claimed.start, claimed.attempt, StartState.CANCELLED, error=_line(error))
            else:
                queries.will_retry(tx, start_id, claimed.attempt, _line(error))
        if not is_unwanted:
            raise
        progress.heed_stop()
        return
    except Exception as error:
        with scope_tx(app, scope) as tx:
            finish(tx, claimed.start, claimed.attempt, StartState.FAILED, error=_line(error))
        raise
    progress.ended(outcome.model_dump(mode="json"))
    state = StartState.CANCELLED if followed.stopped else StartState.SUCCEEDED
    with scope_tx(app, scope) as tx:
        finish(tx, claimed.start, claimed.attempt, state, outcome=outcome)


def _say_who(start: Start, progress: RunProgress) -> None:
    progress.known_as(
        start.kind,
        origin=start.origin.value,
        origin_id=start.origin_id,
        brand_id=start.brand_id,
        started_by=start.started_by,
        inputs=hide({**start.parameters, **({"given": start.given.model_dump(mode="json")} if start.given else {})}),
    )


def _claim(tx: Tx, found: Start, org_id: UUID | None) -> _Claimed | None:
    """Begin this start; None where it is over, another's turn, or beyond what this version knows."""
    queries.one_at_a_time(tx, found.schedule_id)
    start = queries.lock(tx, found.id)
    if start is None or start.org_id != org_id:
        return None
    if start.state in (StartState.FAILED, StartState.CRASHED, StartState.LOST) and queries.revive(tx, start.id):
        start = start.model_copy(update={"state": StartState.WAITING})
    if start.state.is_over:
        return None
    if start.payload_version > versions().get(start.kind, 0):
        queries.hold(tx, start.id, "It was made by a newer version of Loopdesk and waits for a worker of that version.")
        return None
    if start.state is StartState.WAITING and not _is_its_turn(tx, start):
        return None
    attempt = queries.claim(tx, start.id)
    return _Claimed(start, registry.get_kind(start.kind), attempt) if attempt else None


def _parameters(start: Start) -> Parameters:
    """:raises ParametersWrong: what was stored no longer fits"""
    return registry.checked(start.kind, start.parameters, brand_id=start.brand_id, given=start.given)


def _is_its_turn(tx: Tx, start: Start) -> bool:
    if start.schedule_id is None:
        return True
    others = queries.open_of(tx, start.schedule_id)
    return others[0].id == start.id and all(one.state is StartState.WAITING for one in others)


def versions() -> dict[str, int]:
    """The newest payload this version reads, by kind."""
    return {name: registry.get_kind(name).payload_version for name in registry.KINDS}


def finish(
    tx: Tx, start: Start, attempt: int | None, state: StartState, *, error: str = "", outcome: Outcome | None = None
) -> None:
    """End a start: record, tell, let the next of its schedule go, start what follows. A late end does nothing."""
    queries.one_at_a_time(tx, start.schedule_id)
    row = json_value(outcome.model_dump(mode="json")) if outcome else None
    if not queries.end(tx, start.id, attempt, state.value, error, row):
        return
    if state in (StartState.FAILED, StartState.CRASHED, StartState.LOST):
        tx.emit(JobStopped(start.id))
    if state is StartState.LOST:
        queries.mark_fire_lost(tx, start.id)
    service.wake_next(tx, start.schedule_id)
    if state is StartState.SUCCEEDED and start.then_kind and outcome:
        _go_on(tx, start, start.then_kind, outcome)


def _go_on(tx: Tx, start: Start, kind: str, outcome: Outcome) -> None:
    """Start what follows; that it cannot be started does not undo what was done."""
    given = Given(start_id=start.id, kind=start.kind, outcome=outcome)
    try:
        with tx.connection.transaction():
            brand = start.brand_id if registry.get_kind(kind).reach == "brand" else None
            service.start(
                tx,
                kind,
                start.then_parameters,
                brand_id=brand,
                origin=Origin.CHAIN,
                origin_id=str(start.id),
                given=given,
                told_org_id=start.told_org_id,
            )
    except AppError as error:
        queries.note(tx, start.id, f"What follows could not be started: {error.sentence}")


def _line(error: Exception) -> str:
    return clip(redact(error.sentence if isinstance(error, AppError) else f"{type(error).__name__}: {error}"), 2_000)


class Followed:
    """What a kind is given while it runs: the run's own object, and whether somebody asked to cancel."""

    def __init__(self, app: App, scope: Scope, start_id: UUID, progress: RunProgress) -> None:
        self._app, self._scope, self._start_id, self._progress = app, scope, start_id, progress
        self._looked_at = app.clock.now() - _ASK_EVERY
        self.stopped = False

    @property
    def should_stop(self) -> bool:
        now = self._app.clock.now()
        if not self.stopped and abs(now - self._looked_at) >= _ASK_EVERY:  # a clock may be put back
            self._looked_at = now
            with scope_tx(self._app, self._scope) as tx:
                self.stopped = queries.is_cancel_asked(tx, self._start_id)
            if self.stopped:
                self._progress.heed_stop()
        self.stopped = self.stopped or self._progress.should_stop
        return self.stopped

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self._progress.step(done, total, note)

    def log(self, text: str, level: Level = "info") -> None:
        self._progress.log(text, level)

    def cost(self, api_calls: int = 0, money: Any = None) -> None:
        self._progress.cost(api_calls, money)
