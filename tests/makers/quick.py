"""Approved versions in a few statements, for suites that need many: the same rows, without drawing and asking."""

from dataclasses import dataclass
from uuid import UUID

from services import approvals
from services.kit.db import Tx, json_value

PLACEMENTS = ("square", "feed")


@dataclass(frozen=True)
class Picture:
    """A stored picture in one placement's size."""

    placement: str
    asset_id: UUID
    sha256: str
    file_key: str
    width: int
    height: int

    def row(self) -> dict[str, object]:
        return {**self.__dict__, "asset_id": str(self.asset_id), "alt_text": f"A cone, {self.placement}."}


def approve_quickly(
    tx: Tx, brand_id: UUID, channel_id: UUID, caption: str, pictures: list[Picture], link: str = ""
) -> UUID:
    """A version with these words and pictures, approved for one channel; returns the approval's id."""
    draft, version, request, approval = (tx.new_id() for _ in range(4))
    words = {"org": tx.org_id, "brand": brand_id, "now": tx.now, "caption": caption, "link": link}
    ids = {"draft": draft, "version": version, "request": request, "approval": approval, "channel": channel_id}
    tx.run(
        "insert into app.drafts (id, org_id, brand_id, name, template, caption, link, created_at, updated_at) "
        "values (%(draft)s, %(org)s, %(brand)s, 'Quick', 'headline', %(caption)s, %(link)s, %(now)s, %(now)s)",
        words | ids,
    )
    tx.run(
        "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, "
        "alt_text, media, created_at) values (%(version)s, %(org)s, %(draft)s, 1, 'Quick', 'headline', '{}', "
        "%(caption)s, %(link)s, 'A cone.', %(media)s, %(now)s)",
        {**words, **ids, "media": json_value([picture.row() for picture in pictures])},
    )
    tx.run(
        "insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at, decided_at) "
        "values (%(request)s, %(org)s, %(draft)s, %(version)s, 'approved', %(now)s, %(now)s)",
        words | ids,
    )
    content = approvals.content_for(tx, version, channel_id)
    tx.run(
        "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at) "
        "values (%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, %(sealed)s, %(now)s)",
        {**words, **ids, "seal": content.seal(), "sealed": json_value(content.model_dump(mode="json"))},
    )
    return approval
