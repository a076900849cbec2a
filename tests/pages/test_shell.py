"""A screen that breaks shows an id and no word of the error; the id leads to its line in the log, in the same trace."""

import json
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import doors
from services import identity, wiring
from services.kit import log
from services.kit.config import ROOT
from tests.makers.cast import Cast
from tests.makers.screens import texts, viewer_of
from tests.makers.seen import seeing
from tests.makers.world import World


@pytest.fixture
def broken(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def require(*_: object) -> None:
        raise ValueError("postgres://app:hunter2@db/x")

    person = viewer_of(cast.ana, identity.Role.OWNER)
    monkeypatch.setattr(doors, "viewer", lambda: person)
    monkeypatch.setattr(doors, "require", require)
    wiring.use(world.web)
    yield
    wiring.use(None)
    log.write("text", "warning")


@pytest.mark.usefixtures("broken")
def test_a_broken_screen_shows_an_id_that_leads_to_the_log(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    log.write("json", "warning")
    with seeing() as seen:
        test = AppTest.from_file(ROOT / "pages" / "shell.py", default_timeout=30).run()
    shown = texts(test)
    assert "could not be shown" in shown and "hunter2" not in shown and "ValueError" not in shown
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    (line,) = [one for one in lines if one["level"] == "error"]
    assert line["error_id"] in shown
    assert line["org"] == str(cast.acme)
    assert line["error"].endswith("ValueError: postgres://app:[hidden]@db/x")
    screen = seen.named("screen home")
    assert line["trace"] == f"{screen.context.trace_id:032x}"
