"""The life of a connection on each platform of short tokens, over real HTTP: sign-in, renewal, loss, withdrawal."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from services import accounts
from services.kit.app import App
from services.kit.errors import CredentialsExpired
from services.practice.seeds import ACCOUNTS
from tests.makers.cast import Cast
from tests.makers.practice import RunningPractice
from tests.makers.world import World
from tests.services.accounts.test_connect import sent_back


@dataclass(frozen=True)
class Life:
    """How long a platform's token lives, by its documentation, where it renews, and whether it can be withdrawn."""

    platform: str
    token: timedelta
    renews_at: str
    revokes_at: str = ""

    @property
    def subject(self) -> str:
        wanted = "urn:li:person" if self.platform == "linkedin" else ""
        return next(one for one in ACCOUNTS[self.platform] if one.startswith(wanted))


LIVES = [
    Life("linkedin", timedelta(days=60), "/oauth/v2/accessToken"),
    Life("pinterest", timedelta(days=30), "/v5/oauth/token"),
    Life("tiktok", timedelta(hours=24), "/v2/oauth/token/", revokes_at="/v2/oauth/revoke/"),
    Life("x", timedelta(hours=2), "/2/oauth2/token", revokes_at="/2/oauth2/revoke"),
    Life("youtube", timedelta(hours=1), "/youtube/token", revokes_at="/youtube/revoke"),
]
EACH = pytest.mark.parametrize("life", LIVES, ids=lambda life: life.platform)


def connect(web: App, practice: RunningPractice, cast: Cast, life: Life) -> accounts.Channel:
    address = accounts.begin(web, cast.ana, cast.brand, life.platform, is_practice=True)
    back = practice.sign_in(address, subject=life.subject)
    done = accounts.finish(web, cast.ana, life.platform, sent_back(back))
    channel_id = done.channel_id
    if channel_id is None:
        choice = accounts.waiting_choice(web, cast.ana)
        assert choice is not None
        channel_id = accounts.choose(web, cast.ana, choice.id, choice.lines[0].remote_id)
    with web.tx(cast.ana) as tx:
        return accounts.channel(tx, channel_id)


def seen(app: App, cast: Cast, channel: accounts.Channel) -> accounts.Channel:
    with app.tx(cast.worker) as tx:
        return accounts.channel(tx, channel.id)


def opened(app: App, cast: Cast, channel: accounts.Channel) -> str:
    return accounts.open_token(app, cast.worker, channel.id).secret.get_secret_value()


def renewals(practice: RunningPractice, life: Life) -> int:
    return len([one for one in practice.admin.requests(life.renews_at) if life.platform in one["path"]])


@EACH
def test_a_connection_outlives_its_token_many_times(
    world: World, web: App, worker: App, practice: RunningPractice, cast: Cast, life: Life
) -> None:
    channel = connect(web, practice, cast, life)
    assert channel.renews
    assert channel.missing_scopes == ()
    assert channel.token_expires_at is not None
    assert abs(channel.token_expires_at - world.clock.now() - life.token) < timedelta(minutes=1)
    given = [opened(worker, cast, channel)]
    for _ in range(3):
        world.clock.move(seconds=life.token.total_seconds() * 0.98)
        accounts.renew_due(worker, cast.worker, channel.id)
        given.append(opened(worker, cast, channel))
        accounts.check_channel(worker, cast.acme, channel.id)
    assert len(set(given)) == 4
    channel = seen(worker, cast, channel)
    assert (channel.is_connected, channel.last_error) == (True, None)


@EACH
def test_after_a_pause_longer_than_the_token_the_first_use_renews_it(
    world: World, web: App, worker: App, practice: RunningPractice, cast: Cast, life: Life
) -> None:
    channel = connect(web, practice, cast, life)
    old, before = opened(worker, cast, channel), renewals(practice, life)
    world.clock.move(seconds=life.token.total_seconds() * 1.5)
    assert opened(worker, cast, channel) != old
    assert renewals(practice, life) == before + 1


@EACH
def test_a_lost_renewal_ends_nothing_by_itself(
    world: World, web: App, worker: App, practice: RunningPractice, cast: Cast, life: Life
) -> None:
    channel = connect(web, practice, cast, life)
    old = opened(worker, cast, channel)
    world.clock.move(seconds=life.token.total_seconds() * 0.98)
    practice.admin.fault("http", match=life.renews_at, status=503, count=1)
    accounts.renew_due(worker, cast.worker, channel.id)
    assert opened(worker, cast, channel) == old
    assert seen(worker, cast, channel).is_connected
    accounts.renew_due(worker, cast.worker, channel.id)
    assert opened(worker, cast, channel) != old


@EACH
def test_an_account_that_is_taken_off_is_withdrawn_where_that_is_possible(
    web: App, practice: RunningPractice, cast: Cast, life: Life
) -> None:
    channel = connect(web, practice, cast, life)
    before = len(practice.admin.requests(life.revokes_at)) if life.revokes_at else 0
    accounts.disconnect(web, cast.ana, channel.id)
    if life.revokes_at:
        assert len(practice.admin.requests(life.revokes_at)) > before
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel.id).state is accounts.ChannelState.DISCONNECTED


@EACH
def test_a_sign_in_withdrawn_at_the_platform_is_found_out_and_told(
    world: World, web: App, worker: App, practice: RunningPractice, cast: Cast, life: Life
) -> None:
    channel = connect(web, practice, cast, life)
    practice.admin.reset()  # the platform forgets every token it gave
    accounts.check_channel(worker, cast.acme, channel.id)
    assert seen(worker, cast, channel).state is accounts.ChannelState.NEEDS_RECONNECT
    with pytest.raises(CredentialsExpired):
        accounts.open_token(worker, cast.worker, channel.id)
