"""Quiet hours of a Slack channel or webhook: what waits, until when, and what does not."""

from datetime import UTC, datetime, time

import pytest

from services import notifications
from services.notifications import Category, Held, Outlet, QuietHoursWrong, Rhythm, Via
from tests.makers.cast import Cast
from tests.makers.notices import say, work_off
from tests.makers.world import World
from tests.services.notifications.conftest import Out

NIGHT = {"zone": "Europe/Berlin", "quiet_from": time(9), "quiet_to": time(11)}  # it is ten in Berlin
ENDS = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SLACK = "https://hooks.slack.com/services/T/B/x"


def _outlet(world: World, cast: Cast, out: Out, **wanted: object) -> Outlet:
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK)
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
        changed = outlet.model_copy(update={**NIGHT, **wanted})
        notifications.change_outlet(tx, changed)
        assert notifications.outlets(tx) == [changed]
    return changed


def _tick(world: World, cast: Cast, out: Out) -> None:
    notifications.release_due(out.worker)
    assert work_off(out.worker, world, cast.acme) == []


def _waiting(world: World, cast: Cast) -> list[tuple[str, Held, datetime, int]]:
    with world.web.tx(cast.ana) as tx:
        return [(one.what, one.held, one.due_at, one.count) for one in notifications.waiting(tx, 50) if one.outlet]


def test_an_outlet_waits_until_its_quiet_hours_end_and_says_what_and_until_when(
    world: World, cast: Cast, out: Out
) -> None:
    _outlet(world, cast, out)
    for occurrence, title in (("a", "Cone is out"), ("b", "Cone is out again")):
        say(world, cast, "post/1/done", occurrence, tone="green", title=title)
        _tick(world, cast, out)
        world.clock.move(seconds=1)
    assert out.receiver.received == []
    assert _waiting(world, cast) == [("Cone is out again", Held.QUIET, ENDS, 2)]
    world.clock.move(hours=1)
    _tick(world, cast, out)
    assert len(out.receiver.received) == 1 and _waiting(world, cast) == []
    with world.web.tx(cast.ana) as tx:
        [line] = [line for line in notifications.log_lines(tx, 50) if line.outlet]
    assert (line.outcome, line.held_until) == ("sent", ENDS)


@pytest.mark.parametrize(("breaks", "sent"), [(True, 1), (False, 0)])
def test_urgent_ones_come_through_unless_told_otherwise(
    world: World, cast: Cast, out: Out, breaks: bool, sent: int
) -> None:
    _outlet(world, cast, out, urgent_breaks=breaks)
    say(world, cast, "post/1/failed", "a", tone="red")
    _tick(world, cast, out)
    assert len(out.receiver.received) == sent


def test_a_new_outlet_has_no_quiet_hours_and_lets_urgent_ones_through(world: World, cast: Cast, out: Out) -> None:
    notifications.add_outlet(out.web, cast.ana, Via.SLACK, "Ops", SLACK)
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
    assert (outlet.quiet_from, outlet.quiet_to, outlet.urgent_breaks) == (None, None, True)


@pytest.mark.parametrize(("start", "end"), [(time(9), None), (None, time(9)), (time(9), time(9))])
def test_quiet_hours_need_two_different_ends(
    world: World, cast: Cast, out: Out, start: time | None, end: time | None
) -> None:
    outlet = _outlet(world, cast, out)
    with pytest.raises(QuietHoursWrong), world.web.tx(cast.ana) as tx:
        notifications.change_outlet(tx, outlet.model_copy(update={"quiet_from": start, "quiet_to": end}))


def test_what_repeats_within_the_hour_waits_for_the_end_of_quiet_hours_too(world: World, cast: Cast, out: Out) -> None:
    _outlet(world, cast, out, quiet_from=time(10, 30), quiet_to=time(12))
    for occurrence in ("a", "b"):
        say(world, cast, "post/1/done", occurrence, tone="green", title="Cone is out")
        _tick(world, cast, out)
    noon = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    assert len(out.receiver.received) == 1
    assert _waiting(world, cast) == [("Cone is out", Held.QUIET, noon, 1)]
    world.clock.move(hours=1)
    _tick(world, cast, out)
    assert len(out.receiver.received) == 1


def test_a_digest_and_a_repetition_say_that_they_wait_for_their_time(world: World, cast: Cast, out: Out) -> None:
    daily = {Category.JOBS: Rhythm.DAILY, Category.PUBLISHING: Rhythm.INSTANTLY}
    _outlet(world, cast, out, quiet_from=None, quiet_to=None, rhythms=daily, digest_at=time(12))
    say(world, cast, "import/1/done", "a", kind="import", tone="green", title="File is in")
    for occurrence in ("a", "b"):
        say(world, cast, "post/1/done", occurrence, tone="green", title="Cone is out")
        _tick(world, cast, out)
    assert _waiting(world, cast) == [
        ("Cone is out", Held.REPEAT, ENDS, 1),
        ("File is in", Held.DIGEST, datetime(2026, 11, 23, 11, 0, tzinfo=UTC), 1),
    ]


def test_what_was_said_last_is_what_waits_whichever_job_ran_first(world: World, cast: Cast, out: Out) -> None:
    _outlet(world, cast, out)
    for occurrence, title in (("a", "Cone is out"), ("b", "Cone is out again")):
        say(world, cast, "post/1/done", occurrence, tone="green", title=title)
        world.clock.move(seconds=1)
    with world.worker.tx(cast.worker) as tx:
        told = [one for (one,) in tx.tuples("select id from app.notice_tellings order by told_at desc", {})]
        for telling_id in told:
            notifications.plan(tx, telling_id, has_mail=False)
    assert _waiting(world, cast) == [("Cone is out again", Held.QUIET, ENDS, 2)]


def test_what_waits_is_seen_by_those_who_keep_outlets_and_by_whom_it_is_for(world: World, cast: Cast, out: Out) -> None:
    _outlet(world, cast, out)
    say(world, cast, "import/1/done", "a", kind="import", tone="green", title="File is in")
    say(world, cast, "post/1/done", "a", tone="green", title="Cone is out")
    _tick(world, cast, out)
    seen = {}
    for name in ("ana", "ben", "vera", "cleo"):
        with world.web.tx(getattr(cast, name)) as tx:
            seen[name] = sorted((one.outlet, one.what) for one in notifications.waiting(tx, 50))
    mail = [("", "Cone is out"), ("", "File is in")]
    outlet = [("Ops", "Cone is out"), ("Ops", "File is in")]
    assert seen == {"ana": mail + outlet, "ben": mail, "vera": [], "cleo": []}
