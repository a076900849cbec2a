"""Rows of assets: one by one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.kit.db import Tx
from services.media.models import Asset


def insert_asset(tx: Tx, asset: Asset) -> bool:
    """False where the same file of the same source is already there."""
    return bool(
        tx.run(
            "insert into app.assets (id, org_id, brand_id, kind, source, original_name, file_key, content_type, "
            "size_bytes, sha256, original_sha256, width, height, duration_seconds, tags, alt_text, rights_end_on, "
            "created_by, created_at) "
            "values (%(id)s, %(org_id)s, %(brand_id)s, %(kind)s, %(source)s, %(original_name)s, %(file_key)s, "
            "%(content_type)s, %(size_bytes)s, %(sha256)s, %(original_sha256)s, %(width)s, %(height)s, "
            "%(duration_seconds)s, %(tags)s::text[], %(alt_text)s, %(rights_end_on)s, %(created_by)s, %(created_at)s) "
            "on conflict do nothing",
            {**asset.model_dump(), "org_id": tx.org_id, "tags": list(asset.tags)},
        )
    )


def find_asset(tx: Tx, asset_id: UUID) -> Asset | None:
    return next(iter(find_assets(tx, [asset_id])), None)


def find_assets(tx: Tx, asset_ids: Sequence[UUID]) -> list[Asset]:
    """Those that are there, the newest first."""
    return tx.all(
        "select id, brand_id, kind, source, original_name, file_key, thumb_key, content_type, size_bytes, sha256, "
        "original_sha256, width, height, duration_seconds, colours, tags, alt_text, rights_end_on, created_by, "
        "created_at from app.assets where id = any (%(ids)s) and deleted_at is null order by created_at desc, id desc",
        {"ids": list(asset_ids)},
        Asset,
    )


def find_same(tx: Tx, brand_id: UUID | None, source: str, original_sha256: str) -> Asset | None:
    """The asset made from exactly these bytes, of the same source and brand."""
    same = tx.value(
        "select id from app.assets where brand_id is not distinct from %(brand)s and source = %(source)s "
        "and original_sha256 = %(sha)s and deleted_at is null",
        {"brand": brand_id, "source": source, "sha": original_sha256},
    )
    return find_asset(tx, same) if same else None


def lock_assets(tx: Tx, asset_ids: Sequence[UUID]) -> list[UUID]:
    """The ids that are there, held until the transaction ends; in one order, so that nobody deadlocks."""
    rows = tx.tuples(
        "select id from app.assets where id = any (%(ids)s) and deleted_at is null order by id for update",
        {"ids": list(asset_ids)},
    )
    return [row[0] for row in rows]


def mark_thumbnail(tx: Tx, asset_id: UUID, thumb_key: str, colours: Sequence[str]) -> bool:
    """False where it is made already, or the asset is gone."""
    return bool(
        tx.run(
            "update app.assets set thumb_key = %(key)s, thumb_at = %(now)s, colours = %(colours)s::text[] "
            "where id = %(id)s and thumb_key is null and deleted_at is null",
            {"id": asset_id, "key": thumb_key, "now": tx.now, "colours": list(colours)},
        )
    )


def change_tags(tx: Tx, asset_ids: Sequence[UUID], add: Sequence[str], remove: Sequence[str]) -> None:
    tx.run(
        "update app.assets a set tags = array(select distinct t from unnest(a.tags || %(add)s::text[]) t "
        "where t <> all (%(remove)s::text[]) order by t) where a.id = any (%(ids)s)",
        {"ids": list(asset_ids), "add": list(add), "remove": list(remove)},
    )


def set_alt_text(tx: Tx, asset_ids: Sequence[UUID], alt_text: str) -> None:
    tx.run(
        "update app.assets set alt_text = %(text)s where id = any (%(ids)s)", {"ids": list(asset_ids), "text": alt_text}
    )


def set_rights_end(tx: Tx, asset_ids: Sequence[UUID], ends_on: date | None) -> None:
    tx.run(
        "update app.assets set rights_end_on = %(on)s where id = any (%(ids)s)",
        {"ids": list(asset_ids), "on": ends_on},
    )


def mark_deleted(tx: Tx, asset_ids: Sequence[UUID]) -> None:
    tx.run(
        "update app.assets set deleted_at = %(now)s where id = any (%(ids)s) and deleted_at is null",
        {"ids": list(asset_ids), "now": tx.now},
    )
