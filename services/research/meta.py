"""What the Ad Library's fields mean, whichever door they came through. Old singular and new plural names alike."""

from collections.abc import Mapping
from types import MappingProxyType

from services.research.staged import StagedAd, stage_ad
from services.research.values import Wrong
from services.research.values.dates import day
from services.research.values.ids import digits
from services.research.values.ranges import NOTHING, Range, between, bounds, count
from services.research.values.texts import payer, text, texts, words

# Our field -> the names it has had (Ad Library API since 2019, its CSV download, older scrapers), newest first.
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("ad_archive_id", "library_id", "ad_id", "id"),
        "page_id": ("page_id",),
        "page_name": ("page_name",),
        "bodies": ("ad_creative_bodies", "ad_creative_body"),
        "titles": ("ad_creative_link_titles", "ad_creative_link_title"),
        "descriptions": ("ad_creative_link_descriptions", "ad_creative_link_description"),
        "captions": ("ad_creative_link_captions", "ad_creative_link_caption"),
        "started_on": ("ad_delivery_start_time", "ad_creation_time"),
        "stopped_on": ("ad_delivery_stop_time",),
        "placements": ("publisher_platforms", "publisher_platform"),
        "languages": ("languages",),
        "payer": ("bylines", "byline", "funding_entity", "beneficiary_payers"),
        "impressions": ("impressions",),
        "impressions_min": ("impressions_min", "impressions_lower_bound"),
        "impressions_max": ("impressions_max", "impressions_upper_bound"),
        "spend": ("spend",),
        "spend_min": ("spend_min", "spend_lower_bound"),
        "spend_max": ("spend_max", "spend_upper_bound"),
        "currency": ("currency",),
        "reach": ("eu_total_reach", "br_total_reach"),
    }
)
FIELDS = tuple(NAMES)
KNOWN = frozenset(name for names in NAMES.values() for name in names)
IDS = frozenset(NAMES["id"])
CREATIVE = frozenset(name for name in KNOWN if name.startswith("ad_"))


def library_link(ad_id: str) -> str:
    """The ad's public page. Meta's own snapshot link carries the access token and is never kept."""
    return f"https://www.facebook.com/ads/library/?id={ad_id}"


def owner_of(page_id: object, page_name: str) -> str:
    """
    The id of a page. Meta writes 0 for pages that are gone: those are told apart by name.

    :raises Wrong: neither id nor name
    """
    found = digits(page_id) if page_id not in (None, "") else "0"
    if found.strip("0"):
        return found
    if not page_name:
        raise Wrong("is missing, and so is the page's name")
    return f"name:{page_name.casefold()}"[:200]


def checked_ad(row_number: int, values: tuple[object, ...]) -> StagedAd:
    """
    One ad from its raw values in the order of `FIELDS`; absent ones are None or "".

    :raises Wrong: naming the field
    """
    field = "id"
    try:
        (raw_id, page_id, page_name, bodies, titles, descriptions, captions, start, stop, placements, languages,
         paid_by, impressions, impressions_min, impressions_max, spend, spend_min, spend_max, currency,
         reach) = values  # fmt: skip
        ad_id = digits(raw_id)
        field = "page_name"
        name = text(page_name).strip()[:300]
        field = "page_id"
        owner = owner_of(page_id, name)
        field = "started_on"
        started_on = day(start)
        field = "stopped_on"
        stopped_on = day(stop) if stop else None
        field = "impressions"
        shown = _range(impressions, impressions_min, impressions_max)
        field = "spend"
        spent = _range(spend, spend_min, spend_max)
        field = "reach"
        reached = count(reach)
        field = "text"
        return stage_ad(
            row_number, "ad", "facebook", ad_id, owner, name or f"Page {owner}",
            bodies=texts(bodies), titles=texts(titles) if titles else (),
            descriptions=texts(descriptions) if descriptions else (), captions=texts(captions) if captions else (),
            link=library_link(ad_id),
            started_on=started_on.isoformat() if started_on else None,
            stopped_on=stopped_on.isoformat() if stopped_on else None,
            placements=words(placements) if placements else (), languages=words(languages) if languages else (),
            payer=payer(paid_by, name) if paid_by else "",
            impressions=shown, spend=spent, currency=_currency(currency) if currency else None, reach=reached,
        )  # fmt: skip
    except Wrong as wrong:
        raise Wrong(wrong.message, wrong.field or field) from None


def _range(both: object, lower: object, upper: object) -> Range:
    if both is not None and both != "":
        return bounds(both)
    if (lower is None or lower == "") and (upper is None or upper == ""):
        return NOTHING
    return between(lower, upper)


def _currency(value: object) -> str | None:
    code = text(value).strip().upper()
    return code if len(code) == 3 and code.isalpha() else None
