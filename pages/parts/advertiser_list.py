"""Advertisers as rows: how many ads, how many run, since when, how long, where, what they spent."""

from datetime import date

from pages.parts.ad_words import span
from pages.parts.rows import Row
from pages.parts.tokens import CHANNELS
from pages.parts.zones import day
from services import research
from services.kit.text import counted

CSV_HEADER = (
    "Advertiser", "Platform", "Id", "Ads", "Running", "First ad", "Last ad", "Longest days", "Median days",
    "Placements", "Spend from", "Spend to", "Currency", "Ads in report", "First imported", "Last imported",
)  # fmt: skip


def row_of(one: research.Advertiser, today: date) -> Row:
    """One advertiser; pages of a report may have no ads here yet."""
    found = [_dates(one, today), _days(one), _spent(one, today), one.disclaimer]
    return Row(
        id=str(one.id),
        title=one.name,
        sub=" · ".join(filter(None, found)) or "Known from a report only",
        icon="storefront",
        marks=tuple(place for place in one.placements if place in CHANNELS),
        chip=(f"{one.fresh} new", "violet", "") if one.fresh else None,
        right=counted(one.ads, "ad"),
        right_chip=(f"{one.running:,} running", "green", "play_circle") if one.running else None,
    )


def csv_row(one: research.Advertiser) -> tuple[object, ...]:
    """The row under `CSV_HEADER`."""
    return (
        one.name, one.platform, one.remote_id, one.ads, one.running, one.first_on, one.last_on, one.longest_days,
        one.median_days, ", ".join(one.placements), one.spend_lower, one.spend_upper, one.spend_currency,
        one.reported_ads, one.first_seen_at, one.last_seen_at,
    )  # fmt: skip


def _dates(one: research.Advertiser, today: date) -> str:
    if one.first_on is None or one.last_on is None:
        return ""
    if one.first_on == one.last_on:
        return f"Started {day(one.first_on, today)}"
    return f"First {day(one.first_on, today)}, last {day(one.last_on, today)}"


def _days(one: research.Advertiser) -> str:
    if one.longest_days is None:
        return ""
    return f"ran {one.median_days} d in the median, {one.longest_days} d at most"


def _spent(one: research.Advertiser, today: date) -> str:
    if one.reported_on is None:
        return ""
    amount = span(one.spend_lower, one.spend_upper, one.spend_currency or "")
    ads = f" for {counted(one.reported_ads, 'ad')}" if one.reported_ads else ""
    return f"spent {amount}{ads}, report of {day(one.reported_on, today)}" if amount else ""
