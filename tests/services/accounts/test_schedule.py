"""Renewals by schedule, second chances, and the warning before a person is needed."""

from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from services import accounts, notifications
from services.accounts.models import Offer
from services.kit.app import App
from services.kit.errors import CredentialsExpired, PermissionMissing, Unavailable
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import Cast
from tests.makers.renewing import LIFE, Renewing, given
from tests.makers.world import World
from tests.services.accounts.test_connect import sent_back

REFUSED = CredentialsExpired("The token was withdrawn.")


@pytest.fixture(autouse=True)
def _nothing_else_is_due(far: App) -> None:
    with far.admin_tx() as tx:
        tx.run("update app.channels set renew_at = null", {})


def seen(app: App, cast: Cast, channel_id: UUID) -> accounts.Channel:
    with app.tx(cast.worker) as tx:
        return accounts.channel(tx, channel_id)


def connected(world: World, platform: Renewing, cast: Cast, *offers: Offer) -> UUID:
    web = on_practice(world.web, "http://127.0.0.1:8601")
    platform.offers = list(offers)
    state = sent_back(accounts.begin(web, cast.ana, cast.brand, "x", is_practice=True))["state"]
    done = accounts.finish(web, cast.ana, "x", {"state": state, "code": "c"})
    if done.channel_id is None:
        choice = accounts.waiting_choice(web, cast.ana)
        assert choice is not None
        return accounts.choose(web, cast.ana, choice.id, offers[0].remote_id)
    return done.channel_id


def offer(world: World, remote_id: str = "1", refresh: str | None = "r1", **more: object) -> Offer:
    return Offer(
        remote_id=remote_id,
        name="Acme",
        secret=SecretStr("a1"),
        expires_at=world.clock.now() + LIFE,
        refresh=SecretStr(refresh) if refresh else None,
        **more,  # type: ignore[arg-type]
    )


def due(app: App) -> int:
    with app.admin_tx() as tx:
        return accounts.due_renewals(tx)


def queued(app: App, channel_id: UUID) -> list[str]:
    with app.admin_tx() as tx:
        rows = tx.tuples(
            "select task_name from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s order by task_name",
            {"id": str(channel_id)},
        )
    return [name for (name,) in rows]


def told(app: App, cast: Cast) -> list[tuple[str, str]]:
    with app.tx(cast.ana) as tx:
        return tx.tuples(  # type: ignore[return-value]
            "select kind, title from app.notifications where user_id = %(u)s order by created_at, title",
            {"u": cast.ana.user_id},
        )


