"""The sealing key changes: what it sealed is sealed again, and then the old key is no longer needed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from services import accounts
from services.accounts import vault
from services.accounts.sealing import opened
from services.kit.app import App
from services.kit.crypto import SealBroken, Sealer
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.world import World

NEW = b"n" * 32


@pytest.fixture
def rotated(world: World) -> App:
    """The worker after a new key was put in front."""
    old = world.worker.sealer
    both = Sealer({"k2": NEW, old.current: b"x" * 32})
    both._keys[old.current] = old._keys[old.current]
    return replace(world.worker, sealer=both)


@pytest.fixture
def later(world: World) -> App:
    """The worker once the old key was taken out."""
    return replace(world.worker, sealer=Sealer({"k2": NEW}))


def refresh_of(app: App, cast: Cast, channel_id: UUID) -> str | None:
    with app.admin_tx() as tx:
        sealed = vault.sealed_token(tx, channel_id)
        tx.act_as(cast.worker)
        channel = accounts.channel(tx, channel_id)
    assert sealed is not None
    token = opened(app.sealer, channel, sealed, refresh=True)
    return token.refresh.get_secret_value() if token.refresh else None


def all_resealed(app: App) -> int:
    total = 0
    while done := accounts.reseal_tokens(app, 2):
        total += done
    return total


def test_after_the_sweep_the_old_key_is_not_needed(world: World, rotated: App, later: App, cast: Cast) -> None:
    both = make_channel(world, cast, "x", token="a1", refresh="r1")
    single = make_channel(world, cast, token="a2")
    with pytest.raises(SealBroken):
        accounts.open_token(later, cast.worker, both)
    assert all_resealed(rotated) >= 2
    assert accounts.open_token(later, cast.worker, both).secret.get_secret_value() == "a1"
    assert refresh_of(later, cast, both) == "r1"
    assert accounts.open_token(later, cast.worker, single).secret.get_secret_value() == "a2"
    assert refresh_of(later, cast, single) is None
    with later.admin_tx() as tx:
        assert tx.value("select count(*) from private.channel_secrets where key_id <> 'k2'", {}) == 0
    assert accounts.reseal_tokens(rotated) == 0


def test_a_token_under_renewal_is_left_until_it_is_done(world: World, rotated: App, cast: Cast) -> None:
    all_resealed(rotated)
    channel_id = make_channel(world, cast, token="a1")
    now = world.clock.now()
    with rotated.admin_tx() as tx:
        seen = vault.sealed_token(tx, channel_id)
        assert seen is not None
        until = now + timedelta(minutes=2)
        vault.lease_token(tx, channel_id, cast.acme, until=until, given_before=now, seen=seen.access_token)
    assert accounts.reseal_tokens(rotated) == 0
    world.clock.move(minutes=2)
    assert accounts.reseal_tokens(rotated) == 1


def test_a_token_keeps_its_age_under_the_new_seal(world: World, rotated: App, cast: Cast) -> None:
    given_at = world.clock.now() - timedelta(days=3)
    channel_id = make_channel(world, cast, token="a1", token_given_at=given_at)
    all_resealed(rotated)
    with rotated.admin_tx() as tx:
        kept = vault.sealed_token(tx, channel_id)
    assert kept is not None and kept.updated_at == given_at


def test_one_that_cannot_be_opened_does_not_hold_up_the_others(world: World, rotated: App, cast: Cast) -> None:
    all_resealed(rotated)
    broken = make_channel(world, cast, token="a1")
    fine = make_channel(world, cast, token="a2", remote_id="2")
    with rotated.admin_tx() as tx:
        other = vault.sealed_token(tx, fine)
        assert other is not None
        pair = vault.Pair(world.worker.sealer.current, other.access_token, None)
        vault.put_token(tx, broken, cast.acme, pair)
    assert accounts.reseal_tokens(rotated) == 1
    assert accounts.open_token(rotated, cast.worker, fine).secret.get_secret_value() == "a2"


def test_with_one_key_there_is_nothing_to_do(world: World, cast: Cast) -> None:
    make_channel(world, cast)
    assert accounts.reseal_tokens(world.worker) == 0
