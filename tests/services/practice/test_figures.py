"""Insights of both platforms and the curve behind them."""

from itertools import pairwise

from services.practice.curves import figures
from tests.makers.practice import FACEBOOK_SCOPES, INSTAGRAM_ACME
from tests.services.practice.conftest import Platforms, error

METRICS = "views,reach,likes,comments,saved,shares,total_interactions"


def instagram(platforms: Platforms, post: str, metric: str = METRICS) -> dict[str, int]:
    answer = platforms.get(f"/instagram/v26.0/{post}/insights", platforms.admin.instagram_token(), metric=metric)
    return {row["name"]: row["values"][0]["value"] for row in answer.json()["data"]}


def test_totals_never_fall_and_keep_their_order() -> None:
    ages = [0, 1, 10, 60, 600, 3_600, 86_400, 604_800, 31_536_000]
    for number in range(50):
        seen = [figures(f"1805{number}", age) for age in ages]
        assert seen[0].views == 0 and figures("x", -5) == figures("x", 0)
        for before, after in pairwise(seen):
            assert after.views >= before.views and after.likes >= before.likes and after.shares >= before.shares
        assert 300 < seen[-1].views <= 9_000 and seen[-1].reach < seen[-1].views and seen[-1].likes < seen[-1].reach


def test_the_same_post_at_the_same_age_has_the_same_figures() -> None:
    assert figures("18051", 4_000) == figures("18051", 4_000) != figures("18052", 4_000)


def test_instagram_totals_grow_and_add_up(platforms: Platforms) -> None:
    post = platforms.posted(platforms.admin.instagram_token())
    platforms.clock.move(minutes=1)
    early = instagram(platforms, post)
    platforms.clock.move(days=1)
    late = instagram(platforms, post)
    assert list(late) == METRICS.split(",") and late["views"] > early["views"] > 0
    assert late["total_interactions"] == sum(late[name] for name in ("likes", "comments", "saved", "shares"))
    fields = "like_count,comments_count"
    node = platforms.get(f"/instagram/v26.0/{post}", platforms.admin.instagram_token(), fields=fields).json()
    assert node["like_count"] == late["likes"]


def test_one_invalid_metric_fails_the_whole_call(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    post = platforms.posted(token)
    path = f"/instagram/v26.0/{post}/insights"
    assert error(platforms.get(path, token, metric="views,impressions")) == (100, None)
    assert error(platforms.get(path, token)) == (100, None)
    assert error(platforms.get(f"/instagram/v26.0/{INSTAGRAM_ACME}/insights", token, metric="views")) == (100, 33)


def test_figures_that_are_not_there_yet_are_missing_not_zero(platforms: Platforms) -> None:
    platforms.admin.settings(insights_delay_seconds=3_600)
    post = platforms.posted(platforms.admin.instagram_token())
    page = platforms.admin.page_token()
    photo = platforms.photo(page).json()["post_id"]
    path = f"/facebook/v26.0/{photo}/insights"
    assert instagram(platforms, post) == {}
    assert platforms.get(path, page, metric="post_media_view").json() == {"data": []}
    platforms.clock.move(hours=1)
    assert instagram(platforms, post)["views"] > 0
    assert platforms.get(path, page, metric="post_media_view").json()["data"][0]["values"][0]["value"] > 0


def test_facebook_answers_living_metrics_and_refuses_dead_ones(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    post = platforms.photo(token).json()
    path = f"/facebook/v26.0/{post['post_id']}/insights"
    platforms.clock.move(days=3)

    def value(metric: str) -> object:
        return platforms.get(path, token, metric=metric).json()["data"][0]["values"][0]["value"]

    views, reach = value("post_media_view"), value("post_total_media_view_unique")
    assert isinstance(views, int) and isinstance(reach, int) and views > reach > 0
    assert value("post_reactions_by_type_total") == {
        "like": value("post_reactions_like_total"),
        "love": value("post_reactions_love_total"),
    }
    for dead in ("post_impressions", "post_impressions_unique", "post_engaged_users", "post_media_view,page_fans"):
        assert error(platforms.get(path, token, metric=dead)) == (100, None)
    assert error(platforms.get(f"/facebook/v26.0/{post['id']}/insights", token, metric="post_clicks")) == (100, 33)


def test_facebook_insights_want_the_page_token_and_the_scope(platforms: Platforms) -> None:
    post = platforms.photo(platforms.admin.page_token()).json()["post_id"]
    path = f"/facebook/v26.0/{post}/insights"
    assert error(platforms.get(path, platforms.admin.user_token(), metric="post_clicks")) == (190, 2069032)
    narrow = platforms.admin.page_token(*[scope for scope in FACEBOOK_SCOPES if scope != "read_insights"])
    assert error(platforms.get(path, narrow, metric="post_clicks")) == (10, None)
