"""What an act needs from outside: time, ids, database, HTTP, files, keys. Built once per process by wiring."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from services.kit.clock import Clock
from services.kit.config import Settings
from services.kit.crypto import AddressSigner, Sealer
from services.kit.db import Database, Scope, Tx
from services.kit.files import Files
from services.kit.http import Client
from services.kit.ids import Ids
from services.kit.mail import Mail
from services.kit.outside import Resolve, resolve


@dataclass(frozen=True)
class App:
    """
    The doors. `tx(scope)` opens the database; `http` and `files` leave the building.

    `look_up` finds the addresses of a host that people name. `mail` is None where no mail server is set.
    `identity` is the identity provider of the running mode (services.identity.providers).
    """

    settings: Settings
    clock: Clock
    ids: Ids
    db: Database
    http: Client
    files: Files
    sealer: Sealer
    signer: AddressSigner
    identity: Any
    look_up: Resolve = resolve
    mail: Mail | None = None
    close_hooks: list[Callable[[], None]] = field(default_factory=list)

    @contextmanager
    def tx(self, scope: Scope) -> Iterator[Tx]:
        with self.db.tx(scope) as tx:
            yield tx

    @contextmanager
    def admin_tx(self) -> Iterator[Tx]:
        with self.db.admin_tx() as tx:
            yield tx

    def close(self) -> None:
        for hook in self.close_hooks:
            hook()
        self.http.close()
        self.db.close()
