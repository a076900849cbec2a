"""Asking for an import, following it, cancelling it."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from services import identity
from services.events import ImportRequested
from services.kit.app import App
from services.kit.db import Scope, Tx, json_value
from services.kit.disk import told_when_full
from services.research.checking import demand_complete
from services.research.errors import ImportNotFound, ImportOver
from services.research.models import Import, ImportState, Layout, RowProblem
from services.research.queries import imports as queries
from services.research.reading import encoding as encodings

IN_MEMORY_BYTES = 8 << 20
DEAD_AFTER = timedelta(seconds=60)
MOST_PROBLEMS = 1_000


def request_import(
    app: App,
    scope: Scope,
    file_name: str,
    stream: BinaryIO,
    layout: Layout,
    *,
    collected_on: date | None = None,
    is_sample: bool = False,
) -> UUID:
    """
    Store the file and queue its import. What is stored is the file's text in UTF-8 without access tokens.

    :param collected_on: the day the file was made, today where nobody knows
    :raises MappingIncomplete: see `demand_complete`
    :raises RoleTooLow: the person may not import
    :raises DiskFull: there is no room for the file; nothing is kept
    """
    demand_complete(layout)
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.IMPORT)
        org_id = tx.org_id
    key = f"{org_id}/{app.ids.new()}.{'csv' if layout.header_row else 'json'}"
    sha256 = _sha256(stream)
    with told_when_full(), SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as clean:
        for piece in _texts(stream, layout.encoding):
            clean.write(piece)
        size = clean.tell()
        clean.seek(0)
        app.files.put(key, cast(BinaryIO, clean), "text/csv" if layout.header_row else "application/json")
    try:
        with app.tx(scope) as tx:
            identity.demand(tx, identity.Act.IMPORT)
            return _record(tx, file_name, key, sha256, size, layout, collected_on, is_sample)
    except BaseException:
        app.files.delete([key])
        raise


def _record(
    tx: Tx, file_name: str, key: str, sha256: str, size: int, layout: Layout, collected_on: date | None, sample: bool
) -> UUID:
    import_id = tx.new_id()
    queries.add_import(
        tx,
        {
            "id": import_id,
            "org": tx.org_id,
            "kind": layout.kind,
            "collector": layout.collector,
            "file_name": " ".join(file_name.split())[-200:] or "file",
            "file_key": key,
            "file_sha256": sha256,
            "file_bytes": size,
            "mapping": json_value(layout.model_dump(mode="json")),
            "collected_on": min(collected_on or tx.now.date(), tx.now.date()),
            "is_sample": sample,
            "rows_total": None,
            "user": tx.user_id,
            "now": tx.now,
        },
    )
    identity.audit(tx, "requested import", "import", import_id, kind=layout.kind, sample=sample)
    tx.emit(ImportRequested(import_id))
    return import_id


def cancel_import(tx: Tx, import_id: UUID) -> None:
    """
    Stop an import. What is stored by then stays; a second press a minute later ends one whose worker is gone.

    :raises ImportNotFound: no such import
    :raises ImportOver: it has ended
    """
    identity.demand(tx, identity.Act.IMPORT)
    held = queries.lock_import(tx, import_id)
    found = queries.find_import(tx, import_id)
    if held is None or found is None:
        raise ImportNotFound()
    if found.state.is_over:
        raise ImportOver()
    asked = found.cancel_asked_at
    if found.state is ImportState.WAITING or (asked and tx.now - asked > DEAD_AFTER):
        queries.close_import(tx, import_id, ImportState.CANCELLED, None)
    else:
        queries.ask_to_cancel(tx, import_id)
    identity.audit(tx, "cancelled import", "import", import_id)


def get_import(tx: Tx, import_id: UUID) -> Import:
    """:raises ImportNotFound: no such import"""
    found = queries.find_import(tx, import_id)
    if found is None:
        raise ImportNotFound()
    return found


def list_imports(tx: Tx, limit: int = 50) -> list[Import]:
    """The newest imports first."""
    return queries.newest_imports(tx, limit)


def import_problems(tx: Tx, import_id: UUID) -> list[RowProblem]:
    """The rows left out, in the file's order; the first 1,000 are kept."""
    return queries.problems_of(tx, import_id, MOST_PROBLEMS)


def imported_before(tx: Tx, stream: BinaryIO) -> Import | None:
    """The last finished import of the very same file."""
    return queries.same_file(tx, _sha256(stream))


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(encodings.BLOCK_BYTES):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


def _texts(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    for piece in encodings.pieces(stream, encoding):
        yield piece.encode()
