"""How the latest starts of every schedule went: the dots of a list, each with the run behind it."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.jobs.desk import runs_tx
from services.jobs.starts.models import Origin, StartState
from services.kit.app import App
from services.kit.db import Scope, Tx

_MOST = 10


class LatestStart(BaseModel):
    """`run_id` is the newest run of this start; None where it has not run."""

    model_config = ConfigDict(frozen=True)

    schedule_id: UUID
    start_id: UUID
    state: StartState
    origin: Origin
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: str
    run_id: int | None

    @property
    def at(self) -> datetime:
        return self.started_at or self.created_at


_LATEST: LiteralString = """
select x.id as schedule_id, s.id as start_id, s.state, s.origin, s.created_at, s.started_at, s.finished_at, s.error,
  r.id as run_id
from (select id from app.schedules where %(only)s::uuid is null or id = %(only)s) x
cross join lateral (select id, state, origin, created_at, started_at, finished_at, error from app.job_starts
   where schedule_id = x.id order by created_at desc, id desc limit %(most)s) s
left join lateral (select id from app.job_runs where subject_id = s.id::text and task = 'jobs.run_start'
  order by started_at desc, id desc limit 1) r on true
order by s.created_at desc, s.id desc
"""


def latest_starts(tx: Tx, most: int = _MOST, *, only: UUID | None = None) -> dict[UUID, list[LatestStart]]:
    """The newest first, by schedule of the organisation, or of one of them."""
    return _by_schedule(tx.all(_LATEST, {"most": most, "only": only}, LatestStart))


def installation_latest_starts(app: App, scope: Scope, most: int = _MOST) -> dict[UUID, list[LatestStart]]:
    """Those of the installation's schedules. :raises RoleTooLow: the person may not see the system"""
    with runs_tx(app, scope, is_installation=True) as tx:
        return latest_starts(tx, most)


def _by_schedule(rows: list[LatestStart]) -> dict[UUID, list[LatestStart]]:
    found: dict[UUID, list[LatestStart]] = {}
    for row in rows:
        found.setdefault(row.schedule_id, []).append(row)
    return found
