"""What stages are measured by, as workers and people leave it, and looking at them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services import pipelines
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.world import World


def make_import(
    world: World, org_id: UUID, state: str = "done", *, ago: timedelta = timedelta(hours=1), **columns: Any
) -> UUID:
    """An import that came `ago` and, unless it is open, ended a minute later."""
    at = world.clock.now() - ago
    row = {
        "id": world.web.ids.new(),
        "org_id": org_id,
        "kind": "meta_ads",
        "collector": "meta_ads_csv",
        "file_name": "ads.csv",
        "file_key": f"{org_id}/x.csv",
        "file_sha256": "0" * 64,
        "file_bytes": 1,
        "collected_on": at.date(),
        "state": state,
        "created_at": at,
        "finished_at": None if state in ("waiting", "running") else at + timedelta(minutes=1),
        **columns,
    }
    return _insert(world, "app.imports", row)


def make_refusal(world: World, org_id: UUID, import_id: UUID, row_number: int = 7, message: str = "is no day") -> None:
    with world.superuser() as connection:
        connection.execute(
            "insert into app.import_errors (import_id, org_id, row_number, field, message) "
            "values (%s, %s, %s, 'started', %s)",
            [import_id, org_id, row_number, message],
        )


def make_watched(world: World, org_id: UUID, source: str = "folder/exports", **columns: Any) -> None:
    row = {"org_id": org_id, "source": source, "name": "a.csv", "mark": "1/1", "seen_at": world.clock.now(), **columns}
    with world.superuser() as connection:
        names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
        connection.execute(f"insert into app.watched_files ({names}) values ({marks})", row)


def make_pull(world: World, org_id: UUID, post_id: UUID, state: str, due_at: datetime, reason: str = "24h") -> UUID:
    row = {
        "id": world.web.ids.new(),
        "org_id": org_id,
        "post_id": post_id,
        "reason": reason,
        "due_at": due_at,
        "state": state,
        "finished_at": due_at + timedelta(minutes=2) if state in ("done", "failed") else None,
        "error": "Refused." if state == "failed" else None,
    }
    return _insert(world, "app.metric_pulls", row)


def standing(world: World, scope: Scope, stage: str, brand_id: UUID | None = None) -> pipelines.Standing | None:
    """How a stage of the organisation, or of one brand, is seen by this person; None where a brand has none."""
    with world.web.tx(scope) as tx:
        found = pipelines.standings(tx)
    return next((one for one in found if one.stage == stage and one.measured.brand_id == brand_id), None)


def look(world: World, cast: Cast) -> list[pipelines.Alert]:
    """Let the clockwork look at both organisations, and read what Acme is told. Those of other tests had their turn."""
    world.clock.move(minutes=3)
    with world.superuser() as connection:
        connection.execute(
            "insert into app.pipeline_looks (org_id, looked_at) select id, %s from app.organisations "
            "where id <> all (%s) on conflict (org_id) do update set looked_at = excluded.looked_at",
            [world.clock.now(), [cast.acme, cast.other]],
        )
    while pipelines.watch(world.worker):
        pass
    with world.web.tx(cast.ana) as tx:
        return pipelines.alerts(tx)


def _insert(world: World, table: str, row: dict[str, Any]) -> UUID:
    with world.superuser() as connection:
        names, marks = ", ".join(row), ", ".join(f"%({name})s" for name in row)
        connection.execute(f"insert into {table} ({names}) values ({marks})", row)
    made: UUID = row["id"]
    return made
