"""A defect reaches a Sentry service with its id as a tag, and with nothing personal."""

import json
from collections.abc import Iterator

import pytest

from services.kit import errors_told, log, tracing
from services.kit.config import Settings
from tests.makers.sink import Sink, sink


@pytest.fixture
def kept() -> Iterator[Sink]:
    with sink() as found:
        dsn = f"http://public@127.0.0.1:{found.port}/7"
        errors_told.configure("worker", Settings(_env_file=None, sentry_dsn=dsn, environment="staging"))
        yield found
        errors_told.configure("worker", Settings(_env_file=None))


def _event(kept: Sink) -> dict[str, object]:
    errors_told.flush(5)
    (request,) = kept.heard
    assert request.startswith("/api/7/envelope/")
    return dict(json.loads(request.splitlines()[-1]))


def test_a_defect_is_told_with_its_id_trace_and_place(kept: Sink) -> None:
    with tracing.span("job"), log.about(org="0191", job=7):
        trace = tracing.trace_id()
        try:
            raise ValueError("token=abc")
        except ValueError as error:
            error_id = log.report(error, task="publishing.step")
    event = _event(kept)
    assert event["tags"] == {"error_id": error_id, "trace": trace, "org": "0191", "job": "7", "task": "publishing.step"}
    assert event["environment"] == "staging"
    (told,) = event["exception"]["values"]  # type: ignore[index]
    assert (told["type"], told["value"]) == ("ValueError", "token=[hidden]")
    assert told["stacktrace"]["frames"]


def test_neither_variables_nor_source_nor_people_are_told(kept: Sink) -> None:
    personal = "ana@acme.example"
    try:
        raise ValueError(len(personal))
    except ValueError as error:
        log.report(error)
    event = _event(kept)
    assert not {"user", "request", "modules"} & set(event)
    assert event["breadcrumbs"] == {"values": []}
    (told,) = event["exception"]["values"]  # type: ignore[index]
    assert not {"vars", "context_line", "pre_context"} & set(told["stacktrace"]["frames"][0])
    assert personal not in json.dumps(event)


def test_without_an_address_nothing_is_told(kept: Sink) -> None:
    errors_told.configure("worker", Settings(_env_file=None))
    log.report(ValueError("x"))
    errors_told.flush(1)
    assert kept.heard == []
