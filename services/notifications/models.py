"""What people are told."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Notice(BaseModel):
    """One row of the bell: `link` is a path of ours, `cause` names object and cause so that nothing is told twice."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    kind: str
    tone: str
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None
