"""Backing up: make one, let old ones go, write down what lies there."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from services.backups import checking, places, queries
from services.backups.errors import Damaged
from services.backups.making import Step, make
from services.backups.models import Backup, Manifest
from services.backups.rules import Keep, kept
from services.kit.app import App


def back_up(
    app: App, source: places.Source, place: Path, keep: Keep, step: Step = lambda done, total, note: None
) -> tuple[Backup, list[str]]:
    """
    Make a backup, read it back, then forget what the rule no longer keeps; returns it and the names that are gone.

    :raises UnderWay: another is being made
    :raises DumpFailed, Damaged: none was made, and none is forgotten
    """
    with places.alone(place):
        whole = make(app, source, place, step)
        gone = _let_go(place, keep)
        made = _described(whole, checking.read_manifest(whole), checked_at=app.clock.now())
        found = [one for one in (_read(path) for path in places.backups_in(place)) if one.name != made.name]
    with app.admin_tx() as tx:
        for one in (*found, made):
            queries.record(tx, one)
        queries.forget_all_but(tx, [made.name, *(one.name for one in found)])
    return made, gone


def old_ones(place: Path, keep: Keep, also: datetime | None = None) -> list[Path]:
    """What the rule does not keep of the backups that lie here, and of one more taken at `also`."""
    found = {taken_at(path): path for path in places.backups_in(place)}
    chosen = kept([*found, *([also] if also else [])], keep)
    return [path for at, path in found.items() if at not in chosen]


def taken_at(path: Path) -> datetime:
    """By a backup's name."""
    return datetime.strptime(path.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _let_go(place: Path, keep: Keep) -> list[str]:
    """Renamed first: half a backup must never look like a whole one."""
    gone = []
    for path in old_ones(place, keep):
        leaving = path.with_name(f".{path.name}.gone")
        path.rename(leaving)
        shutil.rmtree(leaving)
        gone.append(path.name)
    return gone


def _read(path: Path) -> Backup:
    try:
        return _described(path, checking.read_manifest(path))
    except Damaged as error:
        return Backup(
            name=path.name, folder=str(path), taken_at=taken_at(path), size_bytes=0, files=0, rows=0,
            last_migration="", checked_at=None, problem=error.sentence,
        )  # fmt: skip


def _described(path: Path, manifest: Manifest, checked_at: datetime | None = None) -> Backup:
    return Backup(
        name=path.name,
        folder=str(path),
        taken_at=manifest.taken_at,
        size_bytes=manifest.size_bytes,
        files=len(manifest.files),
        rows=sum(manifest.rows.values()),
        last_migration=max(manifest.migrations, default=""),
        checked_at=checked_at,
        problem="",
    )
