"""What wakes the workers when jobs are queued."""

import json

import psycopg

from services.events import PostDue
from tests.makers.cast import Cast
from tests.makers.world import World


def test_jobs_that_are_queued_together_wake_the_workers_once(world: World, cast: Cast) -> None:
    with psycopg.connect(world.addresses.worker, autocommit=True) as connection:
        connection.execute('listen "procrastinate_any_queue_v1"')
        for _ in range(2):
            with world.worker.tx(cast.worker) as tx:
                for _ in range(3):
                    tx.emit(PostDue(tx.new_id(), tx.new_id()))
        told = [json.loads(note.payload) for note in connection.notifies(timeout=0.2)]
    assert [one["type"] for one in told] == ["job_inserted", "job_inserted"]
