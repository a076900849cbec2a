"""SQL of the library, by subject."""

from services.media.queries.assets import (
    change_tags,
    find_asset,
    find_assets,
    find_same,
    insert_asset,
    lock_assets,
    mark_deleted,
    mark_thumbnail,
    set_alt_text,
    set_rights_end,
)
from services.media.queries.samples import count_samples, delete_unused_samples
from services.media.queries.shelf import counts, newer, older, tags
from services.media.queries.uses import count_uses, uses

__all__ = [
    "change_tags",
    "count_samples",
    "count_uses",
    "counts",
    "delete_unused_samples",
    "find_asset",
    "find_assets",
    "find_same",
    "insert_asset",
    "lock_assets",
    "mark_deleted",
    "mark_thumbnail",
    "newer",
    "older",
    "set_alt_text",
    "set_rights_end",
    "tags",
    "uses",
]
