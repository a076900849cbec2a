"""Alive without a database; ready only when database, queue, migrations and clockwork are."""

from dataclasses import replace
from datetime import timedelta

import psycopg
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import api, jobs
from services.kit.app import App
from services.kit.db import Database
from tests.makers.world import World


def _browser(app: App) -> TestClient:
    return TestClient(Starlette(routes=api.routes(lambda: app)))


def _beat(world: World) -> None:
    jobs.beat(world.worker, "host:1", "host", 1, "0.1.0")


def test_with_a_worker_that_lives_the_installation_is_ready(world: World, browser: TestClient) -> None:
    _beat(world)
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert list(answer.json()["checks"]) == ["database", "queue", "migrations", "clockwork"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_silent_clockwork_is_told_in_words(world: World, browser: TestClient) -> None:
    _beat(world)
    world.clock.move(minutes=2)
    answer = browser.get("/readyz")
    assert answer.status_code == 503
    told = answer.json()["checks"]["clockwork"]
    assert told["ok"] is False
    assert told["says"].startswith("No worker has given a sign of life for 20 seconds")


def test_missing_migrations_are_told(world: World, browser: TestClient) -> None:
    _beat(world)
    with psycopg.connect(world.addresses.admin) as connection, connection.transaction(force_rollback=False):
        row = connection.execute(
            "delete from supabase_migrations.schema_migrations where version = (select max(version) from "
            "supabase_migrations.schema_migrations) returning version, name"
        ).fetchone()
    try:
        answer = browser.get("/readyz")
    finally:
        with psycopg.connect(world.addresses.admin) as connection:
            connection.execute("insert into supabase_migrations.schema_migrations (version, name) values (%s, %s)", row)
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"]["says"] == "Migrations are missing: run the release step."


def test_without_a_database_the_process_is_alive_and_not_ready(world: World) -> None:
    gone = Database("host=127.0.0.1 port=1 user=x password=hunter2", world.clock, world.web.ids, lambda *_: None)
    gone.pool.timeout = timedelta(seconds=0.3).total_seconds()
    browser = _browser(replace(world.web, db=gone))
    try:
        assert browser.get("/healthz").json() == {"status": "alive"}
        answer = browser.get("/readyz")
    finally:
        gone.close()
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"ok": False, "says": "The database does not answer."}
    assert "hunter2" not in answer.text


def test_strangers_are_told_no_version_and_no_figure(world: World, browser: TestClient) -> None:
    _beat(world)
    told = browser.get("/readyz").text + browser.get("/healthz").text
    found = jobs.running_versions()
    assert not [version for version in found.values() if version in told]
