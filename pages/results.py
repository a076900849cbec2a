"""Results: how published posts did, per day, per channel, post by post."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import streamlit as st

from pages.parts import doors, paths, pickers, result_rows
from pages.parts.counts import counted
from pages.parts.csv import csv_button
from pages.parts.empty import empty, no_match
from pages.parts.figures import gains_figure, rates_figure
from pages.parts.look import card, card_head, header, kpis, toolbar
from pages.parts.notices import notices
from pages.parts.schedule_link import schedule_link
from pages.parts.zones import day, near, wall_now
from services import accounts, brands, identity, metrics
from services.kit.db import Scope

_RANGES = {"7 d": 7, "30 d": 30, "90 d": 90, "Year": 365}
_MEASURES = {"Views": "views", "Engagement": "engagement"}


def page() -> None:
    person = doors.require()
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        all_brands, channels, now = brands.brands(tx), accounts.channels(tx), tx.now
    top = st.container()
    with toolbar("results"):
        days, channel_ids = _filters(channels)
        brand = pickers.brand(all_brands, key="results-brand")
    since = now - timedelta(days=days)
    with app.tx(scope) as tx:
        posts = metrics.results(tx, brand.id, since=since, until=now, channel_ids=channel_ids)
        snapshots, reading = metrics.daily(tx, posts, brand.time_zone), metrics.count_reading(tx, brand.id)
    with top, header("Results", _freshness(posts, since, brand.time_zone, now)):
        if posts:
            schedule_link(person.role, "pull_metrics", key="results", brand_id=brand.id)
        _acts(posts, scope, identity.can(person.role, identity.Act.SCHEDULE))
    if not posts:
        _nothing(is_filtered=bool(channel_ids), days=days)
        return
    gains = metrics.day_gains(snapshots)
    _tiles(posts, gains)
    if any(post.taken_at for post in posts):
        _charts(posts, gains)
    else:
        _not_read_yet()
    with card("results-posts", gap="small"):
        card_head("Posts behind these numbers", counted(len(posts), "post"))
        result_rows.table(posts, snapshots, brand.time_zone, now)
    if reading:
        _watch(brand.id, scope, reading)


@st.fragment(run_every=2)
def _watch(brand_id: UUID, scope: Scope, shown: int) -> None:
    """While posts are being read: draw the screen again as soon as their number is not the one that is shown."""
    with doors.app().tx(scope) as tx:
        running = metrics.count_reading(tx, brand_id)
    if running != shown:
        st.rerun()


def _filters(channels: Sequence[accounts.Channel]) -> tuple[int, list[UUID] | None]:
    """Range and channels, both in the address; what is not known there is ignored."""
    chosen = st.segmented_control(
        "Range",
        list(_RANGES),
        default="30 d",
        required=True,
        key="results-range",
        bind="query-params",
        label_visibility="collapsed",
    )
    by_id = {str(channel.id): channel for channel in channels}
    names = {key: result_rows.channel_words(one.name, one.platform, one.is_practice) for key, one in by_id.items()}
    ticked = st.multiselect(
        "Channels",
        list(by_id),
        format_func=lambda key: names.get(key, ""),
        placeholder="All channels",
        key="results-channels",
        bind="query-params",
        label_visibility="collapsed",
        width=320,
    )
    return _RANGES.get(chosen or "", 30), [by_id[key].id for key in ticked if key in by_id] or None


def _acts(posts: list[metrics.PostResult], scope: Scope, may_pull: bool) -> None:
    csv_button(
        "loopdesk-results",
        result_rows.CSV_HEADER,
        lambda: result_rows.csv_rows(posts),
        key="results-csv",
    )
    if may_pull and posts:
        st.button(
            "Pull now",
            type="primary",
            icon=":material/refresh:",
            key="results-pull",
            on_click=_pull,
            args=(posts, scope),
        )


def _pull(posts: list[metrics.PostResult], scope: Scope) -> None:
    with notices("Started. The figures follow in a moment; you can leave this page.", quiet_error=True):
        with doors.app().tx(scope) as tx:
            for post in (one for one in posts if metrics.is_read(one.platform)):
                metrics.pull_now(tx, post.post_id)


def _nothing(*, is_filtered: bool, days: int) -> None:
    if is_filtered:
        no_match(key="results", clear=_clear, sentence=f"No posts on these channels in the last {days} days.")
        return
    sentence = "Figures arrive 6, 24 and 72 hours after a post went out, and whenever you ask for them."
    with empty("No results yet.", sentence, key="results"):
        if paths.has("calendar") and st.button("Open the calendar", type="primary", key="results-calendar"):
            paths.go("calendar")


def _not_read_yet() -> None:
    sentence = "The first reading is taken 6 hours after a post went out. Press “Pull now” to read at once."
    empty("Out, but not read yet", sentence, key="results-unread", height=260)


def _clear() -> None:
    result_rows.clear_filters()


def _freshness(posts: list[metrics.PostResult], since: datetime, zone: str, now: datetime) -> str:
    today = wall_now(now, zone).date()
    latest = max((post.taken_at for post in posts if post.taken_at), default=None)
    read = f"read {near(latest, zone, now)}" if latest else "not read yet"
    running = sum(post.is_reading for post in posts)
    tail = f" · {running} being read now" if running else ""
    return f"{day(wall_now(since, zone).date(), today)} to {day(today, today)} · {read}{tail}"


def _tiles(posts: list[metrics.PostResult], gains: list[metrics.DayGain]) -> None:
    views, engaged = result_rows.per_day(gains, "views"), result_rows.per_day(gains, "engagement")
    rates = [done / seen if seen else 0.0 for done, seen in zip(engaged, views, strict=True)]
    tiles = (
        ("Views", metrics.total(post.views for post in posts), "compact", views),
        ("Engagement", metrics.total(post.engagement for post in posts), "compact", engaged),
        ("Engagement rate", metrics.rate_of(posts), "percent", rates),
        ("Link clicks", metrics.total(post.clicks for post in posts), "compact", []),
    )
    with kpis(4, min_column_width=150) as grid:
        for name, value, style, trend in tiles:
            chart = {"chart_data": trend, "chart_type": "area"} if len(trend) > 2 else {}
            look = {"border": True, "height": "stretch", **chart}
            grid.metric(name, "–" if value is None else value, format=style if value is not None else None, **look)


def _charts(posts: list[metrics.PostResult], gains: list[metrics.DayGain]) -> None:
    dark = st.context.theme.type == "dark"
    left, right = st.columns([1.7, 1], gap="small")
    with left, card("results-days", gap="small"):
        with st.container(horizontal=True, horizontal_alignment="distribute", key="results-days-head"):
            card_head("Gained per day", "by post")
            measure = st.segmented_control(
                "Measure",
                list(_MEASURES),
                default="Views",
                required=True,
                key="results-measure",
                bind="query-params",
                label_visibility="collapsed",
            )
        names = {post.post_id: result_rows.post_words(post) for post in posts}
        chosen = _MEASURES.get(measure or "", "views")
        figure = gains_figure(gains, chosen, names, dark=dark)
        words = f"{measure} gained per day, stacked by post"
        st.plotly_chart(figure, config={"displayModeBar": False}, alt=words, key="results-chart-days")
    with right, card("results-rates", gap="small", height="stretch"):
        card_head("Engagement rate by channel", "per view")
        figure = rates_figure(result_rows.rates(posts), dark=dark)
        st.plotly_chart(
            figure, config={"displayModeBar": False}, alt="Engagement rate by channel", key="results-chart-rates"
        )
