"""What must hold whatever was done to workers and database."""

from collections.abc import Iterable

from tests.faults import witness
from tests.faults.desk import Desk

_OVER = {"succeeded", "failed", "crashed", "cancelled"}


def ended_once(desk: Desk, wished: Iterable[str]) -> list[str]:
    """Every broken promise about starts, in words; empty when all were kept."""
    wanted, states = list(wished), desk.states()
    found = [f"{key} has vanished" for key in wanted if key not in states]
    found += [f"{key} was never wished" for key in states if key not in wanted]
    found += [f"{key} did not end: {state}" for key, state in states.items() if state not in _OVER]
    found += [f"{key} worked twice at a time" for key in witness.interleaved(desk.seen)]
    ends = desk.rows(
        "select s.parameters ->> 'key' as key, count(*) as ends from app.job_runs r join app.job_starts s "
        "on s.id::text = r.subject_id where r.task = 'jobs.run_start' and r.status in ('succeeded', 'failed') "
        "and r.outcome is not null group by 1 having count(*) > 1"
    )
    found += [f"{row['key']} ended {row['ends']} times" for row in ends]
    under_way = desk.rows("select id, status from queue.procrastinate_jobs where status = 'doing'")
    return found + [f"job {row['id']} is under way for ever" for row in under_way]
