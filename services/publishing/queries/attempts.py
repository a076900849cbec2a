"""The attempts of a post. An attempt is written by its owner only, until its outcome is known."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.kit.db import Tx, json_value
from services.publishing.models import Attempt, Outcome


def insert(tx: Tx, attempt_id: UUID, post_id: UUID, remote: dict[str, str], retries: int) -> Attempt:
    """Begin the next attempt; numbers count from 1."""
    made = tx.one(
        "insert into app.attempts (id, org_id, post_id, number, remote, retries, started_at) select %(id)s, %(org)s, "
        "%(post)s, coalesce(max(number), 0) + 1, %(remote)s, %(retries)s, %(now)s from app.attempts "
        "where post_id = %(post)s returning id, post_id, number, step, remote, intent_at, answered_at, outcome, "
        "error, error_class, polls, retries, started_at, finished_at",
        {
            "id": attempt_id,
            "org": tx.org_id,
            "post": post_id,
            "remote": json_value(remote),
            "retries": retries,
            "now": tx.now,
        },
        Attempt,
    )
    assert made is not None
    return made


def one(tx: Tx, attempt_id: UUID) -> Attempt | None:
    return tx.one(
        "select id, post_id, number, step, remote, intent_at, answered_at, outcome, error, error_class, polls, "
        "retries, started_at, finished_at from app.attempts where id = %(attempt)s",
        {"attempt": attempt_id},
        Attempt,
    )


def of_post(tx: Tx, post_id: UUID) -> list[Attempt]:
    """Every try, the first one first, with what the platform answered."""
    return tx.all(
        "select id, post_id, number, step, remote, intent_at, answered_at, outcome, error, error_class, polls, "
        "retries, started_at, finished_at, answers from app.attempts where post_id = %(post)s order by number",
        {"post": post_id},
        Attempt,
    )


def add_answers(tx: Tx, attempt_id: UUID, heard: list[dict[str, Any]], most: int) -> int:
    """What the platform answered last comes to what it answered before; the latest `most` are kept."""
    return tx.run(
        "update app.attempts set answers = (select coalesce(jsonb_agg(one.answer order by one.place), '[]') from "
        "(select answer, place from jsonb_array_elements(answers || %(heard)s) with ordinality as told (answer, place) "
        "order by place desc limit %(most)s) one) where id = %(attempt)s",
        {"attempt": attempt_id, "heard": json_value(heard), "most": most},
    )


def set_step(tx: Tx, attempt_id: UUID, step: str, fingerprint: str | None = None) -> int:
    """What is about to be done, committed before it is done; once an intent was written, its fingerprint stays."""
    return tx.run(
        "update app.attempts set step = %(step)s, intent_fingerprint = coalesce(intent_fingerprint, %(print)s) "
        "where id = %(attempt)s",
        {"attempt": attempt_id, "step": step, "print": fingerprint},
    )


def set_intent(tx: Tx, attempt_id: UUID, fingerprint: str) -> datetime:
    """The call that cannot be taken back is about to be made; returns the instant written."""
    now = tx.now
    tx.run(
        "update app.attempts set step = 'publishing', intent_at = %(now)s, intent_fingerprint = %(print)s, "
        "outcome = 'open', answered_at = null where id = %(attempt)s",
        {"attempt": attempt_id, "now": now, "print": fingerprint},
    )
    return now


def clear_intent(tx: Tx, attempt_id: UUID) -> int:
    """The call was certainly not made."""
    return tx.run(
        "update app.attempts set intent_at = null, step = 'ready', outcome = 'open' where id = %(attempt)s",
        {"attempt": attempt_id},
    )


def set_remote(tx: Tx, attempt_id: UUID, remote: dict[str, str]) -> int:
    return tx.run(
        "update app.attempts set remote = %(remote)s where id = %(attempt)s",
        {"attempt": attempt_id, "remote": json_value(remote)},
    )


def add_remote(tx: Tx, attempt_id: UUID, remote: dict[str, str]) -> int:
    """What the platform gave on the way stays; this comes to it."""
    return tx.run(
        "update app.attempts set remote = remote || %(remote)s where id = %(attempt)s",
        {"attempt": attempt_id, "remote": json_value(remote)},
    )


def set_remote_in_hand(tx: Tx, attempt_id: UUID, remote: dict[str, str], limit: timedelta) -> int:
    """
    As `set_remote`, while this attempt has the post and is sending it: 0 rows say that it lost it.

    Holds the post, so that nobody gives it up between this question and its answer, and gives it `limit` from now.
    """
    return tx.run(
        "with held as (update app.posts set deadline_at = %(now)s + %(limit)s where attempt_id = %(attempt)s "
        "and state = 'publishing' returning id) "
        "update app.attempts set remote = %(remote)s where id = %(attempt)s and exists (select from held)",
        {"attempt": attempt_id, "remote": json_value(remote), "now": tx.now, "limit": limit},
    )


def count_poll(tx: Tx, attempt_id: UUID) -> int:
    return tx.run("update app.attempts set polls = polls + 1 where id = %(attempt)s", {"attempt": attempt_id})


def count_retry(tx: Tx, attempt_id: UUID, error: str, error_class: str) -> int:
    return tx.run(
        "update app.attempts set retries = retries + 1, error = %(error)s, error_class = %(class)s "
        "where id = %(attempt)s",
        {"attempt": attempt_id, "error": error[:2000], "class": error_class},
    )


def count_since_asked(tx: Tx, post_id: UUID) -> int:
    """How many there are since a person last asked for one."""
    return int(
        tx.value(
            "select count(*) from app.attempts where post_id = %(post)s and started_at >= coalesce((select max(at) "
            "from app.post_history where post_id = %(post)s and to_state = 'due' and actor_id is not null), "
            "'-infinity')",
            {"post": post_id},
        )
    )


def first_intent(tx: Tx, post_id: UUID) -> datetime | None:
    """When the call that cannot be taken back was first about to be made; None where never."""
    return tx.value(  # type: ignore[no-any-return]
        "select min(intent_at) from app.attempts where post_id = %(post)s", {"post": post_id}
    )


def was_held_for(tx: Tx, post_id: UUID, kind: str) -> bool:
    """Did an earlier attempt of this post end for the same reason?"""
    found = tx.value(
        "select id from app.attempts where post_id = %(post)s and outcome = 'held' and error_class = %(kind)s limit 1",
        {"post": post_id, "kind": kind},
    )
    return found is not None


def finish(
    tx: Tx,
    attempt_id: UUID,
    outcome: Outcome,
    *,
    error: str | None = None,
    error_class: str | None = None,
    answered_at: datetime | None = None,
) -> int:
    return tx.run(
        "update app.attempts set outcome = %(outcome)s, error = coalesce(%(error)s, error), "
        "error_class = coalesce(%(class)s, error_class), answered_at = coalesce(%(answered)s, answered_at), "
        "finished_at = %(now)s where id = %(attempt)s",
        {
            "attempt": attempt_id,
            "outcome": outcome.value,
            "error": error[:2000] if error else None,
            "class": error_class,
            "answered": answered_at,
            "now": tx.now,
        },
    )
