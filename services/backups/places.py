"""Where the database and the backups of this installation are."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fasteners

from services.backups import dumping, programs
from services.backups.errors import NowhereToKeep, UnderWay
from services.backups.models import MANIFEST
from services.kit import postgres
from services.kit.config import Settings

_NAME = re.compile(r"\d{8}T\d{6}Z")
_in_process = threading.Lock()


@dataclass(frozen=True)
class Source:
    """A database as its operator reaches it, the programs that fit, and what to take: all, or these schemas."""

    address: str
    programs: programs.Programs
    server: int
    schemas: tuple[str, ...] = ()


def source(settings: Settings) -> Source:
    """
    The database of the running mode; the embedded one is started if it does not run.

    :raises ProgramsMissing: a server elsewhere, and this machine has no pg_dump that fits
    """
    if settings.is_embedded:
        address = postgres.start(settings.loopdesk_data / "database")
        return Source(address, programs.own(), dumping.server_of(address))
    address = settings.database_url.get_secret_value()
    server = dumping.server_of(address)
    schemas = dumping.HOSTED if settings.is_hosted else ()
    return Source(address, programs.of_the_machine(server), server, schemas)


def folder(settings: Settings) -> Path:
    """
    Beside the data folder, not in it: what deletes the one spares the other. :raises NowhereToKeep: hosted, and unset
    """
    if settings.backup_folder:
        return Path(settings.backup_folder)
    if settings.is_hosted:
        raise NowhereToKeep()
    data = settings.loopdesk_data.resolve()
    return data.with_name(f"{data.name}-backups")


def backups_in(place: Path) -> list[Path]:
    """Whole ones, the oldest first."""
    found = place.iterdir() if place.is_dir() else iter(())
    return sorted(path for path in found if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file())


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """:raises UnderWay: another makes or clears backups here"""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _in_process.acquire(blocking=False):  # the file's lock holds off processes, not threads of this one
        raise UnderWay()
    lock = fasteners.InterProcessLock(place / ".lock")
    try:
        if not lock.acquire(blocking=False):
            raise UnderWay()
        try:
            yield
        finally:
            lock.release()
    finally:
        _in_process.release()
