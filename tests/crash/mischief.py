"""What a scenario does to the database, the files and the accounts, and how each is put right again."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from services.kit import postgres
from tests.crash.forms import FORMS
from tests.crash.lane import Lane
from tests.crash.scenario import PostPlan, Scenario

_DEAF = (
    ("queue.procrastinate_jobs", "procrastinate_jobs_notify_queue_job_inserted_v1"),
    ("app.posts", "posts_changed_insert"),
    ("app.posts", "posts_changed_update"),
)


def restart_database(lane: Lane) -> None:
    root = lane.root / "data" / "database"
    postgres.stop(root, "immediate")
    postgres.start(root)


def kill_server(lane: Lane) -> None:
    """kill -9 of one server process: Postgres ends every connection and recovers by itself."""
    [row] = lane.rows(
        "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() "
        "order by random() limit 1"
    ) or [{"pid": 0}]
    if row["pid"]:
        os.kill(int(str(row["pid"])), signal.SIGKILL)
        postgres.start(lane.root / "data" / "database")  # which waits until it serves again


@contextmanager
def spoilt(lane: Lane, scene: Scenario, approvals: list[UUID]) -> Iterator[frozenset[int]]:
    """After the approval something happens to the first post's media or approval. Yields which posts it concerns."""
    if scene.kind == "withdrawn":
        lane.rows("update app.approvals set withdrawn_at = now() where id = %(id)s", id=approvals[0])
        yield frozenset({0})
    elif scene.kind in ("altered", "rights") and (used := _files(lane, scene.posts)):
        file = used[0]
        concerned = frozenset(place for place, post in enumerate(scene.posts) if file in _files(lane, (post,)))
        with _altered(lane, file) if scene.kind == "altered" else _ended_rights(lane, file):
            yield concerned
    else:
        yield frozenset()


@contextmanager
def listening(lane: Lane, *, is_deaf: bool) -> Iterator[None]:
    """Deaf: no NOTIFY reaches anybody."""
    if not is_deaf:
        yield
        return
    for table, trigger in _DEAF:
        lane.rows(f"alter table {table} disable trigger {trigger}")
    try:
        yield
    finally:
        for table, trigger in _DEAF:
            lane.rows(f"alter table {table} enable trigger {trigger}")


class Backup:
    """A copy of the whole cluster as it is now; `restore` brings it back. Nobody may be working meanwhile."""

    def __init__(self, lane: Lane) -> None:
        self._root = lane.root / "data" / "database"
        self._data = postgres.home(self._root) / "pgdata"
        self._copy = self._data.with_name("pgdata.backup")
        postgres.stop(self._root)
        self._replace(self._data, self._copy)
        postgres.start(self._root)

    def restore(self) -> None:
        postgres.stop(self._root, "immediate")
        self._replace(self._copy, self._data)
        postgres.start(self._root)

    def drop(self) -> None:
        shutil.rmtree(self._copy, ignore_errors=True)

    @staticmethod
    def _replace(source: Path, target: Path) -> None:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, symlinks=True)
        owner = source.stat()
        for path in (target, *target.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
        target.chmod(0o700)


def _files(lane: Lane, posts: tuple[PostPlan, ...]) -> list[tuple[str, int]]:
    return [(kind, post.words) for post in posts for kind in FORMS[post.form].files]


@contextmanager
def _altered(lane: Lane, file: tuple[str, int]) -> Iterator[None]:
    path = lane.path_of(file)
    kept = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    try:
        yield
    finally:
        path.write_bytes(kept)


@contextmanager
def _ended_rights(lane: Lane, file: tuple[str, int]) -> Iterator[None]:
    asset = lane.files[file]["asset_id"]
    lane.rows("update app.assets set rights_end_on = current_date - 1 where id = %(id)s", id=asset)
    try:
        yield
    finally:
        lane.rows("update app.assets set rights_end_on = null where id = %(id)s", id=asset)
