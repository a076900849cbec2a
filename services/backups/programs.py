"""pg_dump, pg_restore and psql: the embedded server's own, or the machine's where the database is somewhere else."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
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
_POURED = b"\nset local loopdesk.poured = 'all';\n"
WAS_POURED = "coalesce(current_setting('loopdesk.poured', true), '') = 'all'"  # in SQL


@dataclass(frozen=True)
class Programs:
    """A folder that holds all three, of one major version."""

    folder: Path
    major: int

    def run(self, name: str, address: str, *arguments: object, failed: type[AppError]) -> str:
        """
        Run one against a database (`address` empty: against none); returns what it printed.

        :raises AppError: `failed`, with the program's last words
        """
        command, environment = self._call(name, address, *arguments)
        ended = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
        )
        if ended.returncode:
            raise _failure(failed, name, ended.stderr)
        return ended.stdout

    def pour(self, dump: Path, address: str, *arguments: object, failed: type[AppError]) -> None:
        """
        The dump's statements into psql, which reads them as `--file=-`: at no time are they a file on some disk.

        What psql reads afterwards must ask `WAS_POURED`: if we end in the middle, by a signal, that is to psql the end
        of the dump, without its keys and its row security. :raises AppError: `failed`, with the last words
        """
        reading, plain = self._call("pg_restore", "", "--no-owner", "--file=-", dump)
        writing, environment = self._call("psql", address, *arguments)
        with tempfile.TemporaryFile() as read_said, tempfile.TemporaryFile() as write_said:
            with (
                subprocess.Popen(
                    reading, env=plain, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=read_said
                ) as reader,
                subprocess.Popen(
                    writing, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=write_said
                ) as writer,
            ):
                assert reader.stdout and writer.stdin
                with suppress(BrokenPipeError):  # psql has given up and says why
                    shutil.copyfileobj(reader.stdout, writer.stdin, 1 << 20)
                    if reader.wait():
                        writer.kill()
                    else:
                        writer.stdin.write(_POURED)
                    writer.stdin.close()
                reader.stdout.close()
            ended = (("psql", writer.returncode, write_said), ("pg_restore", reader.returncode, read_said))
            for name, status, said in ended if writer.returncode >= 0 else ended[1:]:
                if status:
                    said.seek(0)
                    raise _failure(failed, name, said.read().decode(errors="replace"))

    def _call(self, name: str, address: str, *arguments: object) -> tuple[list[str], dict[str, str]]:
        """Command and environment. The password goes by the latter, where no list of processes shows it."""
        terms = conninfo_to_dict(address)
        secret = str(terms.pop("password", "") or "")
        to = ["--dbname", make_conninfo("", **terms)] if address else []
        environment = child_environment(PGPASSWORD=secret, LC_ALL="C")
        return [str(self.folder / name), *to, *map(str, arguments)], environment


def _failure(failed: type[AppError], name: str, errors: str) -> AppError:
    said = " ".join((failed.__doc__ or "").split())
    words = " ".join(errors.strip().splitlines()[-3:])
    return failed(f"{said} {name} said: {clip(redact(words), 500)}")


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
