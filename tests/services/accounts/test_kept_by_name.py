"""A Pinterest account that was kept by its name, before an id was told, is the same account when it signs in again."""

import pytest

from services import accounts
from services.accounts import errors
from services.kit.app import App
from services.practice.seeds import ACCOUNTS
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.practice import RunningPractice
from tests.makers.world import World
from tests.services.accounts.test_connect import sign_in

ACME, BAKERY = ACCOUNTS["pinterest"]
NAME = ACCOUNTS["pinterest"][ACME].handle


@pytest.mark.parametrize("reconnects", [True, False])
def test_it_is_found_by_its_name_and_stays_what_was_approved_for(
    world: World, web: App, practice: RunningPractice, cast: Cast, reconnects: bool
) -> None:
    kept = make_channel(world, cast, "pinterest", remote_id=NAME, state="needs_reconnect")
    done = sign_in(web, practice, cast.ana, cast, "pinterest", ACME, channel_id=kept if reconnects else None)
    assert done.channel_id == kept
    with web.tx(cast.ana) as tx:
        (channel,) = accounts.channels(tx)
    assert (channel.remote_id, channel.state) == (NAME, accounts.ChannelState.CONNECTED)


def test_another_account_is_still_another_account(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    kept = make_channel(world, cast, "pinterest", remote_id=NAME, state="needs_reconnect")
    with pytest.raises(errors.OtherAccount):
        sign_in(web, practice, cast.ana, cast, "pinterest", BAKERY, channel_id=kept)
