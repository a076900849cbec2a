"""What competitors run: the wall, single ads, advertisers, and what is new since a person last looked."""

from datetime import UTC, datetime
from uuid import UUID

from services import identity
from services.kit.db import Tx
from services.research.errors import AdNotFound
from services.research.models import Ad, Advertiser, Filters, Overview, Shelf, Sort
from services.research.queries import ads as queries
from services.research.queries import advertisers as owners

PAGE_ADS = 48
MOST_ADVERTISERS = 500
MOST_EXPORTED = 20_000
VISIT_SECONDS = 1_800
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Stands for "looked a moment ago": at the first look nothing is new."""


def look(tx: Tx, screen: str = "competitors") -> datetime:
    """
    Note that this person looks, and tell when they looked before this visit. Half an hour without a look ends a visit.

    Returns `NEVER` at the first visit: then nothing counts as new.
    """
    identity.demand(tx, identity.Act.LOOK)
    return owners.looked_at(tx, screen, VISIT_SECONDS) or NEVER


def is_empty(tx: Tx) -> bool:
    """Whether nothing was ever imported here."""
    return owners.count_imports(tx) == 0


def overview(tx: Tx, since: datetime = NEVER) -> Overview:
    """How many ads of how many advertisers; `fresh` counts those that came after `since`."""
    return queries.overview(tx, queries.params_of(tx, Filters(), since))


def list_ads(
    tx: Tx, filters: Filters, sort: Sort = Sort.NEWEST, *, page: int = 1, limit: int = PAGE_ADS, since: datetime = NEVER
) -> list[Ad]:
    """One page of the wall; pages count from 1."""
    place = {"limit": limit, "offset": (max(1, page) - 1) * limit}
    return queries.PAGES[sort](tx, {**queries.params_of(tx, filters, since), **place})


def count_ads(tx: Tx, filters: Filters, *, since: datetime = NEVER) -> int:
    """How many ads the filters leave."""
    return queries.count_matching(tx, queries.params_of(tx, filters, since))


def get_ad(tx: Tx, ad_id: UUID, *, since: datetime = NEVER) -> Ad:
    """:raises AdNotFound: no such ad in this organisation"""
    found = queries.find_ad(tx, ad_id, queries.params_of(tx, Filters(), since))
    if found is None:
        raise AdNotFound()
    return found


def list_advertisers(tx: Tx, *, since: datetime = NEVER) -> list[Advertiser]:
    """The 500 advertisers with most ads."""
    params = queries.params_of(tx, Filters(), since)
    return owners.list_advertisers(tx, {**params, "limit": MOST_ADVERTISERS})


def list_shelves(tx: Tx, *, limit: int = 12, keep: UUID | None = None, since: datetime = NEVER) -> list[Shelf]:
    """Names for choosing: the advertisers with most ads, and `keep` wherever it ranks."""
    params = queries.params_of(tx, Filters(), since)
    return owners.shelves(tx, {**params, "limit": limit, "keep": keep})


AD_COLUMNS = (
    "Advertiser", "Kind", "Platform", "Id", "Text", "Title", "Link", "Started", "Stopped", "Running", "Days",
    "Placements", "Impressions from", "Impressions to", "Spend from", "Spend to", "Currency", "Reach", "Likes",
    "Comments", "Shares", "Views", "File", "Row", "Collector", "Observed", "First seen",
)  # fmt: skip


def ads_for_export(tx: Tx, filters: Filters, sort: Sort, *, since: datetime = NEVER) -> list[tuple[object, ...]]:
    """Rows under `AD_COLUMNS`, at most 20,000; ranges stay two columns."""
    return [
        (
            ad.advertiser, ad.kind, ad.platform, ad.remote_id, " / ".join(ad.bodies), " / ".join(ad.titles), ad.link,
            ad.started_on, ad.stopped_on, "yes" if ad.is_running else "no", ad.days, ", ".join(ad.placements),
            ad.impressions_lower, ad.impressions_upper, ad.spend_lower, ad.spend_upper, ad.spend_currency, ad.reach,
            ad.likes, ad.comments, ad.shares, ad.views, ad.file_name, ad.row_number, ad.collector, ad.observed_on,
            ad.first_seen_at,
        )
        for ad in list_ads(tx, filters, sort, limit=MOST_EXPORTED, since=since)
    ]  # fmt: skip
