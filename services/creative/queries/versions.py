"""The versions table, one statement per function. Nothing here updates: a version is immutable."""

from uuid import UUID

from services.creative.models import Draft, Placed, Version
from services.kit.db import Tx, json_value


def insert(
    tx: Tx,
    version_id: UUID,
    draft: Draft,
    fields: dict[str, str],
    media: list[Placed],
    mentions: dict[str, dict[str, str]],
) -> int:
    """Keep a draft as its next version; the draft's row is held by the caller. Returns the number."""
    return int(
        tx.value(
            "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, "
            "alt_text, media, per_channel, mentions, created_by, created_at) values (%(id)s, %(org)s, %(draft)s, "
            "(select coalesce(max(number), 0) + 1 from app.draft_versions where draft_id = %(draft)s), %(name)s, "
            "%(template)s, %(fields)s, %(caption)s, %(link)s, %(alt)s, %(media)s, %(channels)s, %(mentions)s, "
            "%(user)s, %(now)s) returning number",
            {
                "id": version_id,
                "org": tx.org_id,
                "draft": draft.id,
                "name": draft.name,
                "template": draft.template,
                "fields": json_value(fields),
                "caption": draft.caption,
                "link": draft.link,
                "alt": draft.alt_text,
                "media": json_value([placed.model_dump(mode="json") for placed in media]),
                "channels": json_value(draft.per_channel),
                "mentions": json_value(mentions),
                "user": tx.user_id,
                "now": tx.now,
            },
        )
    )


def one(tx: Tx, version_id: UUID) -> Version | None:
    return tx.one(
        "select id, draft_id, number, name, template, fields, caption, link, alt_text, media, per_channel, "
        "mentions, created_by, created_at from app.draft_versions where id = %(id)s",
        {"id": version_id},
        Version,
    )


def of_draft(tx: Tx, draft_id: UUID) -> list[Version]:
    """Newest first."""
    return tx.all(
        "select id, draft_id, number, name, template, fields, caption, link, alt_text, media, per_channel, "
        "mentions, created_by, created_at from app.draft_versions where draft_id = %(draft)s order by number desc",
        {"draft": draft_id},
        Version,
    )


def newest(tx: Tx, draft_id: UUID) -> Version | None:
    return next(iter(of_draft(tx, draft_id)), None)


def before(tx: Tx, draft_id: UUID, number: int) -> Version | None:
    """The version a reviewer saw last before `number`."""
    return tx.one(
        "select id, draft_id, number, name, template, fields, caption, link, alt_text, media, per_channel, "
        "mentions, created_by, created_at from app.draft_versions where draft_id = %(draft)s "
        "and number < %(number)s order by number desc limit 1",
        {"draft": draft_id, "number": number},
        Version,
    )
