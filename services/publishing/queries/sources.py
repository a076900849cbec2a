"""What publishing reads of other rooms' tables in the transaction that decides."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import approvals
from services.kit.db import Tx


class ApprovalLine(BaseModel):
    """The decision a post stands on."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    version_id: UUID
    channel_id: UUID
    brand_id: UUID
    seal: str
    withdrawn_at: datetime | None


def hold_approval(tx: Tx, approval_id: UUID) -> ApprovalLine | None:
    """Read an approval so that nobody can withdraw it before this transaction ends."""
    return tx.one(
        "select a.id, a.version_id, a.channel_id, c.brand_id, a.seal, a.withdrawn_at from app.approvals a "
        "join app.channels c on c.id = a.channel_id where a.id = %(approval)s for share of a",
        {"approval": approval_id},
        ApprovalLine,
    )


def rights_ended(tx: Tx, version_id: UUID, today: date) -> list[str]:
    """Names of pictures used in a version whose rights end before `today`: those drawn, and those drawn from."""
    rows = tx.tuples(
        "select distinct a.original_name from app.draft_versions v join app.assets a on a.org_id = v.org_id "
        "where v.id = %(version)s and a.rights_end_on < %(today)s and (a.id::text in "
        "(select m ->> 'asset_id' from jsonb_array_elements(v.media) m) or a.id::text in "
        "(select f.value from jsonb_each_text(v.fields) f)) order by 1",
        {"version": version_id, "today": today},
    )
    return [row[0] for row in rows]


class _Sealed(BaseModel):
    sealed: approvals.SealedContent


def sealed_content(tx: Tx, approval_id: UUID) -> approvals.SealedContent:
    """The content as it was when it was approved: what a lost post is recognised by."""
    row = tx.one("select sealed from app.approvals where id = %(approval)s", {"approval": approval_id}, _Sealed)
    assert row is not None
    return row.sealed