def test_a_sign_in_plans_the_renewal_and_the_sweep_queues_it_once(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = connected(world, platform, cast, offer(world))
    assert seen(far, cast, channel_id).renews
    assert due(far) == 0
    world.clock.move(hours=1, minutes=30)
    assert (due(far), due(far)) == (1, 0)
    assert queued(far, channel_id) == ["accounts.check_channel", "accounts.renew_channel"]
    accounts.renew_channel(far, cast.acme, channel_id)
    assert platform.asked == ["r1"]
    world.clock.move(hours=1)
    assert due(far) == 0
    world.clock.move(minutes=30)
    assert due(far) == 1


def test_a_renewal_that_fails_comes_up_again_and_one_that_is_impossible_does_not(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = connected(world, platform, cast, offer(world))
    world.clock.move(hours=1, minutes=30)
    assert due(far) == 1

    def away(*_: object) -> None:
        raise Unavailable("away")

    platform.answer = away  # type: ignore[assignment]
    with pytest.raises(Unavailable):
        accounts.renew_channel(far, cast.acme, channel_id)
    world.clock.move(minutes=10)
    assert due(far) == 1
    platform.answer = lambda token, now: None
    accounts.renew_channel(far, cast.acme, channel_id)
    world.clock.move(minutes=10)
    assert due(far) == 0


def test_a_chosen_account_keeps_its_refresh_token(world: World, far: App, platform: Renewing, cast: Cast) -> None:
    channel_id = connected(world, platform, cast, offer(world, refresh="r7"), offer(world, "2", "r8"))
    world.clock.move(hours=3)
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == ["r7"]


def test_signing_in_again_without_a_refresh_token_keeps_the_stored_one(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    ends_at = world.clock.now() + timedelta(days=300)
    channel_id = connected(world, platform, cast, offer(world, refresh_expires_at=ends_at))
    assert connected(world, platform, cast, offer(world, refresh=None)) == channel_id
    channel = seen(far, cast, channel_id)
    assert (channel.renews, channel.sign_in_ends_at) == (True, ends_at)
    world.clock.move(hours=3)
    accounts.renew_due(far, cast.worker, channel_id)
    assert platform.asked == ["r1"]


def test_signing_in_again_forgets_a_refresh_token_that_was_refused(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = connected(world, platform, cast, offer(world))
    with far.tx(cast.worker) as tx:
        accounts.mark_needs_reconnect(tx, channel_id, "refused")
    connected(world, platform, cast, offer(world, refresh=None))
    channel = seen(far, cast, channel_id)
    assert (channel.is_connected, channel.renews, channel.sign_in_ends_at) == (True, False, None)


def test_a_token_refused_before_its_date_is_renewed_before_anything_is_called_lost(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = connected(world, platform, cast, offer(world))
    with far.tx(cast.worker) as tx:
        accounts.report_failure(tx, channel_id, REFUSED)
    assert seen(far, cast, channel_id).is_connected
    platform.refuses = {"a1": REFUSED}
    accounts.check_channel(far, cast.acme, channel_id)
    assert platform.asked == ["r1"]
    channel = seen(far, cast, channel_id)
    assert (channel.is_connected, channel.last_error) == (True, None)
    platform.answer = lambda token, now: given("a3", None, now)
    platform.refuses = {"a2": REFUSED, "a3": REFUSED}
    accounts.check_channel(far, cast.acme, channel_id)
    assert seen(far, cast, channel_id).state is accounts.ChannelState.NEEDS_RECONNECT
    assert platform.asked == ["r1", "r2"]


def test_a_missing_right_is_never_taken_for_a_refused_token(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    channel_id = connected(world, platform, cast, offer(world))
    platform.refuses = {"a1": PermissionMissing("No right to post.")}
    accounts.check_channel(far, cast.acme, channel_id)
    channel = seen(far, cast, channel_id)
    assert (channel.is_connected, channel.last_error, platform.asked) == (True, "No right to post.", [])


def test_people_are_told_ten_days_three_days_and_a_day_before_they_are_needed(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    platform.answer = lambda token, now: given("a2", None, now)
    ends_at = world.clock.now() + timedelta(days=12)
    channel_id = connected(world, platform, cast, offer(world, refresh_expires_at=ends_at))
    heard = []
    for _ in range(12):
        accounts.check_channel(far, cast.acme, channel_id)
        accounts.check_channel(far, cast.acme, channel_id)
        world.clock.move(days=1)
        if title := _read(far, cast):
            heard.append(title)
    assert heard == [f"Practice Acme must be connected again within {left}" for left in ("10 days", "3 days", "1 day")]


def _read(app: App, cast: Cast) -> str:
    """What is unread, which it then is not."""
    with app.tx(cast.ana) as tx:
        titles = [notice.title for notice in notifications.notices(tx) if notice.read_at is None]
        notifications.read_all(tx)
    return " ".join(titles)


def test_a_token_that_cannot_be_renewed_warns_by_its_own_date(
    world: World, far: App, platform: Renewing, cast: Cast
) -> None:
    platform.answer = lambda token, now: None
    ends_at = world.clock.now() + timedelta(days=9)
    channel_id = make_channel(world, cast, "x", token="a1", token_expires_at=ends_at)
    accounts.check_channel(far, cast.acme, channel_id)
    assert [kind for kind, _ in told(far, cast)] == ["channel_ends"]
    quiet = make_channel(world, cast, "x", token="a1", refresh="r1", token_expires_at=ends_at, remote_id="2")
    accounts.check_channel(far, cast.acme, quiet)
    assert len(told(far, cast)) == 1
