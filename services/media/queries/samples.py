"""Rows of the sample workspace's files."""

from services.kit.db import Tx


def count_samples(tx: Tx) -> int:
    return int(tx.value("select count(*) from app.assets where source = 'sample' and deleted_at is null", {}))


def delete_unused_samples(tx: Tx) -> int:
    """Samples that no draft and no version shows are taken off the shelf."""
    return tx.run(
        "update app.assets a set deleted_at = %(now)s where a.source = 'sample' and a.deleted_at is null "
        "and not exists (select from app.drafts d where d.archived_at is null "
        "and (a.id = any (d.media_ids) "
        "or exists (select from jsonb_each_text(d.fields) f where f.value = a.id::text))) "
        "and not exists (select from app.draft_versions v where v.fields::text like '%%' || a.id::text || '%%' "
        "or v.media::text like '%%' || a.id::text || '%%')",
        {"now": tx.now},
    )
