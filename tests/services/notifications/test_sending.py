"""One try of one delivery: what is tried again, what ends, what is logged; and the work it tells of is left alone."""

from uuid import UUID

import pytest

from services import notifications
from services.kit.errors import RateLimited, Unavailable
from services.notifications import Via, Wanted
from services.notifications.sending import TRIES_MOST
from tests.makers.cast import Cast
from tests.makers.notices import outcomes, say, work_off
from tests.makers.world import World
from tests.services.notifications.conftest import Out
from worker import retries

SLACK = "https://hooks.slack.com/services/T/B/x"
HOOK = "https://ops.acme.example/hook"


def _outlet(out: Out, cast: Cast, via: Via = Via.SLACK) -> UUID:
    return notifications.add_outlet(out.web, cast.ana, via, "Ops", SLACK if via is Via.SLACK else HOOK).outlet_id


def _refused(world: World, cast: Cast) -> None:
    """A post is refused; only outlets hear of it at once."""
    say(world, cast, "post/1/failed", "a", tone="orange")


def _delivery(world: World, cast: Cast) -> UUID:
    with world.superuser() as connection:
        [(found,)] = connection.execute(
            "select id from app.notice_deliveries where org_id = %s and outlet_id is not null", [cast.acme]
        ).fetchall()
    return UUID(str(found))


def test_what_could_not_be_reached_is_tried_again_until_it_arrives(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    _refused(world, cast)
    out.receiver.is_away = True
    [raised] = work_off(out.worker, world, cast.acme)
    assert isinstance(raised, Unavailable)
    out.receiver.is_away = False
    world.clock.move(seconds=5)
    notifications.send(out.worker, cast.worker, _delivery(world, cast))
    notifications.send(out.worker, cast.worker, _delivery(world, cast))
    assert [(via, outcome) for via, outcome, _ in outcomes(world, cast)] == [("slack", "sent"), ("slack", "again")]
    assert len(out.receiver.received) == 1


def test_a_receiver_that_asks_to_wait_says_until_when(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    out.receiver.answers.append((429, "rate_limited"))
    _refused(world, cast)
    [raised] = work_off(out.worker, world, cast.acme)
    assert isinstance(raised, RateLimited) and raised.retry_at is not None
    assert (raised.retry_at - world.clock.now()).seconds == 90


def test_the_last_try_ends_without_a_failed_job_and_is_told_in_the_inbox_only(
    world: World, cast: Cast, out: Out
) -> None:
    """A failing message about a failing message would never end."""
    assert TRIES_MOST < retries.TRIES_MOST
    _outlet(out, cast)
    _refused(world, cast)
    out.receiver.is_away = True
    work_off(out.worker, world, cast.acme)
    for _ in range(TRIES_MOST - 2):
        world.clock.move(seconds=5)
        with pytest.raises(Unavailable):
            notifications.send(out.worker, cast.worker, _delivery(world, cast))
    world.clock.move(seconds=5)
    notifications.send(out.worker, cast.worker, _delivery(world, cast))
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["refused", *["again"] * (TRIES_MOST - 1)]
    with world.web.tx(cast.ana) as tx:
        told = [(notice.kind, notice.title) for notice in notifications.history(tx, Wanted())]
    assert ("outlet", "“Ops” took no message") in told
    before = len(out.mail.letters)
    work_off(out.worker, world, cast.acme)
    assert len(out.mail.letters) == before


def test_a_refusal_ends_it_and_stands_on_the_outlet_until_a_message_arrives(world: World, cast: Cast, out: Out) -> None:
    outlet = _outlet(out, cast)
    out.receiver.answers.append((404, "no_service"))
    _refused(world, cast)
    assert work_off(out.worker, world, cast.acme) == []
    with world.web.tx(cast.ana) as tx:
        [found] = notifications.outlets(tx)
        assert found.last_error == "Slack answered 404 no_service"
        notifications.send_test(tx, outlet)
    world.clock.move(seconds=5)
    work_off(out.worker, world, cast.acme)
    with world.web.tx(cast.ana) as tx:
        assert notifications.outlets(tx)[0].last_error == ""
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["sent", "refused"]


def test_in_doubt_slack_is_asked_once_and_a_webhook_that_knows_the_id_again(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    out.receiver.answers.append(None)
    _refused(world, cast)
    assert work_off(out.worker, world, cast.acme) == []
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["unknown"]
    with world.web.tx(cast.ana) as tx:
        [slack] = notifications.outlets(tx)
    notifications.remove_outlet(out.web, cast.ana, slack.id)
    _outlet(out, cast, Via.WEBHOOK)
    out.receiver.answers.append(None)
    say(world, cast, "post/2/failed", "a", tone="orange")
    [raised] = work_off(out.worker, world, cast.acme)
    assert isinstance(raised, Unavailable)


def test_a_worker_that_died_while_sending_asks_slack_no_second_time(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    _refused(world, cast)
    out.receiver.is_away = True
    work_off(out.worker, world, cast.acme)
    out.receiver.is_away = False
    with world.superuser() as connection:
        connection.execute("update app.notice_deliveries set state = 'sending' where org_id = %s", [cast.acme])
    world.clock.move(seconds=5)
    notifications.send(out.worker, cast.worker, _delivery(world, cast))
    assert out.receiver.received == []
    assert [outcome for _, outcome, _ in outcomes(world, cast)] == ["unknown", "again"]


def test_one_target_that_fails_repeats_nothing_for_the_others_nor_the_work(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    _outlet(out, cast, Via.WEBHOOK)
    out.receiver.answers += [(503, ""), (503, "")]
    say(world, cast, "channel/1/lost", "a", kind="channel_lost")
    raised = work_off(out.worker, world, cast.acme)
    assert {type(one) for one in raised} == {Unavailable} and len(raised) == 2
    assert len(out.mail.letters) == 2
    with world.superuser() as connection:
        waiting = connection.execute(
            "select distinct task_name from queue.procrastinate_jobs where args ->> 'org_id' = %s and status = 'todo'",
            [str(cast.acme)],
        ).fetchall()
    assert waiting == []


def test_the_log_masks_addresses_and_cannot_be_changed(world: World, cast: Cast, out: Out) -> None:
    _outlet(out, cast)
    say(world, cast, "channel/1/lost", "a", kind="channel_lost")
    work_off(out.worker, world, cast.acme)
    with world.web.tx(cast.ana) as tx:
        lines = notifications.log_lines(tx, 100)
        assert {line.address for line in lines} == {"a…@example.com", "hooks.slack.com"}
        found = tx.connection.execute(
            "select has_table_privilege(r, 'app.notice_log', p) from unnest(array['authenticated', 'service_role', "
            "'app_web', 'app_worker']) r, unnest(array['update', 'delete', 'truncate']) p"
        ).fetchall()
    assert {allowed for (allowed,) in found} == {False}


def test_a_test_message_goes_to_ones_own_mailbox(world: World, cast: Cast, out: Out) -> None:
    with world.web.tx(cast.vera) as tx:
        notifications.send_test(tx)
    work_off(out.worker, world, cast.acme)
    [(to, letter)] = out.mail.letters
    assert to[0].startswith("vera-") and letter["Subject"] == "This is a test from Loopdesk"
