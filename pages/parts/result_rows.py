"""The table, the CSV and the small sums of the results screen."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.markup import safe_link
from pages.parts.tokens import CHANNELS
from pages.parts.zones import near, when
from services import metrics

CSV_HEADER = (
    "Post", "Channel", "Platform", "Practice", "Published at", "Read at", "Views", "Reach", "Likes", "Comments",
    "Shares", "Saves", "Clicks", "Engagement", "Engagement rate", "Link",
)  # fmt: skip
_FILTER: session.Slot[list[str]] = session.Slot("results", "channels", ())  # type: ignore[arg-type]


def clear_filters() -> None:
    session.put(_FILTER, [])


def channel_words(name: str, platform: str, is_practice: bool) -> str:
    """ "Acme, Instagram (practice)"."""
    known = CHANNELS.get(platform)
    tail = " (practice)" if is_practice else ""
    return f"{name}, {known.name if known else platform}{tail}"


def post_words(post: metrics.PostResult) -> str:
    """ "Instagram · Made this morning": the same ad goes out on several channels."""
    known = CHANNELS.get(post.platform)
    return f"{known.name if known else post.platform} · {post.name}"


def per_day(gains: Iterable[metrics.DayGain], measure: str) -> list[int]:
    """What all posts gained on each day that was read, in order."""
    sums: dict[date, int] = defaultdict(int)
    for gain in gains:
        value = gain.views if measure == "views" else gain.engagement
        sums[gain.on] += value or 0
    return [sums[on] for on in sorted(sums)]


def rates(posts: Sequence[metrics.PostResult]) -> list[tuple[str, str, float, int]]:
    """Engagement per view of each channel that has any: (label, platform, ratio, posts)."""
    by_channel: dict[UUID, list[metrics.PostResult]] = defaultdict(list)
    for post in posts:
        by_channel[post.channel_id].append(post)
    found = []
    for rows in by_channel.values():
        rate = metrics.rate_of(rows)
        if rate is not None:
            first = rows[0]
            found.append((channel_words(first.channel_name, first.platform, False), first.platform, rate, len(rows)))
    return found


def csv_rows(posts: Sequence[metrics.PostResult]) -> Iterable[Sequence[object]]:
    for post in posts:
        yield (
            post.name, post.channel_name, post.platform, "yes" if post.is_practice else "no", post.published_at,
            post.taken_at, post.views, post.reach, post.likes, post.comments, post.shares, post.saves, post.clicks,
            post.engagement, _rounded(post.rate_ratio), post.permalink or "",
        )  # fmt: skip


def table(posts: Sequence[metrics.PostResult], snapshots: Sequence[metrics.Snapshot], zone: str, now: datetime) -> None:
    """One line per post: picture, figures, its days, the link to it."""
    keys = [post.file_key for post in posts if post.file_key]
    pictures = doors.app().files.addresses(keys, ttl_seconds=3600) if keys else {}
    views: dict[UUID, list[int]] = defaultdict(list)
    for one in snapshots:
        if one.views is not None:
            views[one.post_id].append(one.views)
    column = st.column_config
    top = max((post.rate_ratio or 0.0 for post in posts), default=0.0)
    st.dataframe(
        [_line(post, pictures, views, zone, now) for post in posts],
        hide_index=True,
        row_height=44,
        placeholder="–",
        key="results-table",
        alt="One line per post with its newest figures",
        column_config={
            "picture": column.ImageColumn("", width=56),
            "post": column.TextColumn("Post", width="medium"),
            "channel": column.TextColumn("Channel"),
            "out": column.TextColumn("Out"),
            "views": column.NumberColumn("Views", format="localized"),
            "rate": column.ProgressColumn("Engagement", format="percent", min_value=0.0, max_value=top or 1.0),
            "days": column.LineChartColumn("Views so far", y_min=0),
            "reach": column.NumberColumn("Reach", format="localized"),
            "likes": column.NumberColumn("Likes", format="localized"),
            "comments": column.NumberColumn("Comments", format="localized"),
            "shares": column.NumberColumn("Shares", format="localized"),
            "saves": column.NumberColumn("Saves", format="localized"),
            "clicks": column.NumberColumn("Clicks", format="localized"),
            "next": column.TextColumn("Read"),
            "link": column.LinkColumn("", display_text="Open"),
        },
    )


def _line(
    post: metrics.PostResult, pictures: dict[str, str], views: dict[UUID, list[int]], zone: str, now: datetime
) -> dict[str, Any]:
    return {
        "picture": pictures.get(post.file_key or ""),
        "post": post.name,
        "channel": channel_words(post.channel_name, post.platform, post.is_practice),
        "out": when(post.published_at, zone, now),
        "views": post.views,
        "rate": post.rate_ratio,
        "days": views.get(post.post_id, []),
        "reach": post.reach,
        "likes": post.likes,
        "comments": post.comments,
        "shares": post.shares,
        "saves": post.saves,
        "clicks": post.clicks,
        "next": _read_words(post, zone, now),
        "link": safe_link(post.permalink) or None,
    }


def _read_words(post: metrics.PostResult, zone: str, now: datetime) -> str:
    """When it was read, or why not, or when it will be."""
    if post.is_reading:
        return "reading now"
    if post.last_error:
        return post.last_error
    if post.taken_at is not None:
        return near(post.taken_at, zone, now)
    return f"at {near(post.next_pull_at, zone, now)}" if post.next_pull_at else "not planned"


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 5)
