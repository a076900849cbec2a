"""No log, error, job argument or row outside the private tables holds a token; inside, none is readable."""

import logging
import sqlite3
import traceback
from pathlib import Path

import psycopg
import pytest

from services import accounts
from services.accounts import errors, vault
from services.kit.app import App
from services.kit.crypto import SealBroken
from services.kit.errors import ProviderError
from tests.makers.accounts import TOKEN, make_channel
from tests.makers.cast import Cast
from tests.makers.practice import INSTAGRAM_ACME, PERSON_ROBIN, RunningPractice
from tests.makers.world import World
from tests.services.accounts.test_connect import sent_back, sign_in


def everything(world: World) -> str:
    """Every row of every table of the database as text, the private ones too, read as superuser."""
    with psycopg.connect(world.addresses.admin) as connection:
        tables = connection.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not like 'pg\\_%'"
        ).fetchall()
        texts = [str(connection.execute(f"select t::text from {name} t").fetchall()) for (name,) in tables]
    return "\n".join(texts)


def given_out(record: Path) -> list[str]:
    """Every token and code the practice platforms ever gave out."""
    with sqlite3.connect(record / "practice.sqlite") as file:
        rows = file.execute("select token from tokens union select code from codes").fetchall()
    return [row[0] for row in rows]


def failed(act: str, app: App, cast: Cast, practice: RunningPractice, channel_id: object) -> str:
    """Let the platform fail in one way and return the traceback as a log would show it."""
    faults = {
        "refused": ("expire_token", {}),
        "lost": ("lose_reply", {}),
        "broken": ("http", {"status": 500}),
        "quoting": ("http", {"status": 400, "body": {"error": {"code": 100, "message": f"Malformed {TOKEN}"}}}),
    }
    kind, terms = faults[act]
    practice.admin.fault(kind, match="/me", count=1, **terms)
    try:
        accounts.check_channel(app, cast.acme, channel_id)  # type: ignore[arg-type]
    except ProviderError as error:
        return "".join(traceback.format_exception(error))
    return ""


def test_no_token_leaves_the_private_tables(
    world: World,
    web: App,
    worker: App,
    practice: RunningPractice,
    record: Path,
    cast: Cast,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    shown = []
    sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME)
    sign_in(web, practice, cast.ana, cast, "facebook", PERSON_ROBIN)
    shown.append(repr(accounts.waiting_choice(web, cast.ana)))
    with web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx)
        accounts.request_check(tx, channel.id)
    token = accounts.open_token(worker, cast.worker, channel.id)
    shown += [repr(channel), repr(token), str(token), token.model_dump_json()]
    practice.admin.fault("http", match="/instagram/access_token", status=500, count=1)
    try:
        sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME)
    except errors.SignInFailed as error:
        shown.append("".join(traceback.format_exception(error)))
    shown += [failed(act, worker, cast, practice, channel.id) for act in ("lost", "broken", "refused")]
    assert all(shown[:-1])
    text = "\n".join([*shown, caplog.text, everything(world)])
    secrets = given_out(record)
    assert len(secrets) >= 6
    assert [secret for secret in secrets if secret in text] == []


def test_a_token_quoted_by_the_platform_is_not_kept(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast)
    shown = failed("quoting", worker, cast, practice, channel_id)
    assert "[hidden]" in shown
    assert TOKEN not in shown + everything(world)


def test_a_sealed_token_opens_for_its_own_channel_only(world: World, worker: App, cast: Cast) -> None:
    first, second = make_channel(world, cast), make_channel(world, cast, "facebook")
    with worker.admin_tx() as tx:
        moved = vault.sealed_token(tx, first)
        assert moved is not None
        vault.put_token(tx, second, cast.acme, vault.Pair("k1", moved.access_token, None))
    with pytest.raises(SealBroken):
        accounts.open_token(worker, cast.worker, second)


def test_the_database_refuses_empty_and_unsealed_tokens(world: World, worker: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    for worthless in ("", TOKEN):
        with pytest.raises(psycopg.errors.CheckViolation), worker.admin_tx() as tx:
            vault.put_token(tx, channel_id, cast.acme, vault.Pair("k1", worthless, None))
    assert accounts.open_token(worker, cast.worker, channel_id).secret.get_secret_value() == TOKEN


def test_no_organisation_scope_reaches_the_private_tables(world: World, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    for app, scope in ((world.web, cast.ana), (world.worker, cast.worker)):
        for table in ("channel_secrets", "oauth_flows"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), app.tx(scope) as tx:
                tx.tuples(f"select * from private.{table}", {})  # type: ignore[arg-type]
    for stranger in (cast.cleo, cast.nobody):
        with pytest.raises(accounts.ChannelNotFound):
            accounts.open_token(world.web, stranger, channel_id)
        with world.web.tx(stranger) as tx:
            assert tx.tuples("select id from app.channels", {}) == []


def test_the_state_of_a_sign_in_is_stored_as_a_hash_only(world: World, web: App, cast: Cast) -> None:
    address = accounts.begin(web, cast.ana, cast.brand, "facebook", is_practice=True)
    state = sent_back(address)["state"]
    assert len(state) >= 43
    assert state not in everything(world)
