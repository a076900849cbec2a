"""The drafts table, one statement per function."""

from datetime import datetime
from uuid import UUID

from services.creative.models import Draft, DraftListing
from services.kit.db import Tx, json_value


def insert(
    tx: Tx, draft_id: UUID, brand_id: UUID, name: str, template: str, fields: dict[str, str],
    wanted_at: datetime | None = None,
) -> int:  # fmt: skip
    """0 where a draft of this id is there already."""
    return tx.run(
        "insert into app.drafts (id, org_id, brand_id, name, template, fields, wanted_at, created_by, created_at, "
        "updated_at) values (%(id)s, %(org)s, %(brand)s, %(name)s, %(template)s, %(fields)s, %(wanted)s, %(user)s, "
        "%(now)s, %(now)s) "
        "on conflict (id) do nothing",
        {
            "id": draft_id,
            "org": tx.org_id,
            "brand": brand_id,
            "name": name,
            "template": template,
            "fields": json_value(fields),
            "wanted": wanted_at,
            "user": tx.user_id,
            "now": tx.now,
        },
    )


def one(tx: Tx, draft_id: UUID) -> Draft | None:
    return tx.one(
        "select id, brand_id, name, template, fields, caption, link, alt_text, media_ids, per_channel, "
        "revision, wanted_at, created_by, created_at, updated_at from app.drafts where id = %(id)s "
        "and archived_at is null",
        {"id": draft_id},
        Draft,
    )


def lock(tx: Tx, draft_id: UUID) -> Draft | None:
    """Read one draft and hold its row until the transaction ends."""
    return tx.one(
        "select id, brand_id, name, template, fields, caption, link, alt_text, media_ids, per_channel, "
        "revision, wanted_at, created_by, created_at, updated_at from app.drafts where id = %(id)s "
        "and archived_at is null for update",
        {"id": draft_id},
        Draft,
    )


def merge(tx: Tx, draft_id: UUID, fields: dict[str, str], words: dict[str, str]) -> int | None:
    """
    Write only what changed, so that two tabs typing into different fields keep both.

    Returns the new revision; None where the draft is gone.
    """
    return tx.value(  # type: ignore[no-any-return]
        "update app.drafts set fields = fields || %(fields)s, name = coalesce(%(name)s, name), "
        "template = coalesce(%(template)s, template), caption = coalesce(%(caption)s, caption), "
        "link = coalesce(%(link)s, link), alt_text = coalesce(%(alt_text)s, alt_text), "
        "revision = revision + 1, updated_at = %(now)s where id = %(id)s and archived_at is null returning revision",
        {
            "id": draft_id,
            "fields": json_value(fields),
            "now": tx.now,
            **{key: words.get(key) for key in ("name", "template", "caption", "link", "alt_text")},
        },
    )


def merge_channel(tx: Tx, draft_id: UUID, platform: str, changes: dict[str, str], gone: list[str]) -> int | None:
    """Write what differs on one platform, and take away what no longer does; as `merge`."""
    return tx.value(  # type: ignore[no-any-return]
        "update app.drafts set per_channel = per_channel || jsonb_build_object(%(platform)s::text, "
        "(coalesce(per_channel -> %(platform)s, '{}') || %(changes)s) - %(gone)s::text[]), "
        "revision = revision + 1, updated_at = %(now)s where id = %(id)s and archived_at is null returning revision",
        {"id": draft_id, "platform": platform, "changes": json_value(changes), "gone": gone, "now": tx.now},
    )


def set_media(tx: Tx, draft_id: UUID, media_ids: list[UUID]) -> int | None:
    """The files of a post, in order; as `merge`."""
    return tx.value(  # type: ignore[no-any-return]
        "update app.drafts set media_ids = %(media)s, revision = revision + 1, updated_at = %(now)s "
        "where id = %(id)s and archived_at is null returning revision",
        {"id": draft_id, "media": media_ids, "now": tx.now},
    )


def set_wanted(tx: Tx, draft_id: UUID, wanted_at: datetime | None) -> int:
    """The revision stays: what is shown to others is the same."""
    return tx.run(
        "update app.drafts set wanted_at = %(wanted)s where id = %(id)s and archived_at is null",
        {"id": draft_id, "wanted": wanted_at},
    )


def archive(tx: Tx, draft_id: UUID) -> int:
    return tx.run(
        "update app.drafts set archived_at = %(now)s, updated_at = %(now)s where id = %(id)s and archived_at is null",
        {"id": draft_id, "now": tx.now},
    )


def unarchive(tx: Tx, draft_id: UUID) -> int:
    return tx.run("update app.drafts set archived_at = null where id = %(id)s", {"id": draft_id})


def waits(tx: Tx, draft_id: UUID) -> bool:
    """Whether somebody is asked to decide on it; asking holds the draft's row, as the caller does."""
    return bool(
        tx.value(
            "select exists (select from app.review_requests where draft_id = %(id)s and state = 'waiting')",
            {"id": draft_id},
        )
    )


def newest(tx: Tx, limit: int) -> list[DraftListing]:
    return tx.all(
        "select d.id, d.brand_id, d.name, d.template, d.fields, d.caption, d.link, d.alt_text, "
        "d.media_ids, d.per_channel, d.revision, d.created_by, d.created_at, d.updated_at, "
        "v.number as version_number, r.state as review_state, "
        "coalesce(a.thumb_key, a.file_key) as thumb_key "
        "from app.drafts d left join lateral (select number, media from app.draft_versions where draft_id = d.id "
        "order by number desc limit 1) v on true left join lateral (select state from app.review_requests "
        "where draft_id = d.id order by asked_at desc limit 1) r on true "
        "left join app.assets a on a.id = (v.media -> 0 ->> 'asset_id')::uuid "
        "where d.archived_at is null order by d.updated_at desc, d.id desc limit %(limit)s",
        {"limit": limit},
        DraftListing,
    )
