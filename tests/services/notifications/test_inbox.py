"""The inbox: filters, unread again, mutes and preferences."""

from datetime import time, timedelta

import pytest

from services import notifications
from services.kit.db import Scope
from services.notifications import (
    Category,
    NewerWaits,
    NoticeNotFound,
    Preferences,
    QuietHoursWrong,
    Reach,
    Rhythm,
    Severity,
    Wanted,
    ZoneUnknown,
)
from tests.makers.cast import Cast
from tests.makers.notices import say
from tests.makers.world import World


def _found(world: World, scope: Scope, **wanted: object) -> list[str]:
    with world.web.tx(scope) as tx:
        return [notice.title for notice in notifications.history(tx, Wanted(**wanted))]


def _mute(world: World, scope: Scope, reach: Reach, hours: int | None = None) -> None:
    with world.web.tx(scope) as tx:
        notice = notifications.notices(tx)[0]
        notifications.mute(tx, notice.id, reach, world.clock.now() + timedelta(hours=hours) if hours else None)


def test_filters_find_by_state_category_severity_and_words(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", title="Cone refused", body="100% of it")
    say(world, cast, "import/1/done", kind="import", tone="green", title="File is in")
    with world.web.tx(cast.ana) as tx:
        notifications.mark_read(tx, [n.id for n in notifications.notices(tx) if n.kind == "import"])
    assert _found(world, cast.ana, show="unread") == ["Cone refused"]
    assert _found(world, cast.ana, show="read") == ["File is in"]
    assert _found(world, cast.ana, category=Category.JOBS) == ["File is in"]
    assert _found(world, cast.ana, severity=Severity.URGENT) == ["Cone refused"]
    assert _found(world, cast.ana, text="100% OF") == ["Cone refused"]
    assert _found(world, cast.ana, text="_") == _found(world, cast.cleo) == []


def test_pages_go_on_where_the_last_one_ended(world: World, cast: Cast) -> None:
    for number in range(7):
        say(world, cast, f"post/{number}/failed", title=f"Post {number}")
        world.clock.move(seconds=number % 2)
    pages, before = [], None
    with world.web.tx(cast.ana) as tx:
        while page := notifications.history(tx, Wanted(before=before), limit=3):
            pages.append(len(page))
            before = (page[-1].told_at, page[-1].id)
    assert pages == [3, 3, 1]


def test_a_message_can_be_made_unread_unless_a_newer_one_waits(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a")
    with world.web.tx(cast.ana) as tx:
        first = notifications.notices(tx)[0].id
        notifications.open_notice(tx, first)
        notifications.mark_unread(tx, first)
        assert notifications.unread(tx) == 1
        notifications.open_notice(tx, first)
    say(world, cast, "post/1/failed", "b")
    with world.web.tx(cast.ana) as tx:
        with pytest.raises(NewerWaits):
            notifications.mark_unread(tx, first)
    with world.web.tx(cast.ben) as tx, pytest.raises(NoticeNotFound):
        notifications.mark_unread(tx, first)


@pytest.mark.parametrize(
    ("reach", "heard"),
    [
        (Reach.CAUSE, ["post/1/held", "post/2/failed", "run/1/failed"]),
        (Reach.OBJECT, ["post/2/failed", "run/1/failed"]),
        (Reach.CATEGORY, ["run/1/failed"]),
    ],
)
def test_a_mute_silences_what_it_reaches_for_one_person(
    world: World, cast: Cast, reach: Reach, heard: list[str]
) -> None:
    say(world, cast, "post/1/failed", "a")
    _mute(world, cast.ana, reach)
    for cause, kind in (
        ("post/1/failed", "post"),
        ("post/1/held", "post"),
        ("post/2/failed", "post"),
        ("run/1/failed", "run"),
    ):
        say(world, cast, cause, "b", kind=kind)
    with world.web.tx(cast.ana) as tx:
        assert sorted(notice.matter for notice in notifications.notices(tx)) == heard
        assert notifications.unread(tx) == len(heard)
    with world.web.tx(cast.ben) as tx:
        assert notifications.unread(tx) == 4


def test_a_mute_ends_by_itself_or_by_hand_and_what_waited_shows_again(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a")
    _mute(world, cast.ana, Reach.CAUSE, hours=1)
    assert _found(world, cast.ana, show="muted") == ["Refused"]
    world.clock.move(hours=2)
    say(world, cast, "post/1/failed", "b")
    with world.web.tx(cast.ana) as tx:
        assert notifications.mutes(tx) == []
        assert [notice.count for notice in notifications.notices(tx)] == [2]
    _mute(world, cast.ana, Reach.CATEGORY)
    with world.web.tx(cast.ana) as tx:
        [mute] = notifications.mutes(tx)
        assert (mute.label, mute.until, notifications.unread(tx)) == ("Publishing", None, 0)
        notifications.unmute(tx, mute.id)
        assert notifications.unread(tx) == 1


def test_one_mute_that_ends_leaves_silent_what_another_still_mutes(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a")
    with world.web.tx(cast.ana) as tx:
        notice = notifications.notices(tx)[0].id
        notifications.mute(tx, notice, Reach.CAUSE)
        notifications.mute(tx, notice, Reach.OBJECT)
        first, second = notifications.mutes(tx)
        notifications.unmute(tx, first.id)
        assert notifications.unread(tx) == 0
        notifications.unmute(tx, second.id)
        assert notifications.unread(tx) == 1


def test_preferences_are_the_persons_own(world: World, cast: Cast) -> None:
    wanted = Preferences(
        zone="Europe/Oslo", quiet_from=time(22), quiet_to=time(7), rhythms={Category.JOBS: Rhythm.DAILY}
    )
    with world.web.tx(cast.ana) as tx:
        assert notifications.preferences(tx) is None
        notifications.save_preferences(tx, wanted)
        assert notifications.preferences(tx) == wanted
    with world.web.tx(cast.ben) as tx:
        assert notifications.preferences(tx) is None


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Preferences(zone="Mars/Olympus"), ZoneUnknown),
        (Preferences(quiet_from=time(22)), QuietHoursWrong),
        (Preferences(quiet_from=time(22), quiet_to=time(22)), QuietHoursWrong),
    ],
)
def test_preferences_that_make_no_sense_are_refused(
    world: World, cast: Cast, wanted: Preferences, error: type[Exception]
) -> None:
    with world.web.tx(cast.ana) as tx, pytest.raises(error):
        notifications.save_preferences(tx, wanted)


def test_reading_everything_can_be_taken_back_but_for_what_happened_again(world: World, cast: Cast) -> None:
    for cause in ("post/1/failed", "post/2/failed", "post/3/failed"):
        say(world, cast, cause, "a")
    with world.web.tx(cast.ana) as tx:
        before = notifications.mark_read(tx, [one.id for one in notifications.notices(tx) if one.object == "post/3"])
        marked = notifications.read_all(tx)
    assert len(before) == 1 and len(marked) == 2
    say(world, cast, "post/2/failed", "b")
    with world.web.tx(cast.cleo) as tx:
        assert notifications.take_back_read(tx, marked) == 0
    with world.web.tx(cast.ana) as tx:
        assert notifications.take_back_read(tx, marked) == 1
        unread = [one.matter for one in notifications.history(tx, Wanted(show="unread"))]
    assert sorted(unread) == ["post/1/failed", "post/2/failed"]
