"""One message per object and cause, however often it happens, a job runs, or several workers tell at once."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from services import notifications
from services.kit.db import Scope
from services.notifications import Category, Notice, Severity, Wanted
from tests.makers.cast import Cast, join, make_cast, make_person
from tests.makers.notices import say
from tests.makers.world import World


def _inbox(world: World, scope: Scope) -> list[Notice]:
    with world.web.tx(scope) as tx:
        return notifications.history(tx, Wanted())


def test_the_same_cause_while_unread_raises_the_count_and_moves_it_up(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a", title="Refused once")
    world.clock.move(minutes=1)
    say(world, cast, "post/2/failed", "a")
    world.clock.move(minutes=1)
    say(world, cast, "post/1/failed", "b", title="Refused again")
    first, second = _inbox(world, cast.ana)
    assert (first.title, first.count, first.told_at) == ("Refused again", 2, world.clock.now())
    assert (second.matter, second.count) == ("post/2/failed", 1)


def test_after_it_was_read_the_next_occurrence_is_a_new_message(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", "a")
    with world.web.tx(cast.ana) as tx:
        notifications.read_all(tx)
    world.clock.move(minutes=1)
    say(world, cast, "post/1/failed", "b")
    assert [(notice.count, notice.read_at is None) for notice in _inbox(world, cast.ana)] == [(1, True), (1, False)]
    assert [notice.count for notice in _inbox(world, cast.ben)] == [2]


def test_a_replayed_job_raises_nothing_read_or_unread(world: World, cast: Cast) -> None:
    assert [say(world, cast, "post/1/failed", "a") for _ in range(3)] == [2, 0, 0]
    with world.web.tx(cast.ana) as tx:
        notifications.read_all(tx)
    assert say(world, cast, "post/1/failed", "a") == 0
    assert [notice.count for notice in _inbox(world, cast.ana)] == [1]


def test_what_old_workers_told_is_not_told_again(world: World, cast: Cast) -> None:
    """They know nothing of occurrences: their row carries the cause only."""
    with world.superuser() as connection:
        connection.execute(
            "insert into app.notifications (id, org_id, user_id, kind, tone, title, link, cause, created_at) "
            "values (gen_random_uuid(), %s, %s, 'post', 'red', 'Refused', '/calendar', 'post/1/failed', now())",
            [cast.acme, cast.ana.user_id],
        )
    say(world, cast, "post/1/failed", "")
    assert [notice.title for notice in _inbox(world, cast.ana)] == ["Refused"]
    assert len(_inbox(world, cast.ben)) == 1


def test_ten_workers_telling_at_once_make_one_message(world: World, cast: Cast) -> None:
    for number in range(20):
        email = f"more-{number}-{cast.acme.hex[-8:]}@example.com"
        join(world, make_person(world, email), cast.acme, "editor", f"More {number}", email)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda number: say(world, cast, "job/1/failed", str(number // 2)), range(10)))
    assert [notice.count for notice in _inbox(world, cast.ana)] == [5]


# what happens: an occurrence (replayed or not) of one of two matters, or the person reads everything
STEPS = st.lists(st.one_of(st.tuples(st.sampled_from("ab"), st.integers(0, 6)), st.just("read")), max_size=25)


@settings(max_examples=25)
@given(steps=STEPS)
def test_counts_are_those_of_a_simple_model(world: World, steps: list[tuple[str, int] | str]) -> None:
    cast = make_cast(world)
    seen: set[tuple[str, int]] = set()
    open_: dict[str, int] = {}
    closed: list[int] = []
    for step in steps:
        if isinstance(step, str):
            closed += open_.values()
            open_ = {}
            with world.web.tx(cast.ana) as tx:
                notifications.read_all(tx)
            continue
        say(world, cast, f"post/{step[0]}/failed", str(step[1]))
        if step not in seen:
            seen.add(step)
            open_[step[0]] = open_.get(step[0], 0) + 1
    inbox = _inbox(world, cast.ana)
    assert sorted(n.count for n in inbox if n.read_at is None) == sorted(open_.values())
    assert sorted(n.count for n in inbox if n.read_at is not None) == sorted(closed)


def test_category_and_severity_follow_kind_and_tone_unless_they_are_told(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed", kind="post", tone="red")
    say(world, cast, "run/2/failed", kind="run", tone="red", severity=Severity.WARNING)
    say(world, cast, "x/3/y", kind="unheard of", tone="green")
    found = {notice.object: (notice.category, notice.severity) for notice in _inbox(world, cast.ana)}
    assert found == {
        "post/1": (Category.PUBLISHING, Severity.URGENT),
        "run/2": (Category.JOBS, Severity.WARNING),
        "x/3": (Category.ORGANISATION, Severity.INFO),
    }


def test_nobody_elsewhere_hears_of_it(world: World, cast: Cast) -> None:
    say(world, cast, "post/1/failed")
    assert _inbox(world, cast.cleo) == _inbox(world, cast.vera) == []
