"""Assets: stored pictures and clips."""

from services.media.addresses import address, addresses, asset_bytes, download_address, served_file
from services.media.errors import AssetInUse, AssetMissing, Damaged, Empty, FileRefused, NotMedia, TagWrong, TooLarge
from services.media.models import (
    Asset,
    Counts,
    Edit,
    Filters,
    Kind,
    Outcome,
    Result,
    Rights,
    Sort,
    Source,
    Use,
)
from services.media.queries import find_asset, find_assets
from services.media.rules import ENDING_WITHIN_DAYS, rights_of, rights_problem
from services.media.samples import has_samples, load_samples, remove_samples
from services.media.stores import open_store
from services.media.stores.keys import make_key
from services.media.storing import store_many, store_rendered, store_upload

__all__ = [
    "ENDING_WITHIN_DAYS",
    "Asset",
    "AssetInUse",
    "AssetMissing",
    "Counts",
    "Damaged",
    "Edit",
    "Empty",
    "FileRefused",
    "Filters",
    "Kind",
    "NotMedia",
    "Outcome",
    "Result",
    "Rights",
    "Sort",
    "Source",
    "TagWrong",
    "TooLarge",
    "Use",
    "address",
    "addresses",
    "asset_bytes",
    "download_address",
    "find_asset",
    "find_assets",
    "has_samples",
    "load_samples",
    "make_key",
    "open_store",
    "remove_samples",
    "rights_of",
    "rights_problem",
    "served_file",
    "store_many",
    "store_rendered",
    "store_upload",
]
