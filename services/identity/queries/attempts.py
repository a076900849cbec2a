"""private.sign_in_attempts: wrong sign-ins by hashed subject (an e-mail, a network address)."""

from datetime import datetime

from services.kit.db import Tx


def hold(tx: Tx, subject_hash: str) -> None:
    """Attempts on one subject are counted one after the other, so that a volley cannot slip under the limit."""
    tx.value("select pg_advisory_xact_lock(hashtext(%(subject)s))", {"subject": subject_hash})


def count_since(tx: Tx, subject_hash: str, since: datetime) -> int:
    return int(
        tx.value(
            "select count(*) from private.sign_in_attempts where subject_hash = %(subject)s and at > %(since)s",
            {"subject": subject_hash, "since": since},
        )
    )


def insert_attempt(tx: Tx, subject_hash: str) -> None:
    tx.run(
        "insert into private.sign_in_attempts (subject_hash, at) values (%(subject)s, %(now)s)",
        {"subject": subject_hash, "now": tx.now},
    )


def forgive(tx: Tx, subject_hash: str) -> None:
    tx.run("delete from private.sign_in_attempts where subject_hash = %(subject)s", {"subject": subject_hash})


def take_back_one(tx: Tx, subject_hash: str) -> None:
    """The newest attempt turned out to be right."""
    tx.run(
        "delete from private.sign_in_attempts where id = (select max(id) from private.sign_in_attempts "
        "where subject_hash = %(subject)s)",
        {"subject": subject_hash},
    )


def forget_before(tx: Tx, before: datetime) -> None:
    tx.run("delete from private.sign_in_attempts where at < %(before)s", {"before": before})
