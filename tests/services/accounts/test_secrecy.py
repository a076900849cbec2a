"""No log, error, job argument or row outside the private tables holds a token; inside, none is readable."""

import logging
import sqlite3
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from services import accounts
from services.accounts import errors, vault
from services.accounts.models import Offer, Renewed, Token
from services.accounts.sealing import load, opened
from services.kit.app import App
from services.kit.crypto import SealBroken
from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, Rejected, Unavailable
from tests.makers.accounts import TOKEN, make_channel
from tests.makers.cast import Cast
from tests.makers.practice import INSTAGRAM_ACME, PERSON_ROBIN, RunningPractice
from tests.makers.renewing import Renewing, given
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


def quoting(error: type[ProviderError]) -> Callable[[Token, datetime], Renewed | None]:
    """A renewal that fails and quotes both tokens, as careless platforms do."""

    def answer(token: Token, now: datetime) -> Renewed | None:
        raise error(f"bad refresh_token={token.refresh.get_secret_value() if token.refresh else ''}&") from ValueError()

    return answer


@pytest.mark.parametrize("error", [Unavailable, Rejected, CredentialsExpired, OutcomeUnknown])
def test_no_refresh_token_leaves_the_private_tables(
    world: World,
    far: App,
    platform: Renewing,
    cast: Cast,
    error: type[ProviderError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    now = world.clock.now()
    access, refresh = "act.secret-of-the-access", "rft.secret-of-the-refresh"
    channel_id = make_channel(world, cast, "x", token=access, refresh=refresh, token_expires_at=now)
    with far.tx(cast.worker) as tx:
        accounts.report_failure(tx, channel_id, CredentialsExpired("no"))
        shown = [repr(accounts.channel(tx, channel_id))]
    platform.answer = quoting(error)
    for act in (accounts.renew_channel, accounts.check_channel):
        try:
            act(far, cast.acme, channel_id)
        except ProviderError as raised:
            shown.append(raised.sentence.replace(refresh, "[in the error itself]"))
    platform.answer = lambda token, at: given("act.secret-of-the-next", "rft.secret-of-the-next", at)
    with far.admin_tx() as tx:
        accounts.due_renewals(tx)
    accounts.renew_channel(far, cast.acme, channel_id)
    accounts.disconnect(far, cast.ana, channel_id)
    text = "\n".join([*shown, caplog.text, everything(world)])
    assert "secret-of-the" not in text


def test_an_opened_pair_shows_neither_token(world: World, far: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast, "x", token=TOKEN, refresh="rft.secret")
    channel, sealed = load(far, cast.worker, channel_id)
    assert sealed is not None
    pair = opened(far.sealer, channel, sealed, refresh=True)
    offer = Offer(remote_id="1", name="x", secret=pair.secret, refresh=pair.refresh)
    shown = f"{pair!r} {pair} {pair.model_dump_json()} {offer!r} {offer.model_dump_json()} {sealed!r} {channel!r}"
    assert TOKEN not in shown and "rft.secret" not in shown


def test_a_token_does_not_open_in_the_place_of_a_refresh_token(world: World, far: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast, "x", token=TOKEN, refresh="rft.secret")
    with far.admin_tx() as tx:
        tx.run(
            "update private.channel_secrets set access_token = refresh_token where channel_id = %(id)s",
            {"id": channel_id},
        )
    with pytest.raises(SealBroken):
        accounts.open_token(far, cast.worker, channel_id)


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
