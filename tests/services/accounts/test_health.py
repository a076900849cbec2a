"""The daily check: renewal, probe, and what may and may not end a connection."""

from datetime import timedelta
from uuid import UUID

import pytest

from services import accounts
from services.accounts import vault
from services.kit.app import App
from services.kit.errors import CredentialsExpired, RateLimited, Unavailable
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.practice import RunningPractice
from tests.makers.world import World


def seen(app: App, cast: Cast, channel_id: UUID) -> accounts.Channel:
    with app.tx(cast.worker) as tx:
        return accounts.channel(tx, channel_id)


def near_its_end(world: World, cast: Cast, practice: RunningPractice, **token: float) -> tuple[UUID, str]:
    """A channel whose token, two days old, ends in twenty days."""
    text = practice.admin.instagram_token(age_seconds=2 * 86_400, expires_in=20 * 86_400, **token)
    now = world.clock.now()
    channel_id = make_channel(
        world,
        cast,
        token=text,
        token_given_at=now - timedelta(days=2),
        token_expires_at=now + timedelta(days=20),
    )
    return channel_id, text


def opened(app: App, cast: Cast, channel_id: UUID) -> str:
    return accounts.open_token(app, cast.worker, channel_id).secret.get_secret_value()


def test_a_check_reads_name_rights_and_quota(world: World, worker: App, practice: RunningPractice, cast: Cast) -> None:
    channel_id = make_channel(world, cast, token=practice.admin.instagram_token(), name="Old name", handle="old")
    accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert (channel.name, channel.handle) == ("Practice Acme", "practice_acme")
    assert (channel.quota_used, channel.quota_total) == (0, 100)
    assert channel.quota_read_at == channel.last_success_at == world.clock.now()


