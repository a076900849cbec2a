"""Assets: stored pictures and clips."""

from services.media.addresses import address, addresses, asset_bytes, download_address, served_file
from services.media.clips.fitting import fit_clip
from services.media.clips.making import Told
from services.media.clips.wanted import ClipWanted, Way, clip_size, kept_seconds
from services.media.editing import delete_assets, edit_asset, edit_assets
from services.media.errors import (
    AltTextTooLong,
    AssetInUse,
    AssetMissing,
    CannotFit,
    Damaged,
    Empty,
    FileRefused,
    NotMedia,
    TagWrong,
    TooLarge,
)
from services.media.fitting import Wanted, cut_size, fit_asset, fitted
from services.media.models import (
    Asset,
    Counts,
    Cursor,
    Edit,
    Filters,
    Kind,
    Outcome,
    Page,
    Result,
    Rights,
    Sort,
    Source,
    Use,
)
from services.media.queries import count_uses, counts, find_asset, find_assets, tags
from services.media.reach import CHECK_EVERY, Reach, check_reach, reach, reach_problem
from services.media.rules import ENDING_WITHIN_DAYS, rights_of, rights_problem
from services.media.samples import has_samples, load_samples, remove_samples
from services.media.shelf import PAGE_SIZE, page, where_used
from services.media.stores import open_store
from services.media.stores.keys import make_key
from services.media.storing import store_many, store_rendered, store_upload
from services.media.thumbnails import make_thumbnail

__all__ = [
    "AltTextTooLong",
    "CHECK_EVERY",
    "ClipWanted",
    "Told",
    "Way",
    "Asset",
    "AssetInUse",
    "AssetMissing",
    "CannotFit",
    "Counts",
    "Cursor",
    "Damaged",
    "ENDING_WITHIN_DAYS",
    "Edit",
    "Empty",
    "FileRefused",
    "Filters",
    "Kind",
    "NotMedia",
    "Outcome",
    "PAGE_SIZE",
    "Page",
    "Reach",
    "Result",
    "Rights",
    "Sort",
    "Source",
    "TagWrong",
    "TooLarge",
    "Use",
    "Wanted",
    "address",
    "addresses",
    "asset_bytes",
    "check_reach",
    "clip_size",
    "count_uses",
    "counts",
    "cut_size",
    "delete_assets",
    "download_address",
    "edit_asset",
    "edit_assets",
    "find_asset",
    "fit_asset",
    "fit_clip",
    "kept_seconds",
    "fitted",
    "find_assets",
    "has_samples",
    "load_samples",
    "make_key",
    "make_thumbnail",
    "open_store",
    "page",
    "reach",
    "reach_problem",
    "remove_samples",
    "rights_of",
    "rights_problem",
    "served_file",
    "store_many",
    "store_rendered",
    "store_upload",
    "tags",
    "where_used",
]
