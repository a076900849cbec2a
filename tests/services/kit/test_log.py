"""Lines that a program can read, each with its trace; defects under an id that leads to all of them."""

import json
import logging
import threading
from collections.abc import Iterator

import pytest

from services.kit import log, tracing
from tests.makers.seen import seeing

_log = logging.getLogger("loopdesk.tests")


@pytest.fixture(autouse=True)
def _usual_log() -> Iterator[None]:
    yield
    log.write("text", "warning")


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_json_line_names_trace_organisation_and_job(capsys: pytest.CaptureFixture[str]) -> None:
    log.write("json", "info")
    with tracing.span("job"), log.about(org="0191", job=7, nothing=None):
        trace = tracing.trace_id()
        _log.info("It is %s", "done")
    _log.debug("never said")
    (line,) = _lines(capsys)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "loopdesk.tests", "message": "It is done", "trace": trace, "org": "0191", "job": "7",
    }  # fmt: skip


def test_what_was_said_about_a_job_ends_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    log.write("json", "info")
    with log.about(job=7):
        pass
    _log.warning("later")
    assert "job" not in _lines(capsys)[0]


def test_a_defect_is_one_line_with_its_id_and_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    log.write("json", "warning")
    with seeing() as seen:
        try:
            _ = 1 / 0
        except ZeroDivisionError as error:
            error_id = log.report(error, screen="home")
    (line,) = _lines(capsys)
    assert (line["level"], line["error_id"]) == ("error", error_id)
    assert line["error"].startswith("Traceback") and line["error"].endswith("ZeroDivisionError: division by zero")
    assert "'screen': 'home'" in line["message"]
    (defect,) = seen.spans
    assert defect.attributes["error_id"] == error_id


def test_a_text_line_is_one_that_people_read(capsys: pytest.CaptureFixture[str]) -> None:
    log.write("text", "warning")
    with log.about(org="0191"):
        _log.warning("The queue is full")
    written = capsys.readouterr().err
    assert written[8:] == " WARNING loopdesk.tests: The queue is full [org=0191]\n"


def test_lines_of_other_packages_look_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    server = logging.getLogger("uvicorn.error")
    server.addHandler(logging.StreamHandler())
    server.propagate = server.disabled = False
    server.setLevel(logging.NOTSET)  # a server of another test may have left its own
    log.write("json", "warning")
    server.warning("token=abc")
    assert [line["message"] for line in _lines(capsys)] == ["token=[hidden]"]


def test_an_error_that_would_end_a_thread_is_reported(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    log.write("json", "warning")
    log.catch_strays()

    def fails() -> None:
        raise ValueError("token=abc")

    thread = threading.Thread(target=fails)
    thread.start()
    thread.join()
    (line,) = _lines(capsys)
    assert line["error"].endswith("ValueError: token=[hidden]")
