"""Many posts at once, from a file: all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services import identity
from services.creative.drafts import NAME_MAX
from services.creative.render import POST
from services.kit.db import Tx, json_value


class NewPost(BaseModel):
    """One draft to be made. The id is chosen beforehand, so that a second press makes no second draft."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    name: str
    text: str
    link: str = ""
    alt_text: str = ""
    platform: str = ""
    wanted_at: datetime | None = None


def create_posts(tx: Tx, brand_id: UUID, posts: Sequence[NewPost]) -> int:
    """
    Make drafts without a design, one per post; nobody is asked to decide. Returns how many are new.

    :param posts: already checked; `platform` says where the text is meant for, empty is anywhere
    :raises RoleTooLow: the person may not make posts
    """
    identity.demand(tx, identity.Act.MAKE)
    made = tx.run(
        "insert into app.drafts (id, org_id, brand_id, name, template, fields, caption, link, alt_text, per_channel, "
        "wanted_at, created_by, created_at, updated_at) select r.id, %(org)s, %(brand)s, r.name, %(template)s, '{}', "
        "r.text, r.link, r.alt_text, case when r.platform = '' then '{}'::jsonb else "
        "jsonb_build_object(r.platform, jsonb_build_object('text', r.text)) end, r.wanted_at, %(user)s, %(now)s, "
        "%(now)s from jsonb_to_recordset(%(rows)s) as r (id uuid, name text, text text, link text, alt_text text, "
        "platform text, wanted_at timestamptz) on conflict (id) do nothing",
        {
            "org": tx.org_id,
            "brand": brand_id,
            "template": POST.name,
            "user": tx.user_id,
            "now": tx.now,
            "rows": json_value([_row(one) for one in posts]),
        },
    )
    identity.audit(tx, "imported", "brand", brand_id, drafts=made)
    return made


def archive_drafts(tx: Tx, draft_ids: Sequence[UUID]) -> int:
    """Take drafts off the list again, but for those that somebody is asked about; returns how many."""
    identity.demand(tx, identity.Act.MAKE)
    gone = tx.run(
        "update app.drafts d set archived_at = %(now)s, updated_at = %(now)s where id = any (%(ids)s) "
        "and archived_at is null and not exists (select from app.review_requests r where r.draft_id = d.id "
        "and r.state = 'waiting')",
        {"ids": list(draft_ids), "now": tx.now},
    )
    identity.audit(tx, "archived", "drafts", "", drafts=gone)
    return gone


def _row(post: NewPost) -> dict[str, object]:
    return post.model_dump(mode="json") | {"name": post.name[:NAME_MAX]}
