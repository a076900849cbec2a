"""However an answer trickles or floods, a call ends: as a whole it has a deadline, and its answer a size."""

import gzip
import time
from collections.abc import Iterator

import httpx
import pytest

from services.kit import deadline, meters
from services.kit.errors import OutcomeUnknown, ProviderError, Unavailable
from services.kit.http import Client, make_client, send
from tests.makers.slow_server import HEAD, Answer, Caller, serving

SHORT = 0.3
VERDICTS = [(True, OutcomeUnknown), (False, Unavailable)]


@pytest.fixture
def http() -> Iterator[Client]:
    with make_client(5.0) as client:
        yield client


def drips_headers(caller: Caller) -> None:
    caller.read()
    caller.drip(HEAD + b"x-slow: " + b"a" * 1_000, every=0.05)


def drips_its_body(caller: Caller) -> None:
    caller.read()
    caller.send(HEAD + b"content-length: 1000\r\n\r\n")
    caller.drip(b"a" * 1_000, every=0.05)


def floods(caller: Caller) -> None:
    caller.read()
    caller.send(HEAD + b"transfer-encoding: chunked\r\n\r\n")
    while True:
        caller.send(b"10000\r\n" + b"a" * 65_536 + b"\r\n")


def announces_too_much(caller: Caller) -> None:
    caller.read()
    caller.send(HEAD + b"content-length: 99000000000\r\n\r\n")
    caller.wait(5)


def swells(caller: Caller) -> None:
    """A hundred kilobytes that unpack to a hundred megabytes."""
    packed = gzip.compress(b"a" * 100_000_000, 9)
    caller.read()
    caller.send(HEAD + b"content-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(packed) + packed)


def reads_slowly(caller: Caller) -> None:
    while True:
        caller.read(1_000)
        caller.wait(0.05)


@pytest.mark.parametrize(("writes", "error"), VERDICTS)
@pytest.mark.parametrize("answer", [drips_headers, drips_its_body])
def test_an_answer_that_trickles_is_cut_off_at_the_deadline_of_the_whole_call(
    http: Client, answer: Answer, writes: bool, error: type[ProviderError]
) -> None:
    began = time.monotonic()
    with serving(answer) as url, pytest.raises(ProviderError) as caught:
        send(http, "POST", url, writes=writes, total_seconds=SHORT)
    assert type(caught.value) is error
    assert SHORT <= time.monotonic() - began < SHORT + 10  # the whole answer would take fifty


@pytest.mark.parametrize(("writes", "error"), VERDICTS)
@pytest.mark.parametrize("answer", [floods, announces_too_much, swells])
def test_an_answer_that_is_too_long_is_cut_off(
    http: Client, answer: Answer, writes: bool, error: type[ProviderError]
) -> None:
    with serving(answer) as url, pytest.raises(ProviderError, match="AnswerTooLong") as caught:
        send(http, "POST", url, writes=writes, most_bytes=1_000_000)
    assert type(caught.value) is error


def test_who_takes_an_upload_in_drops_is_left_at_the_deadline(http: Client) -> None:
    body = (b"a" * 1_000_000 for _ in range(50))
    with serving(reads_slowly) as url, pytest.raises(OutcomeUnknown):
        send(http, "PUT", url, writes=True, content=body, total_seconds=SHORT)


def test_a_file_that_goes_up_in_time_may_take_longer_than_a_call(http: Client) -> None:
    def takes(caller: Caller) -> None:
        left = 3_000_000
        while left > 0:
            left -= len(caller.read())
        caller.send(HEAD + b"content-length: 2\r\n\r\n{}")

    with serving(takes) as url:
        answer = send(http, "PUT", url, writes=True, content=b"a" * 3_000_000, total_seconds=30.0)
    assert (answer.status_code, answer.json()) == (200, {})


def test_a_call_inside_of_something_with_a_deadline_ends_with_it(http: Client) -> None:
    began = time.monotonic()
    with serving(drips_its_body) as url, deadline.within(SHORT), pytest.raises(Unavailable):
        send(http, "GET", url, writes=False, total_seconds=30)
    assert time.monotonic() - began < SHORT + 10


def test_without_a_word_a_call_has_its_three_phases_and_no_more() -> None:
    with make_client(0.1) as hasty, serving(drips_its_body) as url, pytest.raises(Unavailable):
        send(hasty, "GET", url, writes=False)


def test_what_was_cut_off_is_told_as_unclear(http: Client) -> None:
    def unclear() -> float:
        labels = {"platform": "other", "outcome": "unclear"}
        return meters.registry.get_sample_value("loopdesk_provider_call_seconds_count", labels) or 0.0

    before = unclear()
    with serving(drips_its_body) as url, pytest.raises(OutcomeUnknown):
        send(http, "POST", url, writes=True, total_seconds=SHORT)
    assert unclear() == before + 1


def test_an_answer_keeps_its_headers_and_is_unpacked() -> None:
    packed = gzip.compress(b'{"id": "7"}')

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(201, headers={"content-encoding": "gzip", "x-trace": "T"}, content=packed)

    told = send(httpx.Client(transport=httpx.MockTransport(answer)), "POST", "https://api.example/x", writes=True)
    assert (told.status_code, told.json(), told.headers["x-trace"]) == (201, {"id": "7"}, "T")
    assert str(told.request.url) == "https://api.example/x"
