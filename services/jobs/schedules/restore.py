"""Taking back that a schedule was removed."""

from services.identity import Act
from services.jobs.desk import desk
from services.jobs.schedules import queries, rules
from services.jobs.schedules.errors import ScheduleWrong
from services.jobs.schedules.models import Schedule
from services.jobs.starts import queries as starts
from services.jobs.starts.errors import BrandUnknown
from services.kit.app import App
from services.kit.db import Scope, json_value


def restore(app: App, scope: Scope, gone: Schedule) -> None:
    """
    Bring back a removed schedule under its id, paused if it was, with its starts; due from now on.

    What waited when it was removed stays cancelled.

    :param gone: as it was read before it was removed
    :raises ScheduleWrong: it is there, or belongs to another organisation
    :raises BrandUnknown, RoleTooLow:
    """
    is_installation = gone.org_id is None
    with desk(app, scope, Act.SCHEDULE, is_installation=is_installation) as at:
        is_elsewhere = not is_installation and gone.org_id != at.org_id
        if is_elsewhere or queries.one(at.tx, gone.id) is not None:
            raise ScheduleWrong("It is there already.")
        if gone.brand_id is not None and not starts.has_brand(at.tx, gone.brand_id):
            raise BrandUnknown()
        due = rules.next_due(gone.cadence, at.tx.now, starts_at=gone.starts_at, ends_at=gone.ends_at)
        row = gone.model_dump() | {
            "org": gone.org_id,
            "told": gone.told_org_id,
            "brand": gone.brand_id,
            "parameters": json_value(gone.parameters),
            "payload": gone.payload_version,
            "cadence": json_value(gone.cadence.model_dump(mode="json")),
            "jitter": gone.jitter_seconds,
            "misfire": gone.misfire.value,
            "grace": gone.grace_seconds,
            "overlap": gone.overlap.value,
            "then_parameters": json_value(gone.then_parameters),
            "owner": gone.owner_id,
            "due": due,
            "fire": due + rules.jitter(gone.id, due, gone.jitter_seconds) if due else None,
            "now": at.tx.now,
        }
        queries.insert(at.tx, row)
        if gone.paused_at is not None:
            queries.set_pause(at.tx, gone.id, gone.paused_at, row["due"], row["fire"])
        at.tx.run(
            "update app.job_starts set schedule_id = %(schedule)s where origin_id = %(origin)s "
            "and schedule_id is null and origin in ('schedule', 'person')",
            {"schedule": gone.id, "origin": str(gone.id)},
        )
        at.audit("restored", "schedule", gone.id, kind=gone.kind, name=gone.name)
