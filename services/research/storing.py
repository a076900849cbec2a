"""
Checked rows into the database: COPY to a temporary table, then one upsert each for advertisers and ads.

COPY into a table with row security is refused, hence the temporary table; inserting from it obeys the policies.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.kit.db import Tx
from services.research.queries import staging
from services.research.staged import StagedAd, StagedReport


class Stored(NamedTuple):
    """How the rows of a chunk met what was there. A row that comes twice in one chunk counts as the same."""

    added: int = 0
    changed: int = 0
    same: int = 0


class Origin(NamedTuple):
    """Where rows come from, kept on each of them; `observed_on` is the day the file was made."""

    import_id: UUID
    collector: str
    observed_on: date
    is_sample: bool


def copy_ads(tx: Tx, rows: Sequence[StagedAd]) -> None:
    """Hand a chunk of ads to the database. Nothing of it shows before `merge_ads`."""
    # The last of equal ids wins. Sorted, so that two imports at once lock rows in the same order.
    last = {row.key: row.line for row in rows}
    staging.create_incoming_ads(tx)
    with tx.connection.cursor() as cursor, cursor.copy(staging.COPY_ADS) as writer:
        writer.write(b"".join([last[key] for key in sorted(last)]))


def merge_ads(tx: Tx, copied: int, origin: Origin) -> Stored:
    """
    Add new ads, update changed ones, leave equal ones alone. The same rows stored twice change nothing.

    A file older than what is held never overwrites it. Rows of the sample become this import's own.

    :param copied: how many rows `copy_ads` was given in this transaction
    """
    params = _params(tx, origin)
    staging.upsert_owners(tx, params)
    added, changed = staging.upsert_ads(tx, params)
    if not origin.is_sample:
        staging.take_over_sample_ads(tx, params)
    staging.drop_incoming(tx)
    return Stored(added, changed, copied - added - changed)


def copy_report(tx: Tx, rows: Sequence[StagedReport]) -> None:
    """Hand a chunk of a report to the database. Nothing of it shows before `merge_report`."""
    staging.create_incoming_report(tx)
    with tx.connection.cursor() as cursor, cursor.copy(staging.COPY_REPORT) as writer:
        for row in rows:
            writer.write_row(row)


def merge_report(tx: Tx, copied: int, origin: Origin) -> Stored:
    """Add or update advertisers from a report; the figures are the report's own, the newest report wins."""
    added, changed = staging.upsert_report(tx, _params(tx, origin))
    staging.drop_incoming(tx)
    return Stored(added, changed, copied - added - changed)


def _params(tx: Tx, origin: Origin) -> dict[str, Any]:
    return {
        "org": tx.org_id,
        "id_head": str(tx.new_id())[:24],
        "now": tx.now,
        "import": origin.import_id,
        "collector": origin.collector,
        "observed": origin.observed_on,
        "is_sample": origin.is_sample,
    }
