"""Who may touch a job: an organisation's in its scope, the installation's by those who may see the system."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services import identity
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import NotFound


@dataclass
class Desk:
    """A transaction, and the entries that the audit log gets at its end."""

    tx: Tx
    user_id: UUID | None
    org_id: UUID
    is_installation: bool
    entries: list[tuple[str, str, UUID | str, dict[str, Any]]] = field(default_factory=list)

    def audit(self, act: str, subject: str, subject_id: UUID | str, **detail: Any) -> None:
        self.entries.append((act, subject, subject_id, detail))


@contextmanager
def desk(app: App, scope: Scope, act: identity.Act, *, is_installation: bool = False) -> Iterator[Desk]:
    """
    Act in one transaction. What belongs to the installation demands the right to see the system, whatever `act` says.

    The role is asked for before the transaction commits, in the scope that the audit log is written in.

    :raises RoleTooLow: nothing has happened then
    """
    if scope.org_id is None:
        raise NotFound()
    with app.admin_tx() if is_installation else app.tx(scope) as tx:
        if not is_installation:
            identity.demand(tx, act)
        at = Desk(tx, scope.user_id, scope.org_id, is_installation)
        yield at
        if is_installation:
            tx.act_as(scope)
            identity.demand(tx, identity.Act.SYSTEM)
        for act_words, subject, subject_id, detail in at.entries:
            identity.audit(tx, act_words, subject, subject_id, **detail)


@contextmanager
def runs_tx(app: App, scope: Scope, *, is_installation: bool = False) -> Iterator[Tx]:
    """
    A transaction to read the jobs and runs of the organisation in, or the installation's.

    :raises RoleTooLow: the person may not see the system; asked before anything is read
    """
    with app.tx(scope) as tx:
        if not is_installation:
            yield tx
            return
        identity.demand(tx, identity.Act.SYSTEM)
    with app.admin_tx() as tx:
        yield tx
