"""Making a backup: the database first, then the files, then the manifest; whole or not at all."""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from services.backups import checking, dumping, places
from services.backups.errors import DumpFailed, NoRoom, UnderWay
from services.backups.models import DUMP, FILES, MANIFEST, Manifest, Stored
from services.jobs import project_version
from services.kit.app import App
from services.kit.crypto import sha256_of
from services.kit.disk import DiskFull, told_when_full
from services.kit.errors import Unavailable
from services.kit.files import FileMissing

Step = Callable[[int, int | None, str], None]
_PIECE_BYTES = 1 << 20


def make(app: App, source: places.Source, place: Path, step: Step = lambda done, total, note: None) -> Path:
    """
    Make one and read it back; returns its folder, named by the instant it was taken (UTC).

    Nothing of the sealing keys goes in: only their names, and marks to recognise them by. What was deleted between the
    dump and its own turn is left out.

    :raises DumpFailed, UnderWay:
    :raises NoRoom: the disk of the folder is full
    :raises Damaged: what was written does not read back
    """
    taken_at = app.clock.now()
    whole = place / f"{taken_at:%Y%m%dT%H%M%SZ}"
    partial = place / f".{whole.name}.partial"
    if whole.exists():
        raise UnderWay("There is a backup of this very second. Try again.")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with _told_when_unwritable():
            partial.mkdir(mode=0o700, parents=True)
            manifest = _fill(app, source, partial, taken_at, step)
            _write(partial / MANIFEST, manifest.model_dump_json(indent=1).encode())
            checking.check(partial, source.programs)
            partial.rename(whole)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return whole


def _fill(app: App, source: places.Source, partial: Path, taken_at: datetime, step: Step) -> Manifest:
    """Everything but the manifest, which is returned."""
    step(0, None, "the database")
    dumped = dumping.dump(source.address, source.programs, source.schemas, partial / DUMP)
    (partial / DUMP).chmod(0o600)
    files = _copy_files(app, partial, step)
    needed = dumped.key_names | {app.sealer.current}
    return Manifest(
        loopdesk=project_version(),
        taken_at=taken_at,
        server=source.server,
        schemas=source.schemas,
        migrations=dumped.migrations,
        database=_stored(partial / DUMP),
        rows=dumped.rows,
        files=files,
        keys={name: mark for name, mark in app.sealer.marks().items() if name in needed},
    )


@contextmanager
def _told_when_unwritable() -> Iterator[None]:
    """:raises NoRoom: the disk is full :raises Unavailable: the folder takes nothing for another reason"""
    try:
        with told_when_full():
            yield
    except DiskFull as error:
        raise NoRoom() from error
    except DumpFailed as error:
        if os.strerror(errno.ENOSPC) in error.sentence:
            raise NoRoom() from error
        raise
    except OSError as error:
        raise Unavailable(f"The backup could not be written: {error.strerror}.") from error


def _copy_files(app: App, partial: Path, step: Step) -> dict[str, Stored]:
    keys, copied = app.files.list(""), {}
    (partial / FILES).mkdir(mode=0o700)
    for done, key in enumerate(keys, 1):
        target = partial / FILES / key
        target.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            with app.files.open(key) as stored:
                copied[key] = _copy(stored, target)
        except FileMissing:
            continue
        step(done, len(keys), "files")
    return copied


def _copy(stored: BinaryIO, target: Path) -> Stored:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as out:
        while piece := stored.read(_PIECE_BYTES):
            digest.update(piece)
            size += out.write(piece)
        _sync(out)
    target.chmod(0o600)
    return Stored(size_bytes=size, sha256=digest.hexdigest())


def _stored(path: Path) -> Stored:
    with path.open("rb") as file:
        return Stored(size_bytes=path.stat().st_size, sha256=sha256_of(file))


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as out:
        out.write(data)
        _sync(out)
    path.chmod(0o600)


def _sync(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())
