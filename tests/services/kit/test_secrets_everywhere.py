"""A thousand secrets are said, thrown, sent and noted in every way; none is found in anything that leaves."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from prometheus_client import generate_latest

from services.kit import errors_told, log, meters, tracing
from services.kit.config import Settings
from services.kit.errors import Rejected
from services.kit.http import send
from services.kit.redaction import clean, hide, redact
from tests.makers.secrets_planted import Planted, planted
from tests.makers.seen import seeing
from tests.makers.sink import sink
from worker.history import _line

PLANTED = planted(1_000)
_log = logging.getLogger("loopdesk.tests")


def _assert_clean(output: str) -> None:
    leaks = [one for one in PLANTED if one.secret in output]
    assert leaks == [], f"{len(leaks)} leak, for example {leaks[0]}"


@contextmanager
def _raised(one: Planted) -> Iterator[Exception]:
    """An error caused by another, both with the secret in their words, as psycopg and httpx do."""
    try:
        try:
            raise ConnectionError(one.text)
        except ConnectionError as cause:
            raise RuntimeError(f"while asking: {one.text}") from cause
    except RuntimeError as error:
        yield error


@pytest.fixture(autouse=True)
def _usual_log() -> Iterator[None]:
    yield
    log.write("text", "warning")


def test_they_are_a_thousand_and_each_is_really_said() -> None:
    assert len({one.secret for one in PLANTED}) == 1_000
    assert all(one.secret in one.text for one in PLANTED)


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_is_found_in_the_log(capsys: pytest.CaptureFixture[str], form: str) -> None:
    log.write(form, "debug")
    for one in PLANTED:
        _log.warning("asked %s and %r", one.text, {"said": one.text})
        with _raised(one) as error:
            log.report(error, place=one.text)
    written = capsys.readouterr().err
    assert written.count("defect") == 1_000
    _assert_clean(written)


def test_nothing_is_found_in_spans() -> None:
    with seeing() as found:
        for one in PLANTED:
            with _raised(one) as error, pytest.raises(RuntimeError), tracing.span(one.text, said=one.text):
                tracing.note(later=one.text)
                raise error
        for one in PLANTED[:100]:
            with _raised(one) as error:
                tracing.defect(error, "7QK2-91F3", {"place": one.text, "password": one.secret})
    assert len(found.spans) == 1_100
    _assert_clean(found.text())


def test_nothing_is_found_in_what_is_known_of_requests() -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(400, text=str(request.url))))
    with seeing() as found:
        for one in PLANTED:
            asked = {"access_token": one.secret, "q": one.text}
            send(http, "POST", "https://api.example/v1", writes=True, params=asked, form=asked, bearer="t" * 30)
            send(http, "GET", "https://api.example/v1", writes=False, headers={"x-api-key": one.secret.strip()})
    assert len(found.spans) == 2_000
    _assert_clean(found.text())


def test_nothing_is_found_in_error_reports() -> None:
    with sink() as kept:
        settings = Settings(_env_file=None, sentry_dsn=f"http://public@127.0.0.1:{kept.port}/1")
        errors_told.configure("tests", settings)
        for number, one in enumerate(PLANTED):
            with _raised(one) as error:
                errors_told.tell(error, "7QK2-91F3", {"place": one.text, "password": one.secret}, None)
            if number % 50 == 49:
                errors_told.flush(10)
        errors_told.flush(10)
        errors_told.configure("tests", Settings(_env_file=None))
    assert len(kept.heard) == 1_000
    _assert_clean(kept.text())


def test_nothing_is_found_in_figures() -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200)))
    for one in PLANTED[:200]:
        send(http, "GET", f"https://api.example/{one.secret[:8].encode().hex()}", writes=False)
    meters.registry.register(
        spoken := meters.Readings(
            lambda: [meters.Reading("loopdesk_tests", "x", "said", {one.text: 1.0 for one in PLANTED})], (OSError,)
        )
    )
    try:
        _assert_clean(generate_latest(meters.registry).decode().replace("\\n", "\n").replace('\\"', '"'))
    finally:
        meters.registry.unregister(spoken)


def test_nothing_is_found_in_what_runs_keep_and_people_read() -> None:
    told = [_line(Rejected(one.text)) for one in PLANTED] + [_line(ValueError(one.text)) for one in PLANTED]
    told += [redact(one.text) for one in PLANTED]
    told += [str(clean({"deep": [{"text": one.text, "password": one.secret}]})) for one in PLANTED]
    told += [str(hide({"text": one.text, "api_key": one.secret})) for one in PLANTED]
    _assert_clean("\n".join(told))
