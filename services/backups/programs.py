"""pg_dump, pg_restore and psql: the embedded server's own, or the machine's where the database is somewhere else."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from services.backups.errors import ProgramsMissing
from services.kit import postgres
from services.kit.config import child_environment
from services.kit.errors import AppError
from services.kit.redaction import redact
from services.kit.text import clip

_NAMES = ("pg_dump", "pg_restore", "psql")
_DEBIAN = Path("/usr/lib/postgresql")
_HERE = ("127.0.0.1", "localhost", "::1", "")


@dataclass(frozen=True)
class Programs:
    """A folder that holds all three, of one major version."""

    folder: Path
    major: int

    def run(self, name: str, address: str, *arguments: object, failed: type[AppError]) -> str:
        """
        Run one against a database (`address` empty: against none); returns what it printed.

        The password goes by the environment, where no list of processes shows it. :raises AppError: `failed`, with the
        program's last words
        """
        terms = conninfo_to_dict(address)
        secret = str(terms.pop("password", "") or "")
        if address and "sslmode" not in terms and str(terms.get("host", "")) not in _HERE:
            terms["sslmode"] = "require"
        to = ["--dbname", make_conninfo("", **terms)] if address else []
        ended = subprocess.run(
            [str(self.folder / name), *to, *map(str, arguments)],
            env=child_environment(PGPASSWORD=secret),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
        if ended.returncode:
            words = ended.stderr.strip().splitlines()[-3:]
            said = " ".join((failed.__doc__ or "").split())
            raise failed(f"{said} {name} said: {clip(redact(' '.join(words)), 500)}")
        return ended.stdout


def own() -> Programs:
    """The embedded server's."""
    folder = postgres.program("pg_dump").parent
    return Programs(folder, _major(folder) or 0)


def of_the_machine(server: int, folders: Iterable[Path] | None = None) -> Programs:
    """
    The oldest here that can read a server of this major version; `folders` are looked into instead of the usual ones.

    :raises ProgramsMissing: none is new enough
    """
    found = {}
    for folder in _usual() if folders is None else folders:
        if all((folder / name).is_file() for name in _NAMES):
            found[_major(folder) or 0] = folder
    fitting = [major for major in sorted(found) if major >= server]
    if not fitting:
        here = f"only {max(found)} is here" if any(found) else "none is here"
        raise ProgramsMissing(
            f"This machine has no pg_dump that can read PostgreSQL {server}: {here}. "
            f"Install postgresql-client-{server} or newer where the worker runs."
        )
    return Programs(found[fitting[0]], fitting[0])


def _usual() -> list[Path]:
    """What is on the path last: where both lie, Debian's own is the same program without its wrapper."""
    on_path = shutil.which("pg_dump")
    folders = [Path(on_path).resolve().parent] if on_path else []
    return [*folders, *(path / "bin" for path in sorted(_DEBIAN.glob("*")))]


def _major(folder: Path) -> int | None:
    told = subprocess.run([str(folder / "pg_dump"), "--version"], capture_output=True, text=True).stdout
    version = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", told)
    return int(version[1]) if version else None
