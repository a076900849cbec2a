"""A hosted database, backed up by its operator, who is no superuser, comes back in another project."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from services import backups, wiring
from services.backups import dumping, programs
from services.kit import migrate
from tests.conftest import PASSWORDS
from tests.hosted import project
from tests.makers.accounts import TOKEN, make_channel
from tests.makers.cast import Cast, make_cast
from tests.makers.world import World, make_world

LOGINS = {name: f"{name}-of-the-hosted-tests" for name in PASSWORDS}


@pytest.fixture(scope="module")
def released(operator: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, Cast]]:
    migrate.migrate(operator)
    world = make_world(wiring.login_addresses(operator, LOGINS), tmp_path_factory.mktemp("one"))
    yield world, make_cast(world)
    world.close()


def _source(address: str) -> backups.Source:
    """As `source` makes it of a hosted project; the embedded server's own programs where it is one."""
    server = dumping.server_of(address)
    found = programs.own() if server == programs.own().major else programs.of_the_machine(server)
    return backups.Source(address, found, server, dumping.HOSTED)


def test_what_is_ours_comes_back_where_the_platform_brought_its_people_back(
    operator: str, released: tuple[World, Cast], tmp_path: Path
) -> None:
    world, cast = released
    channel = make_channel(world, cast)
    made, _ = backups.back_up(world.worker, _source(operator), tmp_path / "kept", backups.Keep())
    folder = Path(made.folder)
    with psycopg.connect(operator) as connection:
        people = connection.execute("select id, email from auth.users").fetchall()
        server = "embedded" if connection.info.server_version >= 180_000 else "postgres15"
    with project.running(server) as elsewhere:
        target = _source(elsewhere)
        there = wiring.Addresses(elsewhere, elsewhere, elsewhere)
        restoring = make_world(there, tmp_path / "two")
        worker = replace(restoring.worker, sealer=world.worker.sealer)
        manifest = backups.fitting(folder, target, worker.sealer)
        assert not [name for name in manifest.rows if name.startswith(("auth.", "storage."))]
        with pytest.raises(backups.RestoreFailed, match="Nothing was restored"):
            backups.restore(worker, target, folder, manifest)  # its people are not there yet
        backups.refuse_unless_empty(target)
        with psycopg.connect(elsewhere) as connection:
            connection.cursor().executemany("insert into auth.users (id, email) values (%s, %s)", people)
        backups.restore(worker, target, folder, manifest)
        restoring.close()
        after = make_world(wiring.login_addresses(elsewhere, LOGINS), tmp_path / "two")
        with after.web.tx(cast.ana) as tx:
            assert tx.value("select count(*) from app.channels", {}) == 1
        with after.web.tx(cast.cleo) as tx:
            assert tx.value("select count(*) from app.channels", {}) == 0
        with after.worker.admin_tx() as tx:
            sealed = tx.value(
                "select access_token from private.channel_secrets where channel_id = %(id)s", {"id": channel}
            )
        assert world.worker.sealer.open(sealed, f"channels/{channel}/access_token") == TOKEN
        assert migrate.migrate(elsewhere) == []
        after.close()
