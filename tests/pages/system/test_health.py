"""System tells what /readyz tells, and where figures, traces and error reports go, without their secrets."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import SecretStr

from services import jobs
from tests.makers.cast import Cast
from tests.makers.screens import texts
from tests.makers.world import World
from tests.pages.screen import Show, showing


@pytest.fixture
def watched(world: World) -> World:
    changes = {
        "metrics_port": 9464,
        "sentry_dsn": SecretStr("https://public-of-ours@errors.example/1"),
        "otel_exporter_otlp_endpoint": "https://traces.example",
        "log_format": "json",
    }
    return replace(world, web=replace(world.web, settings=world.web.settings.model_copy(update=changes)))


@pytest.fixture
def show(watched: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    with showing(watched, "system", monkeypatch) as shown:
        yield shown


def test_the_checks_are_told_in_words(world: World, cast: Cast, show: Show) -> None:
    jobs.beat(world.worker, "host:1", "host", 1, "0.1.0")
    told = texts(show(cast.ana))
    assert "The clockwork ticks." in told and "The database answers." in told
    world.clock.move(minutes=2)
    assert "No worker has given a sign of life" in texts(show(cast.ana))


def test_it_is_told_what_is_switched_on_and_no_secret(cast: Cast, show: Show) -> None:
    told = texts(show(cast.ana))
    assert "json, warning and worse" in told
    assert "127.0.0.1:9464, worker :9465" in told
    assert "OTLP" in told
    assert "public-of-ours" not in told and "errors.example" not in told
