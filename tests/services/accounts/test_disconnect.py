"""Taking an account off: here at once, at the platform as well as it can be done."""

import logging

import pytest

from services import accounts
from services.accounts import vault
from services.kit.app import App
from services.kit.errors import CredentialsExpired, ProviderError, RateLimited, Unavailable
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import Cast
from tests.makers.renewing import Renewing
from tests.makers.world import World


def test_disconnecting_withdraws_both_tokens_and_forgets_them(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    web = on_practice(world.web, "http://127.0.0.1:8601")
    channel_id = make_channel(world, cast, "x", token="a1", refresh="r1")
    for _ in range(2):
        accounts.disconnect(web, cast.ana, channel_id)
    assert platform.revoked == [("a1", "r1")]
    with far.admin_tx() as tx:
        assert vault.sealed_token(tx, channel_id) is None
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).state is accounts.ChannelState.DISCONNECTED


@pytest.mark.parametrize("error", [Unavailable("away a1"), RateLimited("slow"), CredentialsExpired("gone")])
def test_a_platform_in_trouble_does_not_keep_an_account_connected(
    world: World,
    platform: Renewing,
    cast: Cast,
    error: ProviderError,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    platform.breaks = error
    channel_id = make_channel(world, cast, "x", token="a1", refresh="r1")
    accounts.disconnect(on_practice(world.web, "http://127.0.0.1:8601"), cast.ana, channel_id)
    with world.web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).state is accounts.ChannelState.DISCONNECTED
    assert "was not withdrawn there" in caplog.text
    assert "a1" not in caplog.text.replace(str(channel_id), "")


def test_a_platform_that_is_no_longer_set_up_does_not_keep_an_account_connected(
    world: World, platform: Renewing, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, "x", token="a1", refresh="r1")
    accounts.disconnect(world.web, cast.ana, channel_id)
    assert platform.revoked == []


def test_who_may_not_disconnect_withdraws_nothing(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    channel_id = make_channel(world, cast, "x", token="a1", refresh="r1")
    web = on_practice(world.web, "http://127.0.0.1:8601")
    with pytest.raises(accounts.ChannelNotFound):
        accounts.disconnect(web, cast.cleo, channel_id)
    assert platform.revoked == []
    assert accounts.open_token(far, cast.worker, channel_id).secret.get_secret_value() == "a1"
