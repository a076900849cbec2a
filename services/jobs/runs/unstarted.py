"""What has not started, as a list shows it: jobs that wait, and wishes that never became a run."""

import json
from uuid import UUID

from services.jobs.kinds.registry import KINDS, get_kind
from services.jobs.runs import unstarted_queries as queries
from services.jobs.runs.models import LostStart, RunFilter, WaitingJob
from services.jobs.words import task_words
from services.kit.db import Tx

SHOWN_MOST = 200


def waiting_jobs(tx: Tx, wanted: RunFilter, limit: int = SHOWN_MOST) -> list[WaitingJob]:
    """
    What has not started, the next to start first.

    Days are those of its planned time; words are looked for in what it is called and in what it was given, and `#123`
    is its number. Brand, kind and who or what started it are known of what people and schedules start.
    """
    found = queries.waiting(tx, wanted, queries.MOST if wanted.text else limit)
    return [job for job in found if _is_about(wanted.text, job)][:limit]


def count_waiting(tx: Tx, wanted: RunFilter) -> int:
    """How many `waiting_jobs` would be without a limit."""
    if wanted.text:
        return len(waiting_jobs(tx, wanted, queries.MOST))
    return queries.count_waiting(tx, wanted)


def lost_starts(tx: Tx, wanted: RunFilter, limit: int = SHOWN_MOST) -> list[LostStart]:
    """
    What was wished or due, never became a run and was not started again, the newest first.

    Days are those it was due on, else wished; words are looked for in its name and in the reason.
    """
    found = queries.lost(tx, wanted, queries.MOST if wanted.text else limit)
    return [one for one in found if _is_said(wanted.text, _title(one.kind), one.error, one.id)][:limit]


def _is_about(text: str, job: WaitingJob) -> bool:
    plain = text.strip()
    if plain.startswith("#"):
        return plain[1:] == str(job.job_id)
    return _is_said(plain, task_words(job.task), _title(job.kind), job.held, json.dumps(job.args))


def _is_said(text: str, *where: str | UUID) -> bool:
    said = " ".join(map(str, where)).casefold()
    return all(word in said for word in text.casefold().split())


def _title(kind: str | None) -> str:
    return get_kind(kind).title if kind in KINDS else kind or ""
