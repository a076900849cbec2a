"""The record of who did what, and the question whether they may."""

from typing import Any
from uuid import UUID

from services.identity.errors import RoleTooLow
from services.identity.models import Act, Role
from services.identity.rules import can
from services.kit.db import Tx, json_value


def audit(tx: Tx, act: str, subject_kind: str, subject_id: UUID | str, **detail: Any) -> None:
    """Append to the organisation's audit log, in the transaction of the act. Never put a secret or a text into it."""
    tx.run(
        "insert into app.audit_log (org_id, at, actor_id, act, subject_kind, subject_id, detail) "
        "values (%(org)s, %(at)s, %(actor)s, %(act)s, %(kind)s, %(subject)s, %(detail)s)",
        {
            "org": tx.org_id,
            "at": tx.now,
            "actor": tx.user_id,
            "act": act,
            "kind": subject_kind,
            "subject": str(subject_id),
            "detail": json_value({key: str(value) for key, value in detail.items()}),
        },
    )


def demand(tx: Tx, act: Act) -> None:
    """
    Check, against the database and in this transaction, that the acting person may do this. The worker may.

    :raises RoleTooLow: their role does not allow it, or they are no longer a member
    """
    if tx.user_id is None:
        return
    role = tx.value(
        "select role from app.org_members where user_id = %(user)s and org_id = %(org)s",
        {"user": tx.user_id, "org": tx.org_id},
    )
    if role is None or not can(Role(role), act):
        raise RoleTooLow()
