"""`./run backup`: one backup now, whether Loopdesk runs or not."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg

from services import backups, wiring
from services.kit import config, postgres
from services.kit.errors import AppError
from services.kit.redaction import redact


def main() -> int:
    """Returns the exit status; says where the backup lies, and what is not in it."""
    parser = argparse.ArgumentParser(prog="./run backup")
    add_data(parser)
    parser.add_argument("--keys", metavar="FILE", help="write the sealing keys into this file as well")
    options = parser.parse_args()
    return told(lambda: _back_up(settings_of(options.data), options.keys))


def told(act: Callable[[], None]) -> int:
    """The exit status; what went wrong is said in a sentence."""
    try:
        act()
    except AppError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except psycopg.OperationalError as error:
        print(f"The database does not answer: {redact(str(error))}", file=sys.stderr)
        return 1
    return 0


def _back_up(settings: config.Settings, keys: str | None) -> None:
    if not wiring.has_keys(settings):  # a new, empty one would be made, and its backup would push out a full one
        raise AppError(f"There is no Loopdesk in {settings.loopdesk_data}: nothing was backed up.")
    with database_kept(settings):
        _make(settings, keys)


def _make(settings: config.Settings, keys: str | None) -> None:
    app = wiring.build("worker", settings)
    try:
        place = backups.folder(settings)
        made, gone = backups.back_up(app, backups.source(settings), place, backups.Keep())
    finally:
        app.close()
    print(f"Backed up and checked: {made.folder}")
    print(f"{made.rows:,} rows, {made.files:,} files, {made.size_bytes / 1e6:,.1f} MB. {len(gone)} older let go.")
    if keys:
        export_keys(settings, Path(keys), place)
        print(f"The sealing keys are in {keys}. Keep that file somewhere else than the backups.")
    else:
        print(
            "The sealing keys are NOT in it. Without them its tokens stay closed: ./run backup --keys FILE writes them."
        )


def export_keys(settings: config.Settings, file: Path, place: Path) -> None:
    """:raises AppError: it would lie among the backups, or a file is there already"""
    if file.resolve().is_relative_to(place.resolve()):
        raise AppError("Keys beside the backups open them for whoever finds both. Name a file somewhere else.")
    try:
        file.touch(mode=0o600, exist_ok=False)
        try:
            file.write_text(wiring.key_text(settings) + "\n")
        except OSError:
            file.unlink()  # half a key looks like one
            raise
    except OSError as error:
        raise AppError(f"The keys could not be written to {file}: {error.strerror}.") from error


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="the data folder (default .loopdesk)")


def settings_of(data: str | None) -> config.Settings:
    return config.Settings(loopdesk_data=Path(data).resolve()) if data else config.load_settings()


@contextmanager
def database_kept(settings: config.Settings, *, must_be_alone: bool = False) -> Iterator[None]:
    """
    Leave the embedded database as it was found: stopped again, unless Loopdesk runs.

    :raises AppError: it runs, and must not
    """
    if not settings.is_embedded:
        yield
        return
    settings.loopdesk_data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = fasteners.InterProcessLock(settings.loopdesk_data / "run.lock")
    is_alone = lock.acquire(blocking=False)
    if must_be_alone and not is_alone:
        raise AppError("Loopdesk runs from this folder. Stop it first.")
    try:
        yield
    finally:
        if is_alone:
            postgres.stop(settings.loopdesk_data / "database")
            lock.release()


if __name__ == "__main__":
    sys.exit(main())