def test_a_page_check_sees_rights_that_were_taken_away(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    token = practice.admin.page_token("pages_show_list", "pages_read_engagement")
    channel_id = make_channel(world, cast, "facebook", token=token, missing_scopes=["Page task: analyse"])
    accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert channel.missing_scopes == (
        "pages_manage_posts",
        "read_insights",
        "pages_read_user_content",
        "Page task: analyse",
    )
    assert (channel.is_connected, channel.token_kind) == (True, "page")


def test_a_token_near_its_end_is_renewed_and_what_came_back_is_stored(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id, old = near_its_end(world, cast, practice)
    accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert channel.token_expires_at == world.clock.now() + timedelta(days=60)
    assert opened(worker, cast, channel_id) != old
    before = len(practice.admin.requests("refresh_access_token"))
    accounts.check_channel(worker, cast.acme, channel_id)
    assert len(practice.admin.requests("refresh_access_token")) == before


def test_a_young_or_long_lived_token_is_left_alone(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    text = practice.admin.instagram_token()
    before = len(practice.admin.requests("refresh_access_token"))
    soon = world.clock.now() + timedelta(days=20)
    make_young = make_channel(world, cast, token=text, token_expires_at=soon)
    accounts.check_channel(worker, cast.acme, make_young)
    assert len(practice.admin.requests("refresh_access_token")) == before
    assert opened(worker, cast, make_young) == text


def test_only_one_renews_at_a_time(world: World, worker: App, practice: RunningPractice, cast: Cast) -> None:
    channel_id, old = near_its_end(world, cast, practice)
    now = world.clock.now()
    with worker.admin_tx() as tx:
        seen = vault.sealed_token(tx, channel_id)
        assert seen is not None
        until = now + timedelta(minutes=2)
        assert vault.lease_token(tx, channel_id, cast.acme, until=until, given_before=now, seen=seen.access_token)
    accounts.check_channel(worker, cast.acme, channel_id)
    assert opened(worker, cast, channel_id) == old
    world.clock.move(minutes=3)
    accounts.check_channel(worker, cast.acme, channel_id)
    assert opened(worker, cast, channel_id) != old


def test_a_late_renewal_does_not_overwrite_a_newer_token(world: World, worker: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    with worker.admin_tx() as tx:
        old = vault.sealed_token(tx, channel_id)
        assert old is not None
        newer = worker.sealer.seal("newer", vault.bound_to(channel_id))
        vault.put_token(tx, channel_id, cast.acme, vault.Pair("k1", newer, None))
        assert not vault.replace_token(tx, channel_id, old.access_token, vault.Pair("k1", "v1.k1.late", None))
    assert opened(worker, cast, channel_id) == "newer"


@pytest.mark.parametrize("kind", ["lose_reply", "http"])
def test_a_network_fault_never_disconnects(
    world: World, worker: App, practice: RunningPractice, cast: Cast, kind: str
) -> None:
    channel_id, old = near_its_end(world, cast, practice)
    terms = {"status": 503} if kind == "http" else {}
    practice.admin.fault(kind, match="refresh_access_token", count=1, **terms)
    with pytest.raises(Unavailable):
        accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert channel.is_connected
    assert channel.last_error_at == world.clock.now()
    assert opened(worker, cast, channel_id) == old
    accounts.check_channel(worker, cast.acme, channel_id)
    assert seen(worker, cast, channel_id).last_error is None
    assert opened(worker, cast, channel_id) != old


def test_a_refused_token_pauses_the_channel_and_tells_people_once(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    text = practice.admin.instagram_token()
    channel_id = make_channel(world, cast, token=text)
    practice.admin.fault("expire_token", match="/me", count=1)
    accounts.check_channel(worker, cast.acme, channel_id)
    accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert channel.state is accounts.ChannelState.NEEDS_RECONNECT
    assert channel.state_reason == "The platform ended the connection: its time ran out."
    with pytest.raises(CredentialsExpired):
        accounts.open_token(worker, cast.worker, channel_id)
    with worker.tx(cast.ana) as tx:
        told = tx.tuples("select title, link from app.notifications where user_id = %(u)s", {"u": cast.ana.user_id})
    assert told == [("Practice Acme must be connected again", f"/channels?channel={channel_id}")]


def test_a_missing_permission_is_shown_and_ends_nothing(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, token=practice.admin.instagram_token("instagram_business_basic"))
    accounts.check_channel(worker, cast.acme, channel_id)
    channel = seen(worker, cast, channel_id)
    assert channel.is_connected
    assert "instagram_business_content_publish" in str(channel.last_error)


def test_a_token_that_is_past_its_date_is_not_used(world: World, worker: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast, token_expires_at=world.clock.now())
    assert accounts.has_ended(seen(worker, cast, channel_id), world.clock.now())
    with pytest.raises(CredentialsExpired):
        accounts.open_token(worker, cast.worker, channel_id)
    accounts.check_channel(worker, cast.acme, channel_id)
    assert seen(worker, cast, channel_id).state is accounts.ChannelState.NEEDS_RECONNECT


def test_a_token_of_another_account_is_not_accepted(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    other = practice.admin.instagram_token("instagram_business_basic", subject="17841400000000002")
    channel_id = make_channel(world, cast, token=other, scopes=["instagram_business_basic"])
    accounts.check_channel(worker, cast.acme, channel_id)
    assert "another account" in seen(worker, cast, channel_id).state_reason


def test_publishing_reports_what_happened(world: World, worker: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    with worker.tx(cast.worker) as tx:
        accounts.report_failure(tx, channel_id, RateLimited("Slow down, access_token=abc please"))
        assert accounts.channel(tx, channel_id).last_error == "Slow down, access_token=[hidden] please"
        accounts.report_success(tx, channel_id)
        assert accounts.channel(tx, channel_id).last_error is None
        accounts.mark_needs_reconnect(tx, channel_id, "The password was changed.")
        assert accounts.channel(tx, channel_id).state_reason == "The password was changed."


def test_a_disconnected_channel_is_not_checked_and_not_brought_back(world: World, worker: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast, state="disconnected")
    accounts.check_channel(worker, cast.acme, channel_id)
    with worker.tx(cast.worker) as tx:
        accounts.mark_needs_reconnect(tx, channel_id, "late news")
    assert seen(worker, cast, channel_id).state is accounts.ChannelState.DISCONNECTED


def test_each_channel_is_checked_once_a_day(world: World, worker: App, cast: Cast) -> None:
    with worker.admin_tx() as tx:
        tx.run("update app.channels set next_check_at = %(far)s", {"far": world.clock.now() + timedelta(days=400)})
    channel_id = make_channel(world, cast, next_check_at=world.clock.now())
    make_channel(world, cast, "facebook", next_check_at=world.clock.now(), state="disconnected")
    for expected in (1, 0):
        with worker.admin_tx() as tx:
            assert accounts.due_checks(tx) == expected
    with worker.admin_tx() as tx:
        jobs = tx.tuples(
            "select task_name, args ->> 'org_id' from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s",
            {"id": str(channel_id)},
        )
    assert jobs == [("accounts.check_channel", str(cast.acme))]


def test_a_person_asks_for_a_check_of_their_own_channels_only(world: World, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    with world.web.tx(cast.ben) as tx:
        accounts.request_check(tx, channel_id)
    with pytest.raises(accounts.ChannelNotFound), world.web.tx(cast.cleo) as tx:
        accounts.request_check(tx, channel_id)


def test_a_check_asked_for_twice_waits_once(world: World, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    for app, who in ((world.web, cast.ana), (world.web, cast.ben), (world.worker, cast.worker)):
        with app.tx(who) as tx:
            accounts.request_check(tx, channel_id)
    with world.worker.admin_tx() as tx:
        waiting = "select count(*) from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s"
        assert tx.value(waiting, {"id": str(channel_id)}) == 1
