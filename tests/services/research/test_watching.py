"""Watched folders and addresses: what is new is imported once; nothing leads out of the folder or into our network."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from services import jobs
from services.kit.app import App
from services.kit.outside import NotOutside
from services.research import watching
from services.research.kinds import ImportWatched, WatchedParameters
from tests.makers.cast import Cast
from tests.makers.research import ads_file
from tests.makers.schedules import Silent
from tests.makers.world import START, World, with_http

KIND = ImportWatched()
FOLDER = WatchedParameters(source="folder", folder="exports")
ADDRESS = WatchedParameters(source="address", address="https://morrow.example/files/ads.csv")


@pytest.fixture
def watched(world: World, cast: Cast, tmp_path: Path) -> tuple[App, Path]:
    """A worker whose watched root holds Acme's folder “exports”."""
    home = tmp_path / str(cast.acme) / "exports"
    home.mkdir(parents=True)
    settings = world.worker.settings.model_copy(update={"watched_folder": str(tmp_path)})
    return replace(world.worker, settings=settings), home


def _lay(home: Path, name: str, content: bytes, *, ago: timedelta = timedelta(minutes=5)) -> Path:
    path = home / name
    path.write_bytes(content)
    at = (START - ago).timestamp()
    os.utime(path, (at, at))
    return path


def _run(app: App, cast: Cast, parameters: WatchedParameters = FOLDER) -> jobs.Outcome:
    return KIND.run(app, cast.worker, parameters, Silent())


def test_new_files_are_imported_once_and_changed_ones_again(watched: tuple[App, Path], cast: Cast) -> None:
    app, home = watched
    _lay(home, "a.csv", ads_file(2))
    _lay(home, "b.csv", ads_file(3))
    first = _run(app, cast)
    assert first.counts == {"imports": 2, "left_out": 0}
    assert [link.label for link in first.links] == ["a.csv", "b.csv"]
    assert _run(app, cast).said == "Nothing new."
    _lay(home, "a.csv", ads_file(4), ago=timedelta(minutes=1))
    assert _run(app, cast).counts == {"imports": 1, "left_out": 0}


def test_a_file_that_is_still_being_written_waits_and_an_unreadable_one_is_named(
    watched: tuple[App, Path], cast: Cast
) -> None:
    app, home = watched
    _lay(home, "growing.csv", ads_file(2), ago=timedelta(seconds=3))
    _lay(home, "broken.json", b'{"nothing": ')
    run = Silent()
    assert KIND.run(app, cast.worker, FOLDER, run).counts == {"imports": 0, "left_out": 1}
    assert run.lines[0][0] == "warning" and "broken.json" in run.lines[0][1]
    assert _run(app, cast).said == "Nothing new."


def test_nothing_leads_out_of_the_folder(watched: tuple[App, Path], cast: Cast, tmp_path: Path) -> None:
    app, home = watched
    secret = _lay(tmp_path, "secret.csv", ads_file(2))
    (home / "link.csv").symlink_to(secret)
    (home.parent / "elsewhere").symlink_to(tmp_path)
    assert watching.lying_in(app, cast.acme, "exports", START) == []
    for name in ("elsewhere", "..", "../..", str(tmp_path), "exports/..", ""):
        with pytest.raises(watching.FolderUnknown):
            watching.lying_in(app, cast.acme, name, START)


def test_what_becomes_a_link_or_goes_before_it_is_taken_is_left_out(
    watched: tuple[App, Path], cast: Cast, tmp_path: Path
) -> None:
    app, home = watched
    secret = _lay(tmp_path, "secret.csv", ads_file(2))
    for name in ("gone.csv", "turned.csv"):
        _lay(home, name, ads_file(3))
    gone, turned = watching.new_in(app, cast.worker, "exports")
    gone.path.unlink()
    turned.path.unlink()
    turned.path.symlink_to(secret)
    taken = [watching.take_file(app, cast.worker, "exports", one) for one in (gone, turned)]
    assert [one.import_id for one in taken] == [None, None]
    assert all("cannot be opened" in one.said for one in taken)


def test_a_name_that_cannot_be_written_down_keeps_no_other_from_being_imported(
    watched: tuple[App, Path], cast: Cast
) -> None:
    app, home = watched
    _lay(home, os.fsdecode(b"odd\xff.csv"), ads_file(2))
    _lay(home, "plain.csv", ads_file(3))
    assert [link.label for link in _run(app, cast).links] == ["plain.csv"]


def test_cleo_sees_none_of_acmes_folders(watched: tuple[App, Path], cast: Cast) -> None:
    app, home = watched
    _lay(home, "a.csv", ads_file(2))
    with pytest.raises(watching.FolderUnknown):
        KIND.run(app, replace(cast.worker, org_id=cast.other), FOLDER, Silent())
    assert [link.label for link in _run(app, cast).links] == ["a.csv"]


def test_rehearsing_says_what_would_be_imported_and_changes_nothing(watched: tuple[App, Path], cast: Cast) -> None:
    app, home = watched
    _lay(home, "a.csv", ads_file(2))
    size = (home / "a.csv").stat().st_size
    assert KIND.rehearse(app, cast.ana, FOLDER) == [f"Would import a.csv: {size:,} bytes."]
    assert KIND.rehearse(app, cast.ana, FOLDER) != ["Nothing new lies there."]


def _serving(content: Callable[[], bytes], asked: list[httpx.Request], etag: str = "") -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if etag and request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers={"etag": etag})
        return httpx.Response(200, content=content(), headers={"etag": etag} if etag else {})

    return httpx.MockTransport(answer)


def test_an_address_is_asked_for_changes_only(world: World, cast: Cast) -> None:
    asked: list[httpx.Request] = []
    app = with_http(world.worker, _serving(lambda: ads_file(2), asked, '"v1"'))
    assert _run(app, cast, ADDRESS).counts == {"imports": 1, "left_out": 0}
    assert _run(app, cast, ADDRESS).counts == {"imports": 0, "left_out": 1}
    assert [request.headers.get("if-none-match") for request in asked] == [None, '"v1"']
    assert asked[0].headers["host"] == "morrow.example" and asked[0].url.host == "93.184.215.14"


def test_an_address_without_a_mark_is_known_by_its_content(world: World, cast: Cast) -> None:
    rows = [2]
    app = with_http(world.worker, _serving(lambda: ads_file(rows[0]), []))
    counts = [_run(app, cast, ADDRESS).counts["imports"] for _ in range(2)]
    rows[0] = 3
    assert [*counts, _run(app, cast, ADDRESS).counts["imports"]] == [1, 0, 1]


@pytest.mark.parametrize("end", ["a%00.csv", "%ff%fe.csv", "%ed%a0%80.csv"])
def test_the_name_of_an_address_can_be_written_down(end: str) -> None:
    name = watching.name_of(f"https://morrow.example/{end}")
    assert name.endswith(".csv") and "\0" not in name and name.encode()


def test_an_address_that_leads_inside_is_not_asked(world: World, cast: Cast) -> None:
    asked: list[httpx.Request] = []
    inside = replace(with_http(world.worker, _serving(lambda: b"", asked)), look_up=lambda host: ["127.0.0.1"])
    with pytest.raises(NotOutside):
        _run(inside, cast, ADDRESS)
    assert asked == []
