"""Where the database and the backups of this installation are."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import fasteners
from psycopg.conninfo import conninfo_to_dict, make_conninfo

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
    if settings.is_hosted:  # over the open network; a server of one's own may be next door, as in compose
        address = _by_tls(address)
    server = dumping.server_of(address)
    schemas = dumping.HOSTED if settings.is_hosted else ()
    return Source(address, programs.of_the_machine(server), server, schemas)


def _by_tls(address: str) -> str:
    terms = conninfo_to_dict(address)
    is_here = terms.get("host", "") in ("127.0.0.1", "localhost", "::1", "")
    return address if is_here or "sslmode" in terms else make_conninfo(address, sslmode="require")


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
    """:raises UnderWay: another makes or clears backups here :raises NowhereToKeep: the folder takes nothing"""
    if not _in_process.acquire(blocking=False):  # the file's lock holds off processes, not threads of this one
        raise UnderWay()
    lock = fasteners.InterProcessLock(place / ".lock")
    try:
        if not _locked(place, lock):
            raise UnderWay()
        try:
            yield
        finally:
            lock.release()
    finally:
        _in_process.release()


def _locked(place: Path, lock: fasteners.InterProcessLock) -> bool:
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return bool(lock.acquire(blocking=False))
    except OSError as error:
        raise NowhereToKeep(
            f"Backups cannot be kept in {place}: {error.strerror}. Name another BACKUP_FOLDER."
        ) from error
