"""Whatever happens when: what leaves counts every occurrence once, never more often than once an hour per matter."""

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import notifications
from services.kit.db import Scope
from services.notifications import Category, Rhythm, Via
from tests.makers.cast import make_cast
from tests.makers.notices import say, work_off
from tests.makers.world import START, World
from tests.services.notifications.conftest import Out

# say something of a matter (perhaps a repetition of an occurrence), let minutes pass, or let the receiver be away
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("ab"), st.integers(0, 9)),
        st.integers(1, 50),
        st.booleans(),
    ),
    max_size=20,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, rhythm=st.sampled_from([Rhythm.INSTANTLY, Rhythm.HOURLY]))
def test_every_occurrence_arrives_counted_once(
    world: World, out: Out, steps: list[tuple[str, int] | int | bool], rhythm: Rhythm
) -> None:
    world.clock.set(START)
    cast = make_cast(world)
    out.receiver.received.clear()
    notifications.add_outlet(out.web, cast.ana, Via.WEBHOOK, "Ops", "https://ops.acme.example/hook")
    with world.web.tx(cast.ana) as tx:
        [outlet] = notifications.outlets(tx)
        notifications.change_outlet(tx, outlet.model_copy(update={"rhythms": {Category.PUBLISHING: rhythm}}))
    told: set[tuple[str, int]] = set()
    for step in [*steps, False, 120, 120]:
        if isinstance(step, bool):
            out.receiver.is_away = step
        elif isinstance(step, int):
            world.clock.move(minutes=step)
        else:
            say(world, cast, f"post/{step[0]}/failed", str(step[1]), tone="orange", title=step[0])
            told.add(step)
        notifications.release_due(out.worker)
        work_off(out.worker, world, cast.acme)
        if not out.receiver.is_away:
            _try_again(world, out, cast.acme)
    arrived: Counter[str] = Counter()
    for received in out.receiver.received:
        for line in json.loads(received.body)["messages"]:
            arrived[line["title"]] += line["count"]
    assert arrived == Counter(matter for matter, _ in told)
    _no_closer_than_an_hour(world, cast.acme)


def _try_again(world: World, out: Out, org_id: UUID) -> None:
    """What the queue does with a job that found nobody there."""
    with world.superuser() as connection:
        waiting = connection.execute(
            "select id from app.notice_deliveries where org_id = %s and state = 'retrying'", [org_id]
        ).fetchall()
    for (delivery,) in waiting:
        notifications.send(out.worker, Scope(org_id), delivery)


def _no_closer_than_an_hour(world: World, org_id: UUID) -> None:
    with world.superuser() as connection:
        rows = connection.execute(
            "select matter, left_at from app.notice_queue where org_id = %s and outlet_id is not null "
            "and left_at is not null order by matter, left_at",
            [org_id],
        ).fetchall()
    for (first, before), (second, after) in pairwise(rows):
        assert first != second or after - before >= timedelta(hours=1)
