"""Tokens of hours: renewed by schedule and before use, one at a time, and never lost by it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from services import accounts, jobs
from services.accounts.models import Renewed, Token
from services.kit.app import App
from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.renewing import LIFE, Renewing, given
from tests.makers.schedules import Silent
from tests.makers.world import World


def short_lived(world: World, cast: Cast, left: timedelta, **more: object) -> UUID:
    """A channel whose token ends in `left`."""
    ends_at = world.clock.now() + left
    dates = {"token_given_at": ends_at - LIFE, "token_expires_at": ends_at}
    return make_channel(world, cast, "x", token="a1", refresh="r1", **dates, **more)  # type: ignore[arg-type]


def opened(app: App, cast: Cast, channel_id: UUID) -> str:
    return accounts.open_token(app, cast.worker, channel_id).secret.get_secret_value()


def seen(app: App, cast: Cast, channel_id: UUID) -> accounts.Channel:
    with app.tx(cast.worker) as tx:
        return accounts.channel(tx, channel_id)


def failing(error: ProviderError) -> object:
    def answer(token: Token, now: datetime) -> Renewed | None:
        raise error

    return answer


def test_a_token_near_its_end_is_renewed_before_use_and_both_are_stored(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = short_lived(world, cast, timedelta(minutes=20))
    accounts.renew_due(far, cast.worker, channel_id)
    assert opened(far, cast, channel_id) == "a2"
    assert seen(far, cast, channel_id).token_expires_at == world.clock.now() + LIFE
    world.clock.move(hours=1, minutes=45)
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == ["r1", "r2"]


def test_a_token_with_time_left_is_left_alone(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    channel_id = short_lived(world, cast, timedelta(minutes=31))
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == []


def test_opening_a_token_that_ran_out_renews_it_first(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    channel_id = short_lived(world, cast, timedelta(hours=-9))
    assert accounts.usable(seen(far, cast, channel_id), world.clock.now())
    assert opened(far, cast, channel_id) == "a2"
    assert accounts.open_token(far, cast.worker, channel_id).refresh is None


@pytest.mark.parametrize("refresh", [None, "", "  "])
def test_a_renewal_without_a_refresh_token_keeps_the_stored_one(
    world: World, far: App, platform: Renewing, cast: Cast, refresh: str | None
) -> None:
    platform.answer = lambda token, now: given("a2", refresh, now)
    channel_id = short_lived(world, cast, timedelta(minutes=5))
    accounts.renew_due(far, cast.worker, channel_id)
    world.clock.move(hours=2)
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == ["r1", "r1"]


@pytest.mark.parametrize(
    "error",
    [
        Unavailable("away"),
        RateLimited("slow"),
        OutcomeUnknown("who knows"),
        Rejected("The platform answered without a token."),
        PermissionMissing("no right"),
    ],
)
def test_a_failed_renewal_goes_on_with_a_token_that_is_still_good(
    world: World, far: App, platform: Renewing, cast: Cast, error: ProviderError
) -> None:
    platform.answer = failing(error)  # type: ignore[assignment]
    channel_id = short_lived(world, cast, timedelta(minutes=5))
    accounts.renew_due(far, cast.worker, channel_id)
    assert opened(far, cast, channel_id) == "a1"
    channel = seen(far, cast, channel_id)
    assert channel.is_connected
    assert channel.last_error == error.sentence
    platform.answer = lambda token, now: given("a2", "r2", now)
    accounts.renew_due(far, cast.worker, channel_id)
    assert opened(far, cast, channel_id) == "a2"


def test_a_failed_renewal_of_a_token_that_ran_out_waits_and_does_not_disconnect(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    platform.answer = failing(Unavailable("away"))  # type: ignore[assignment]
    channel_id = short_lived(world, cast, timedelta(minutes=-5))
    with pytest.raises(Unavailable):
        accounts.open_token(far, cast.worker, channel_id)
    assert seen(far, cast, channel_id).is_connected


def test_only_an_explicit_refusal_disconnects_even_while_the_token_still_has_time(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    platform.answer = failing(CredentialsExpired("The sign-in was withdrawn."))  # type: ignore[assignment]
    channel_id = short_lived(world, cast, timedelta(minutes=5))
    with pytest.raises(CredentialsExpired):
        accounts.renew_due(far, cast.worker, channel_id)
    channel = seen(far, cast, channel_id)
    assert channel.state is accounts.ChannelState.NEEDS_RECONNECT
    assert channel.state_reason == "The sign-in was withdrawn."
    accounts.renew_channel(far, cast.acme, channel_id)
    assert len(platform.asked) == 1


def test_two_at_once_make_one_call(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(token: Token, now: datetime) -> Renewed:
        inside.set()
        assert go_on.wait(10)
        return given("a2", "r2", now)

    platform.answer = slow
    channel_id = short_lived(world, cast, timedelta(minutes=5))
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(accounts.renew_due, far, cast.worker, channel_id)
        assert inside.wait(10)
        pool.submit(accounts.renew_due, far, cast.worker, channel_id).result(10)
        assert opened(far, cast, channel_id) == "a1"
        go_on.set()
        first.result(10)
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == ["r1"]
    assert opened(far, cast, channel_id) == "a2"


def test_who_finds_a_renewal_of_a_dead_token_under_way_is_told_to_wait(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    def meanwhile(token: Token, now: datetime) -> Renewed:
        with pytest.raises(Unavailable, match="right now"):
            accounts.open_token(far, cast.worker, channel_id)
        return given("a2", "r2", now)

    platform.answer = meanwhile
    channel_id = short_lived(world, cast, timedelta(minutes=-5))
    assert opened(far, cast, channel_id) == "a2"
    assert platform.asked == ["r1"]


def test_a_sign_in_that_ends_needs_a_person(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    now = world.clock.now()
    channel_id = short_lived(world, cast, timedelta(minutes=-5), sign_in_ends_at=now)
    assert not accounts.usable(seen(far, cast, channel_id), now)
    alive = short_lived(world, cast, timedelta(minutes=-5), sign_in_ends_at=now + timedelta(days=9), remote_id="2")
    assert accounts.usable(seen(far, cast, alive), now)
    assert accounts.ends_soon(seen(far, cast, alive), now)


def test_where_a_person_acts_the_worker_is_asked_to_renew(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = short_lived(world, cast, timedelta(minutes=5))
    accounts.renew_due(world.web, cast.ben, channel_id)
    assert accounts.open_token(world.web, cast.ben, channel_id).secret.get_secret_value() == "a1"
    world.clock.move(minutes=5)
    for _ in range(2):
        with pytest.raises(Unavailable, match="Try again in a moment"):
            accounts.open_token(world.web, cast.ben, channel_id)
    assert platform.asked == []
    with far.admin_tx() as tx:
        jobs = "select task_name, args from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s"
        [(task, arguments)] = tx.tuples(jobs, {"id": str(channel_id)})
    assert (task, arguments) == (
        "accounts.renew_channel",
        {"org_id": str(cast.acme), "channel_id": str(channel_id)},
    )
    accounts.renew_channel(far, cast.acme, channel_id)
    assert accounts.open_token(world.web, cast.ben, channel_id).secret.get_secret_value() == "a2"


def test_a_fresh_token_is_renewed_only_where_its_end_is_near(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = short_lived(world, cast, timedelta(minutes=31))
    assert accounts.fresh_token(far, cast.worker, channel_id).secret.get_secret_value() == "a1"
    world.clock.move(minutes=2)
    assert accounts.fresh_token(far, cast.worker, channel_id).secret.get_secret_value() == "a2"
    assert platform.asked == ["r1"]


def test_a_fresh_token_that_cannot_be_renewed_just_now_is_used_while_it_lives(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = short_lived(world, cast, timedelta(minutes=20))
    platform.answer = failing(Unavailable("away"))  # type: ignore[assignment]
    assert accounts.fresh_token(far, cast.worker, channel_id).secret.get_secret_value() == "a1"
    world.clock.move(minutes=21)
    with pytest.raises(Unavailable):
        accounts.fresh_token(far, cast.worker, channel_id)


def test_the_kind_leaves_counting_calls_to_the_door_they_leave_by(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    short_lived(world, cast, timedelta(minutes=20))
    kind, run = jobs.get_kind("refresh_tokens"), Silent()
    assert kind.run(far, cast.worker, kind.parameters(), run).counts == {"renewed": 1, "failed": 0}
    assert (platform.asked, run.api_calls) == (["r1"], 0)
