"""What a person has begun to enter in a form of a schedule: kept until they save it or start over."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.kit.db import Tx, json_value


class Begun(BaseModel):
    """`entered` is the form's own, as it stood at `updated_at`."""

    model_config = ConfigDict(frozen=True)

    entered: dict[str, Any]
    updated_at: datetime


def begun(tx: Tx, form: str) -> Begun | None:
    """What this person left in a form; None where nothing."""
    return tx.one(
        "select entered, updated_at from app.schedule_drafts "
        "where user_id = %(user)s and org_id = %(org)s and form = %(form)s",
        {"user": tx.user_id, "org": tx.org_id, "form": form},
        Begun,
    )


def keep_begun(tx: Tx, form: str, entered: dict[str, Any]) -> None:
    """Of several tabs the last word counts."""
    tx.run(
        "insert into app.schedule_drafts (org_id, user_id, form, entered, updated_at) "
        "values (%(org)s, %(user)s, %(form)s, %(entered)s, %(now)s) on conflict (org_id, user_id, form) "
        "do update set entered = excluded.entered, updated_at = excluded.updated_at",
        {"org": tx.org_id, "user": tx.user_id, "form": form, "entered": json_value(entered), "now": tx.now},
    )


def forget_begun(tx: Tx, form: str) -> None:
    tx.run(
        "delete from app.schedule_drafts where user_id = %(user)s and org_id = %(org)s and form = %(form)s",
        {"user": tx.user_id, "org": tx.org_id, "form": form},
    )


def purge(tx: Tx, before: datetime) -> int:
    """Across organisations: what nobody has touched since then."""
    return tx.run("delete from app.schedule_drafts where updated_at < %(before)s", {"before": before})
