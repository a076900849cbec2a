"""Migrations only add: what a version before this one reads, writes and calls is there as long as it may still run."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.makers.schema import demanded, offered
from tests.makers.world import World

RECORDED: dict[str, list[str]] = json.loads((Path(__file__).parents[1] / "recorded/schema.json").read_text())
LOST = "alter table app.posts drop column reason; drop function app.mark_restored"
CHANGED = "alter table app.posts alter column looks type bigint"
DEMANDED = (
    "alter table app.brands add column must int not null default 1; alter table app.brands alter must drop default"
)


@pytest.fixture
def connection(world: World) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(world.addresses.admin) as opened:
        yield opened
        opened.rollback()


def _gone(connection: psycopg.Connection[Any]) -> list[str]:
    today = offered(connection)
    return [f"{name}: {what}" for name, all_ in RECORDED.items() for what in all_ if what not in today.get(name, [])]


def _new_demands(connection: psycopg.Connection[Any]) -> list[str]:
    return [f"{table}: {what}" for table, what in demanded(connection) if what not in RECORDED.get(table, [what])]


def test_what_was_released_stays(connection: psycopg.Connection[Any]) -> None:
    assert len(RECORDED) > 70 and len(RECORDED["functions"]) > 30
    assert _gone(connection) == []


def test_a_new_column_of_a_known_table_can_be_left_out(connection: psycopg.Connection[Any]) -> None:
    assert _new_demands(connection) == []


@pytest.mark.parametrize(
    ("change", "gone", "demands"),
    [
        (LOST, {"app.posts: reason text", "functions: app.mark_restored"}, []),
        (CHANGED, {"app.posts: looks integer"}, []),
        (DEMANDED, set(), ["app.brands: must integer"]),
    ],
)
def test_a_migration_that_takes_changes_or_demands_is_noticed(
    connection: psycopg.Connection[Any], change: str, gone: set[str], demands: list[str]
) -> None:
    connection.execute(change)  # type: ignore[arg-type]
    assert {what.partition("(")[0] for what in _gone(connection)} == gone
    assert _new_demands(connection) == demands
