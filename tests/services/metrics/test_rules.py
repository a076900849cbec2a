"""Gains per day, rates, and when a post is read."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from services.metrics.models import Figures, Snapshot
from services.metrics.rules import day_gains, pull_times, rate_of, total

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def reading(post: UUID, day: int, views: int | None, likes: int | None = None) -> Snapshot:
    return Snapshot(post_id=post, on=date(2026, 11, day), taken_at=AT, views=views, likes=likes)


def test_a_post_is_read_after_six_twenty_four_and_seventy_two_hours() -> None:
    hours = {reason: (at - AT) / timedelta(hours=1) for reason, at in pull_times(AT).items()}
    assert hours == {"6h": 6, "24h": 24, "72h": 72}


def test_a_day_gains_what_its_last_reading_has_more_than_the_one_before() -> None:
    days = [reading(ONE, 20, 100, 5), reading(ONE, 21, 160, 9), reading(TWO, 21, 30, 1)]
    gains = [(gain.post_id, gain.on.day, gain.views, gain.engagement) for gain in day_gains(days)]
    assert gains == [(ONE, 20, 100, 5), (ONE, 21, 60, 4), (TWO, 21, 30, 1)]


def test_a_total_that_falls_gains_nothing_and_is_not_counted_twice() -> None:
    days = [reading(ONE, 20, 100), reading(ONE, 21, 90), reading(ONE, 22, 130)]
    assert [gain.views for gain in day_gains(days)] == [100, 0, 30]


def test_a_missing_figure_stays_missing() -> None:
    days = [reading(ONE, 20, None, 2), reading(ONE, 21, 50, None)]
    assert [(gain.views, gain.engagement) for gain in day_gains(days)] == [(None, 2), (50, None)]


def test_engagement_is_what_is_known_of_it() -> None:
    assert Figures(likes=3, comments=None, shares=1).engagement == 4
    assert Figures(views=10).engagement is None
    assert Figures(views=10, likes=2).rate_ratio == 0.2
    assert Figures(views=0, likes=2).rate_ratio is None


def test_a_rate_over_posts_counts_those_with_views_and_engagement() -> None:
    posts = [Figures(views=100, likes=10), Figures(views=900), Figures(likes=50)]
    assert rate_of(posts) == 0.1
    assert rate_of([]) is None
    assert total([None, 2, 3]) == 5
    assert total([None]) is None
