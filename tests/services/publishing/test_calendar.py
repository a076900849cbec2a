"""Reading posts: one statement behind every view, nobody else's posts, wall time kept across changes of clocks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services import publishing, schedule
from services.publishing import StateGroup
from tests.makers.accounts import make_channel
from tests.makers.calendar import SEAL, make_listed
from tests.makers.cast import Cast
from tests.makers.world import START, World

ZONE = "Europe/Berlin"
NOVEMBER = schedule.days_window(date(2026, 10, 26), 42, ZONE)


@pytest.fixture
def posted(world: World, cast: Cast) -> Callable[..., UUID]:
    """`posted("held", days=2)` makes a post that many days from now."""
    channel = make_channel(world, cast)

    def make(state: str = "planned", *, days: float = 1, **columns: object) -> UUID:
        return make_listed(world, cast, channel, START + timedelta(days=days), state, **columns)

    return make


def test_the_month_and_the_list_read_the_same_posts(world: World, cast: Cast, posted: Callable[..., UUID]) -> None:
    made = [posted(state, days=day) for day, state in enumerate(publishing.PostState, start=-8)]
    with world.web.tx(cast.ana) as tx:
        month = publishing.calendar(tx, *NOVEMBER)
        by_group = {
            group: publishing.calendar(tx, *NOVEMBER, publishing.CalendarFilter(groups=(group,)))
            for group in StateGroup
        }
    assert {post.id for post in month} == set(made)
    assert [post.due_at for post in month] == sorted(post.due_at for post in month)
    assert sum(len(found) for found in by_group.values()) == len(month)
    assert all(publishing.group_of(post.state) is group for group, found in by_group.items() for post in found)


def test_every_state_belongs_to_one_group() -> None:
    grouped = [state for states in publishing.GROUPS.values() for state in states]
    assert sorted(grouped) == sorted(publishing.PostState)


def test_a_post_is_shown_with_its_channel_and_the_approved_name(
    world: World, cast: Cast, posted: Callable[..., UUID]
) -> None:
    posted(title="Cone or cup?", days=2)
    with world.web.tx(cast.vera) as tx:
        (shown,) = publishing.calendar(tx, *NOVEMBER)
    assert (shown.title, shown.platform, shown.channel_name, shown.is_practice) == (
        "Cone or cup?",
        "instagram",
        "Practice Acme",
        True,
    )
    assert shown.late_seconds is None


def test_the_window_holds_its_first_instant_and_not_its_last(
    world: World, cast: Cast, posted: Callable[..., UUID]
) -> None:
    start, end = schedule.days_window(date(2026, 11, 24), 1, ZONE)
    first = posted(days=(start - START) / timedelta(days=1))
    posted(days=(end - START) / timedelta(days=1))
    with world.web.tx(cast.ana) as tx:
        assert [post.id for post in publishing.calendar(tx, start, end)] == [first]


def test_filters_narrow_by_channel_and_brand(world: World, cast: Cast) -> None:
    one = make_channel(world, cast)
    other = make_channel(world, cast, "facebook")
    mine = make_listed(world, cast, one, START + timedelta(days=1))
    make_listed(world, cast, other, START + timedelta(days=1), platform="facebook")
    with world.web.tx(cast.ana) as tx:
        found = publishing.calendar(tx, *NOVEMBER, publishing.CalendarFilter(channel_ids=(one,)))
        assert [post.id for post in found] == [mine]
        nobody = publishing.CalendarFilter(brand_id=world.web.ids.new())
        assert publishing.calendar(tx, *NOVEMBER, nobody) == []


def test_what_needs_a_person_and_what_went_out(world: World, cast: Cast, posted: Callable[..., UUID]) -> None:
    troubled = [posted(state, days=day) for day, state in enumerate(("failed", "held", "unconfirmed"))]
    out = [posted("published", days=-day) for day in (1, 3)]
    posted(days=2)
    with world.web.tx(cast.ana) as tx:
        assert [post.id for post in publishing.attention(tx)] == troubled[::-1]
        assert [post.id for post in publishing.went_out(tx)] == out
        assert [post.id for post in publishing.went_out(tx, since=START - timedelta(days=2))] == out[:1]


def test_this_week_runs_from_monday_to_sunday_in_the_brands_zone(
    world: World, cast: Cast, posted: Callable[..., UUID]
) -> None:
    sunday = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday, half past midnight in Berlin
    monday = posted(days=(sunday - START) / timedelta(days=1))
    posted(days=-1)
    posted(days=7)
    with world.web.tx(cast.ana) as tx:
        assert [post.id for post in publishing.this_week(tx, ZONE)] == [monday]
        assert monday not in [post.id for post in publishing.this_week(tx, "UTC")]


def test_a_post_tells_what_was_approved_by_whom_and_what_happened(
    world: World, cast: Cast, posted: Callable[..., UUID]
) -> None:
    post_id = posted("held", reason="The connection has ended.", reason_class="token")
    with world.web.tx(cast.ana) as tx:
        detail = publishing.post_detail(tx, post_id)
        stood = publishing.seen(tx, [post_id])
    assert detail.post.seal == SEAL
    assert detail.post.approved_by == "Ben"
    assert detail.content.text.startswith("We churn")
    assert [(line.to_state, line.actor) for line in detail.history] == [("planned", "Ben")]
    assert (detail.attempts, detail.evidence) == ((), ())
    assert [(one.id, one.state) for one in stood] == [(post_id, "held")]


def test_cleo_sees_nothing_of_it(world: World, cast: Cast, posted: Callable[..., UUID]) -> None:
    post_id = posted("failed")
    posted("published", days=-1)
    posted()
    with world.web.tx(cast.cleo) as tx:
        assert publishing.calendar(tx, *NOVEMBER) == []
        assert publishing.attention(tx) == publishing.went_out(tx) == []
        assert publishing.seen(tx, [post_id]) == []
        with pytest.raises(publishing.PostNotFound):
            publishing.post_detail(tx, post_id)


@pytest.mark.parametrize(
    ("zone", "before", "after"),
    [
        ("Europe/Berlin", date(2027, 3, 27), date(2027, 3, 29)),
        ("America/New_York", date(2027, 3, 13), date(2027, 3, 15)),
    ],
)
def test_a_post_dragged_across_a_change_of_clocks_keeps_its_time_of_day(
    world: World, cast: Cast, zone: str, before: date, after: date
) -> None:
    at_nine = schedule.instant_of(datetime(before.year, before.month, before.day, 9), zone)
    post_id = make_listed(world, cast, make_channel(world, cast), at_nine)
    with world.web.tx(cast.ana) as tx:
        publishing.move_post(tx, post_id, schedule.moved_to_day(at_nine, after, zone))
        moved = publishing.post_detail(tx, post_id).post.due_at
    assert schedule.wall_clock(moved, zone) == datetime(after.year, after.month, after.day, 9)
    assert moved - at_nine == timedelta(days=2) - timedelta(hours=1)
