"""By setting alone spans leave for a collector, cleaned, with the headers it asks for; without one nothing leaves."""

import os

import pytest

from services.kit import config, tracing
from services.kit.config import Settings
from tests.makers.sink import sink

NAMES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS")


@pytest.fixture(autouse=True)
def _clear(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


def test_what_stands_in_env_file_reaches_the_exporter() -> None:
    with sink() as collector:
        address = f"http://127.0.0.1:{collector.port}"
        settings = Settings(
            _env_file=None, otel_exporter_otlp_endpoint=address, otel_exporter_otlp_headers="x-tenant=ours"
        )
        config.hand_over(settings)
        tracing.configure("worker", settings)
        with tracing.span("act", said="token=abcdef"):
            pass
        tracing.stop()
        heard = collector.text()
    assert heard.startswith("/v1/traces")
    assert "x-tenant: ours" in heard.lower()
    assert "token=[hidden]" in heard and "abcdef" not in heard


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMES[0], "http://of-the-environment:4318")
    config.hand_over(Settings(_env_file=None, otel_exporter_otlp_endpoint="http://of-the-file:4318"))
    assert os.environ[NAMES[0]] == "http://of-the-environment:4318"


def test_a_share_of_traces_is_sent_and_each_of_them_whole() -> None:
    with sink() as collector:
        address = f"http://127.0.0.1:{collector.port}"
        settings = Settings(_env_file=None, otel_exporter_otlp_endpoint=address, trace_ratio=0.0)
        config.hand_over(settings)
        tracing.configure("worker", settings)
        with tracing.span("act"):
            parent = tracing.traceparent()
        with tracing.continued(parent, "job"):
            assert tracing.trace_id() in (parent or "")
        tracing.stop()
        assert collector.heard == []
