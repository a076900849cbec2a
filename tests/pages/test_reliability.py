"""The reliability screen: the record, the proof, and that both say what they are."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pages.parts.reliability_words import FAULTS, csv_row, late
from services import publishing
from tests.crash.scenario import KINDS
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.world import World
from tests.pages.screen import Show, showing

PROOF: dict[str, Any] = {
    "made_at": "2026-11-21T16:00:00+00:00", "commit": "a1b2c3d4" + "0" * 32, "version": "1.3.0", "seeds": 1000,
    "seconds": 2400, "posts": 3000, "ends": {"published": 2800, "held": 200}, "doubles": 0, "lost": 0, "stuck": 0,
    "untrue": 0, "needless": 0, "broken_seeds": [], "faults": {"kill": 160, "novel<b>": 3},
    "places": ["publish.intent"],
    "forms": [{"platform": "x", "format": "thread", "posts": 120, "ends": {"published": 111, "unconfirmed": 9}}],
}  # fmt: skip


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    with world.superuser() as connection:
        connection.execute("delete from app.proofs")
    with showing(world, "reliability", monkeypatch) as shown:
        yield shown


def _html(test: Any) -> str:
    assert not test.exception
    return " ".join(str(one.proto.body) for one in test.get("html"))


def _kept(world: World, folder: Path, **changes: Any) -> None:
    file = folder / "proof.json"
    file.write_text(json.dumps(PROOF | changes))
    assert publishing.keep_proof(world.worker, file)


def test_an_installation_without_posts_and_proof_says_so(cast: Cast, show: Show) -> None:
    page = _html(show(cast.ana))
    assert "Nothing was due yet." in page and "No proof came with this version." in page


def test_a_clean_proof_names_its_run_its_version_and_its_limits(
    world: World, cast: Cast, show: Show, tmp_path: Path
) -> None:
    _kept(world, tmp_path)
    page = _html(show(cast.ana))
    for words in ("clean", "1.3.0 a1b2c3d4", "1,000 scenarios on practice platforms", "Real platforms were not part"):
        assert words in page
    assert "X thread" in page and "111 published, 9 unconfirmed" in page
    assert FAULTS["kill"] in page and "novel&lt;b&gt;" in page


def test_a_broken_promise_is_shown_as_one(world: World, cast: Cast, show: Show, tmp_path: Path) -> None:
    _kept(world, tmp_path, doubles=1, broken_seeds=[77])
    assert "1 broken" in _html(show(cast.ana))


def test_the_record_is_the_organisations_own(world: World, cast: Cast, show: Show) -> None:
    make_listed(world, cast, make_channel(world, cast, "facebook"), world.clock.now(), "published")
    assert "1 published" in _html(show(cast.ana))
    assert "Nothing was due yet." in _html(show(cast.cleo))


def test_a_line_of_the_csv_has_plain_values(world: World, cast: Cast) -> None:
    post = make_listed(world, cast, make_channel(world, cast, "facebook"), world.clock.now(), "published")
    with world.web.tx(cast.ana) as tx:
        [line] = publishing.record_lines(tx, tx.now)
    row = csv_row(line)
    assert row[:2] == (post, "facebook") and row[4] == "published" and row[8:11] == (0, 0, 0)
    assert late(None) == "–"


def test_every_kind_of_trouble_of_the_suite_has_words() -> None:
    assert set(FAULTS) == set(KINDS)
