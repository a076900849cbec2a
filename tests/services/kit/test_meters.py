"""Figures for Prometheus: on a port of their own, whole even where the database is away, and without names."""

import socket

import httpx
import pytest

from services.kit import meters
from services.kit.errors import ProviderError
from services.kit.http import send
from services.kit.meters import Reading, Readings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _asked(port: int) -> str:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False).text


def _count(platform: str, outcome: str) -> float:
    labels = {"platform": platform, "outcome": outcome}
    return meters.registry.get_sample_value("loopdesk_provider_call_seconds_count", labels) or 0.0


def test_what_is_read_is_read_when_somebody_asks() -> None:
    asked: list[int] = []

    def read() -> list[Reading]:
        asked.append(1)
        return [Reading("loopdesk_queue_waiting", "Jobs that wait", "queue", {"publishing": 3.0})]

    port = _free_port()
    end = meters.serve("127.0.0.1", port, Readings(read, (OSError,)))
    try:
        assert asked == []
        told = _asked(port)
    finally:
        end()
    assert 'loopdesk_queue_waiting{queue="publishing"} 3.0' in told
    assert "loopdesk_database_up 1.0" in told
    with pytest.raises(httpx.ConnectError):
        _asked(port)


def test_where_the_database_is_away_the_rest_is_told() -> None:
    def read() -> list[Reading]:
        raise OSError("password=hunter2")

    port = _free_port()
    end = meters.serve("127.0.0.1", port, Readings(read, (OSError,)))
    try:
        told = _asked(port)
    finally:
        end()
    assert "loopdesk_database_up 0.0" in told
    assert "loopdesk_defects_total" in told
    assert "hunter2" not in told


def test_port_0_is_off_and_a_taken_port_is_not_fatal(caplog: pytest.LogCaptureFixture) -> None:
    asked: list[int] = []
    readings = Readings(lambda: asked.append(1) or [], (OSError,))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for tried in (0, port):
            end = meters.serve("127.0.0.1", tried, readings)
            assert list(meters.registry.collect())
            end()
    assert asked == []
    assert [f":{port}: " in record.getMessage() for record in caplog.records] == [True]


@pytest.mark.parametrize(
    ("url", "status", "platform", "outcome"),
    [
        ("https://graph.instagram.com/v1/me", 200, "instagram", "ok"),
        ("https://open.tiktokapis.com/v2/post", 429, "tiktok", "limited"),
        ("https://api.linkedin.com/rest/posts", 422, "linkedin", "refused"),
        ("https://www.googleapis.com/upload", 503, "youtube", "broken"),
        ("http://127.0.0.1:8601/pinterest/v5/pins", 201, "pinterest", "ok"),
        ("https://shop.example/facebookish", 200, "other", "ok"),
    ],
)
def test_calls_are_counted_by_platform_and_outcome(url: str, status: int, platform: str, outcome: str) -> None:
    before = _count(platform, outcome)
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(status)))
    send(http, "GET", url, writes=False)
    assert _count(platform, outcome) == before + 1


@pytest.mark.parametrize(("fault", "outcome"), [(httpx.ConnectError, "unreachable"), (httpx.ReadTimeout, "unclear")])
def test_calls_without_an_answer_are_told_apart(fault: type[httpx.TransportError], outcome: str) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise fault("no")

    before = _count("x", outcome)
    with pytest.raises(ProviderError):
        send(httpx.Client(transport=httpx.MockTransport(fail)), "POST", "https://api.x.com/2/tweets", writes=True)
    assert _count("x", outcome) == before + 1
