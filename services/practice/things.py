"""What a platform keeps besides posts: uploads, sessions, boards, drafts. State that is JSON, and bytes in pieces."""

import json
import sqlite3
from typing import Any

from services.practice.world import World


def put(world: World, platform: str, kind: str, id: str, account: str, state: dict[str, Any]) -> None:
    """Keep a new thing. :raises sqlite3.IntegrityError: there is one with this id"""
    world.store.run(
        "insert into things (platform, kind, id, account, state_json, created_at)"
        " values (:platform, :kind, :id, :account, :state, :now)",
        platform=platform,
        kind=kind,
        id=id,
        account=account,
        state=json.dumps(state),
        now=world.now(),
    )


def get(world: World, platform: str, kind: str, id: str) -> dict[str, Any] | None:
    """The state of a thing with its `id`, `account` and `created_at` (seconds); None when there is none."""
    row = world.store.one(
        "select id, account, state_json, created_at from things where platform = :platform and kind = :kind"
        " and id = :id",
        platform=platform,
        kind=kind,
        id=id,
    )
    return None if row is None else _read(row)


def all_of(world: World, platform: str, kind: str, account: str) -> list[dict[str, Any]]:
    """An account's things of a kind as `get` gives them, oldest first."""
    rows = world.store.all(
        "select id, account, state_json, created_at from things where platform = :platform and kind = :kind"
        " and account = :account order by rowid",
        platform=platform,
        kind=kind,
        account=account,
    )
    return [_read(row) for row in rows]


def change(world: World, platform: str, kind: str, id: str, **changes: Any) -> dict[str, Any]:
    """Change some of a thing's state; returns it as `get` does. :raises LookupError: there is no such thing"""
    with world.store.act():
        now = get(world, platform, kind, id)
        if now is None:
            raise LookupError(f"{platform} has no {kind} {id}")
        own = {name: value for name, value in now.items() if name not in ("id", "account", "created_at")}
        world.store.run(
            "update things set state_json = :state where platform = :platform and kind = :kind and id = :id",
            state=json.dumps(own | changes),
            platform=platform,
            kind=kind,
            id=id,
        )
    return {**now, **changes}


def put_piece(world: World, platform: str, kind: str, thing: str, number: int, body: bytes) -> None:
    """Keep one piece of an upload; the same number again replaces it."""
    world.store.run(
        "insert into pieces (platform, kind, thing, number, body) values (:platform, :kind, :thing, :number, :body)"
        " on conflict (platform, kind, thing, number) do update set body = excluded.body",
        platform=platform,
        kind=kind,
        thing=thing,
        number=number,
        body=body,
    )


def joined(world: World, platform: str, kind: str, thing: str) -> bytes:
    """Every piece of an upload in the order of its numbers."""
    rows = world.store.all(
        "select body from pieces where platform = :platform and kind = :kind and thing = :thing order by number",
        platform=platform,
        kind=kind,
        thing=thing,
    )
    return b"".join(row["body"] for row in rows)


def _read(row: sqlite3.Row) -> dict[str, Any]:
    own = {"id": row["id"], "account": row["account"], "created_at": row["created_at"]}
    return {**json.loads(row["state_json"]), **own}
