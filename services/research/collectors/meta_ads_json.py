"""Ads of the Meta Ad Library as the API answers them."""

from collections.abc import Iterator, Mapping

from services.research.meta import CREATIVE, FIELDS, IDS, NAMES, checked_ad
from services.research.staged import Problem, StagedAd
from services.research.values import Wrong

NAME = "meta_ads_json"
_MARKS = CREATIVE | {"page_name", "eu_total_reach", "publisher_platforms"}


def fits(record: Mapping[str, object]) -> bool:
    """Whether a record is an ad of the library."""
    return bool(record.keys() & IDS) and bool(record.keys() & (_MARKS - IDS))


def columns_used(record: Mapping[str, object]) -> dict[str, str]:
    """Our field -> the name it has in this record."""
    found = {field: next((name for name in NAMES[field] if name in record), None) for field in FIELDS}
    return {field: name for field, name in found.items() if name}


def ads(records: Iterator[tuple[int, dict[str, object]]]) -> Iterator[StagedAd | Problem]:
    """The records, checked. Fields may be missing from any of them. :raises BrokenOff: from the source"""
    for number, record in records:
        values = tuple(
            next((record[name] for name in NAMES[field] if record.get(name) is not None), None) for field in FIELDS
        )
        try:
            yield checked_ad(number, values)
        except Wrong as wrong:
            yield Problem(number, columns_used(record).get(wrong.field, wrong.field), wrong.message)
