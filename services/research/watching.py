"""Watched folders and addresses: what lies there, what of it is new, and handing it to an import."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from urllib.parse import unquote, urlsplit
from uuid import UUID

from services.kit import downloads
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import Invalid, UserError
from services.kit.text import storable
from services.research.checking import demand_complete, guessed_day
from services.research.detect import MOST_BYTES, detect
from services.research.errors import MappingIncomplete
from services.research.importing import IN_MEMORY_BYTES, imported_before, request_import
from services.research.models import Layout
from services.research.queries import watched as queries

FILES_MOST = 1_000
_ENDINGS = (".csv", ".tsv", ".txt", ".json")
_SETTLED = timedelta(seconds=30)  # a file that changed just now may still be written


class FolderUnknown(Invalid):
    """There is no such folder to watch."""


@dataclass(frozen=True)
class Lying:
    """A file that lies in a watched folder; `mark` tells whether it is what it was."""

    name: str
    path: Path
    mark: str
    size_bytes: int


@dataclass(frozen=True)
class Taken:
    """What became of a file; `import_id` None: left out, for the reason in `said`."""

    name: str
    import_id: UUID | None
    said: str


def lying_in(app: App, org_id: UUID, folder: str, now: datetime) -> list[Lying]:
    """
    The files of a folder that are no longer being written, by name.

    The folder's name is compared with what lies there and never becomes a path itself; links are not followed.

    :raises FolderUnknown: no root is set, or the organisation has no such folder beneath it
    """
    home = _home(app, org_id)
    if home is None:
        raise FolderUnknown(f"Nothing can be watched yet: WATCHED_FOLDER needs a folder named {org_id}.")
    found = next((entry for entry in os.scandir(home) if _is_folder(entry) and entry.name == folder), None)
    if found is None:
        raise FolderUnknown()
    files = []
    for entry in os.scandir(found.path):
        is_wanted = entry.name.lower().endswith(_ENDINGS) and storable(entry.name) == entry.name
        if entry.name.startswith(".") or not is_wanted:
            continue
        if not entry.is_file(follow_symlinks=False):
            continue
        known = entry.stat(follow_symlinks=False)
        if known.st_mtime > (now - _SETTLED).timestamp():
            continue
        files.append(Lying(entry.name, Path(entry.path), f"{known.st_size}/{known.st_mtime_ns}", known.st_size))
    return sorted(files, key=lambda one: one.name)[:FILES_MOST]


def new_in(app: App, scope: Scope, folder: str) -> list[Lying]:
    """Those that were not seen yet, or have changed since. :raises FolderUnknown:"""
    with app.tx(scope) as tx:
        known, org_id = queries.marks(tx, f"folder/{folder}"), tx.org_id
    return [one for one in lying_in(app, org_id, folder, app.clock.now()) if known.get(one.name) != one.mark]


def take_file(app: App, scope: Scope, folder: str, file: Lying) -> Taken:
    """Hand one file of a folder to an import and remember it."""
    try:
        handle = os.open(file.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # by now it may be a link, or a pipe
    except OSError as error:
        return Taken(file.name, None, f"was left out: it cannot be opened ({error.strerror}).")
    with os.fdopen(handle, "rb") as stream:
        return _take(app, scope, f"folder/{folder}", file.name, lambda _: file.mark, stream)


def take_address(app: App, scope: Scope, address: str, *, only_look: bool = False) -> Taken:
    """
    Hand what lies at an address to an import, if it is not what it was; `only_look` says what would be done.

    :raises NotOutside, FileTooBig, Unavailable, Rejected: see `downloads.fetch_file`
    """
    source, name = f"address/{address}"[:500], name_of(address)
    with app.tx(scope) as tx:
        before = json.loads(queries.marks(tx, source).get(name, "{}"))
    with SpooledTemporaryFile(max_size=IN_MEMORY_BYTES) as stream:
        file = cast(BinaryIO, stream)
        found = downloads.fetch_file(
            app.http,
            address,
            app.look_up,
            file,
            most_bytes=MOST_BYTES,
            etag=before.get("etag", ""),
            modified=before.get("modified", ""),
        )
        sha256 = _sha256(file) if found.is_new else before.get("sha256", "")
        if not found.is_new or sha256 == before.get("sha256"):
            return Taken(name, None, "is what it was.")
        if only_look:
            return Taken(name, None, f"would be imported: {file.tell():,} bytes.")
        mark = json.dumps({"etag": found.etag, "modified": found.modified, "sha256": sha256})
        return _take(app, scope, source, name, lambda _: mark, file)


def name_of(address: str) -> str:
    """The file's name at the end of an address, for people; the host where there is none."""
    parts = urlsplit(address)
    name = unquote(parts.path.rpartition("/")[2])
    return storable(" ".join(name.split()))[-200:] or parts.hostname or "file"


def _take(
    app: App, scope: Scope, source: str, name: str, mark_of: Callable[[BinaryIO], str], stream: BinaryIO
) -> Taken:
    mark = mark_of(stream)
    try:
        import_id, said = _request(app, scope, name, stream)
    except UserError as error:
        with app.tx(scope) as tx:
            queries.put(tx, source, name, mark, problem=error.sentence)
        return Taken(name, None, f"was left out: {error.sentence}")
    with app.tx(scope) as tx:
        queries.put(tx, source, name, mark, import_id=import_id)
    return Taken(name, import_id, said)


def _request(app: App, scope: Scope, name: str, stream: BinaryIO) -> tuple[UUID | None, str]:
    """:raises UserError: the file cannot be read, or a person must say which column holds what"""
    with app.tx(scope) as tx:
        before = imported_before(tx, stream)
    if before is not None:
        return None, "was imported before, the very same."
    layout = _layout(app, scope, detect(stream, name))
    day = guessed_day(name, None, app.clock.now().date())
    return request_import(app, scope, name, stream, layout, collected_on=day), "is being imported."


def _layout(app: App, scope: Scope, found: Layout) -> Layout:
    """As detected; a table of posts as a person mapped the last one with the same columns."""
    try:
        demand_complete(found)
    except MappingIncomplete as error:
        with app.tx(scope) as tx:
            before = queries.layout_before(tx, found.columns)
        if before is None:
            raise MappingIncomplete(
                f"{error.sentence}. Import it by hand once; then the next are read alike"
            ) from error
        return before.model_copy(update={"encoding": found.encoding})
    return found


def _home(app: App, org_id: UUID) -> Path | None:
    """Where an organisation's folders lie: organisations do not see each other's."""
    if not app.settings.watched_folder:
        return None
    home = Path(app.settings.watched_folder) / str(org_id)
    return home if home.is_dir() else None


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")


def _sha256(stream: BinaryIO) -> str:
    size = stream.tell()
    stream.seek(0)
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    stream.seek(size)
    return digest.hexdigest()
