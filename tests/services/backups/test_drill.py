"""The drill: a whole installation is backed up, lost, and brought back, on each server there is."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from services import backups, media, wiring
from services.kit.crypto import SealBroken, Sealer
from services.kit.db import Scope
from tests.conftest import PASSWORDS
from tests.makers.accounts import TOKEN, make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.everything import fill
from tests.makers.media import jpeg_bytes
from tests.makers.world import World, make_world
from tests.services.backups.conftest import Server

POLICIES = """
select 'policy', schemaname || '.' || tablename, policyname, concat_ws(' ', cmd, roles::text, qual, with_check)
  from pg_policies where schemaname in ('app', 'private', 'queue')
union all select 'table', oid::regclass::text, concat_ws(' ', relrowsecurity, relforcerowsecurity), relacl::text
  from pg_class where relnamespace in ('app'::regnamespace, 'private'::regnamespace, 'queue'::regnamespace)
union all select 'function', oid::regprocedure::text, prosrc, proacl::text
  from pg_proc where pronamespace in ('app'::regnamespace, 'private'::regnamespace, 'queue'::regnamespace)
order by 1, 2, 3
"""


@dataclass(frozen=True)
class Drilled:
    """What stood, its backup, and what stands where it was brought back."""

    before: World
    after: World
    cast: Cast
    channel: Any
    folder: Path
    asset_key: str
    source: backups.Source


@pytest.fixture(scope="module")
def drilled(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drilled]:
    home = tmp_path_factory.mktemp("drill")
    with server.world(home / "one") as before:
        cast = make_cast(before)
        assert cast.ana.user_id
        channel = make_channel(before, cast)
        asset = media.store_rendered(before.worker, cast.worker, cast.brand, "x.jpg", jpeg_bytes(40, 40))
        with before.superuser() as connection:
            fill(connection, before.web.ids, cast.other, cast.cleo.user_id)  # type: ignore[arg-type]
        (home / "one" / "publishing.mark").write_text("2026-11-23T09:00:00+00:00")
        (home / "one" / "publishing.sent.20261123T0900").write_text("x")
        made, _ = backups.back_up(before.worker, server.source(before.addresses.admin), home / "kept", backups.Keep())
        target = server.source(server.empty())
        folder, settings = Path(made.folder), before.worker.settings
        (home / "two" / "keys").mkdir(parents=True)
        (home / "two" / "keys" / "sealing.key").write_text(wiring.key_text(settings))
        operator = wiring.Addresses(target.address, target.address, target.address)
        restoring = make_world(operator, home / "two")
        manifest = backups.fitting(folder, target, restoring.worker.sealer)
        backups.restore(restoring.worker, target, folder, manifest)
        restoring.close()
        after = make_world(wiring.login_addresses(target.address, PASSWORDS), home / "two")
        yield Drilled(before, after, cast, channel, folder, asset.file_key, target)
        after.close()


def _rows(world: World, question: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(world.addresses.admin) as connection:
        connection.execute("set search_path = ''")
        return connection.execute(question).fetchall()  # type: ignore[arg-type]


def test_every_row_is_back(drilled: Drilled) -> None:
    manifest = json.loads((drilled.folder / "manifest.json").read_text())
    assert len(manifest["rows"]) > 60 and manifest["rows"]["app.channels"] >= 2
    for table, count in manifest["rows"].items():
        assert _rows(drilled.after, f"select count(*) from {table}") == [(count,)], table
    for table in ("app.org_members", "app.channels", "private.channel_secrets", "auth.users", "app.audit_log"):
        question = f"select md5(string_agg(t::text, '|' order by t::text)) from {table} t"
        assert _rows(drilled.after, question) == _rows(drilled.before, question)


def test_policies_grants_and_functions_are_the_same(drilled: Drilled) -> None:
    found = _rows(drilled.before, POLICIES)
    assert len(found) > 300
    assert _rows(drilled.after, POLICIES) == found


def test_the_walls_stand_and_ana_is_let_in(drilled: Drilled) -> None:
    with drilled.after.web.tx(drilled.cast.ana) as tx:
        assert tx.value("select count(*) from app.channels", {}) == 1
    with drilled.after.web.tx(Scope(drilled.cast.acme, drilled.cast.cleo.user_id)) as tx:
        assert tx.value("select count(*) from app.channels", {}) == 0


def test_tokens_open_with_the_keys_that_were_kept_apart_and_with_no_others(drilled: Drilled) -> None:
    ((sealed,),) = _rows(
        drilled.after, f"select access_token from private.channel_secrets where channel_id = '{drilled.channel}'"
    )
    bound = f"channels/{drilled.channel}/access_token"
    assert drilled.after.worker.sealer.open(sealed, bound) == TOKEN
    with pytest.raises(SealBroken):
        Sealer({"k1": b"x" * 32}).open(sealed, bound)


def test_files_are_back_and_no_key_and_no_mark_is_in_the_backup(drilled: Drilled) -> None:
    for world in (drilled.before, drilled.after):
        with world.worker.files.open(drilled.asset_key) as file:
            assert file.read() == jpeg_bytes(40, 40)
    names = {path.name for path in drilled.folder.rglob("*")}
    assert not [name for name in names if name.startswith("publishing.") or "key" in name]
    key = wiring.key_text(drilled.before.worker.settings).partition(":")[2].encode()
    assert not [path for path in drilled.folder.rglob("*") if path.is_file() and key in path.read_bytes()]
    assert not list(drilled.after.worker.settings.loopdesk_data.glob("publishing.*"))
    assert {path.stat().st_mode & 0o077 for path in drilled.folder.rglob("*")} == {0}


def test_what_was_restored_is_not_restored_over(drilled: Drilled) -> None:
    with pytest.raises(backups.NotEmpty):
        backups.refuse_unless_empty(drilled.source)


def test_the_backup_is_on_the_list_with_its_size_and_when_it_was_checked(drilled: Drilled) -> None:
    with drilled.before.web.admin_tx() as tx:
        (listed,) = backups.backups(tx)
    assert listed.checked_at == drilled.before.clock.now() and listed.problem == ""
    assert listed.size_bytes == sum(p.stat().st_size for p in drilled.folder.rglob("*") if p.is_file()
                                    and p.name != "manifest.json")  # fmt: skip
