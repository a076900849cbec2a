"""How the readers read: missing is not zero, one refused metric costs only itself. Shapes: Graph v26.0, Sep 2026."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.accounts import PlatformHost, Token
from services.kit.errors import CredentialsExpired, RateLimited, Rejected, Unavailable
from services.metrics.models import Figures
from services.metrics.reader import value_of
from services.metrics.registry import READERS, reader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "IGAA-a-token-that-nobody-may-ever-see"
HOST = PlatformHost("", "", "https://graph.test", "https://graph.test/v26.0", "", "app", SecretStr("s"), False)
VALUES = {
    "views": 812,
    "reach": 700,
    "shares": 3,
    "likes": 40,
    "comments": 5,
    "saved": 9,
    "post_media_view": {"paid": 12, "organic": 800},
    "post_total_media_view_unique": 650,
    "post_clicks": 21,
    "post_reactions_by_type_total": {"like": 30, "love": 10},
}


def token(platform: str) -> Token:
    return Token(
        channel_id=UUID(int=1),
        platform=platform,
        is_practice=False,
        remote_id="10",
        handle="",
        secret=SecretStr(SECRET),
    )


def refusal(code: int, subcode: int | None = None, status: int = 400) -> httpx.Response:
    error: dict[str, Any] = {"message": "no", "code": code, "fbtrace_id": "A1"}
    return httpx.Response(status, json={"error": error | ({"error_subcode": subcode} if subcode else {})})


def platform_that(
    refuses: dict[str, httpx.Response] | None = None, node: dict[str, Any] | None = None, silent: tuple[str, ...] = ()
) -> tuple[httpx.Client, list[httpx.Request]]:
    """Answers insights from `VALUES`; a metric in `refuses` fails its whole call, one in `silent` has no data yet."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        asked = request.url.params.get("metric") or request.url.params.get("fields", "")
        for name, answer in (refuses or {}).items():
            if name in asked.split(",") or (name == "comments" and asked.startswith("comments.")):
                return answer
        if request.url.path.endswith("/insights"):
            rows = [
                {"name": name, "period": "lifetime", "values": [{"value": VALUES[name]}]}
                for name in asked.split(",")
                if name not in silent
            ]
            paging = {"next": f"https://graph.test/next?access_token={SECRET}"}
            return httpx.Response(200, json={"data": rows, "paging": paging})
        return httpx.Response(200, json={"id": "1", **(node or {})})

    return httpx.Client(transport=httpx.MockTransport(respond)), seen


INSTAGRAM_NODE = {"media_product_type": "FEED", "like_count": 41, "comments_count": 6}
FACEBOOK_NODE = {"shares": {"count": 2}, "comments": {"summary": {"total_count": 7}}}


def read(platform: str, **how: Any) -> tuple[Figures, dict[str, Any], list[httpx.Request]]:
    how.setdefault("node", INSTAGRAM_NODE if platform == "instagram" else FACEBOOK_NODE)
    http, seen = platform_that(**how)
    reading = reader(platform).read(HOST, token(platform), "10_1", http=http, now=NOW)
    return reading.figures, reading.raw, seen


def test_instagram_reads_everything_in_two_calls() -> None:
    figures, raw, seen = read("instagram")
    assert figures == Figures(views=812, reach=700, likes=40, comments=5, shares=3, saves=9)
    assert len(seen) == 2
    assert raw["refused"] == {}


def test_a_metric_that_is_not_valid_costs_only_itself() -> None:
    figures, raw, _ = read("instagram", refuses={"saved": refusal(100)})
    assert figures == Figures(views=812, reach=700, likes=40, comments=5, shares=3)
    assert raw["refused"] == {"saved": "code 100, trace A1"}


def test_below_the_data_threshold_the_counters_of_the_post_remain() -> None:
    figures, raw, seen = read("instagram", refuses={"views": refusal(10)})
    assert figures == Figures(likes=41, comments=6)
    assert len(seen) == 2
    assert set(raw["refused"]) == {"views", "reach", "shares", "likes", "comments", "saved"}


def test_no_data_yet_is_missing_and_not_zero() -> None:
    figures, _, _ = read("instagram", silent=("views", "reach"))
    assert figures.views is None
    assert figures.reach is None
    assert figures.likes == 40


def test_a_story_is_asked_for_what_stories_have() -> None:
    figures, _, seen = read("instagram", node={"media_product_type": "STORY"})
    assert seen[-1].url.params["metric"] == "views,reach,shares"
    assert (figures.views, figures.likes) == (812, None)


def test_facebook_asks_each_metric_alone_and_sums_parts() -> None:
    figures, _, seen = read("facebook")
    assert figures == Figures(views=812, reach=650, likes=40, comments=7, shares=2, clicks=21)
    assert [request.url.params["metric"] for request in seen if "metric" in request.url.params] == [
        "post_media_view",
        "post_total_media_view_unique",
        "post_clicks",
        "post_reactions_by_type_total",
    ]


def test_facebook_goes_on_where_one_metric_or_permission_is_refused() -> None:
    refuses = {"post_media_view": refusal(100), "comments": refusal(10, status=403)}
    figures, raw, _ = read("facebook", refuses=refuses)
    assert figures == Figures(reach=650, likes=40, shares=2, clicks=21)
    assert set(raw["refused"]) == {"post_media_view", "comments"}


def test_a_post_nobody_shared_has_no_count_of_shares() -> None:
    figures, _, _ = read("facebook", node={})
    assert (figures.shares, figures.comments) == (None, None)


@pytest.mark.parametrize("platform", READERS)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (lambda: refusal(190, 463, 401), CredentialsExpired),
        (lambda: refusal(100, 33), Rejected),
        (lambda: refusal(4), RateLimited),
        (lambda: httpx.Response(500), Unavailable),
    ],
)
def test_what_concerns_token_post_or_platform_is_raised(
    platform: str, answer: Callable[[], httpx.Response], error: type[Exception]
) -> None:
    for place in ("views", "post_clicks", "media_product_type", "shares"):
        http, _ = platform_that({place: answer()}, INSTAGRAM_NODE if platform == "instagram" else FACEBOOK_NODE)
        belongs = {"views": "instagram", "media_product_type": "instagram"}.get(place, "facebook")
        if belongs == platform:
            with pytest.raises(error):
                reader(platform).read(HOST, token(platform), "10_1", http=http, now=NOW)


@pytest.mark.parametrize("platform", READERS)
def test_no_token_is_kept_with_the_raw_answer(platform: str) -> None:
    figures, raw, _ = read(platform)
    assert SECRET not in str(raw) + str(figures)


def test_a_platform_nobody_reads_is_refused() -> None:
    with pytest.raises(Rejected):
        reader("myspace")


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (None, None),
        ({"values": []}, None),
        ({"values": [{"value": 0}]}, 0),
        ({"values": [{"value": {}}]}, 0),
        ({"values": [{"value": {"paid": "x"}}]}, None),
        ({"values": [{"value": "7"}]}, None),
        ({"total_value": {"value": 4}}, 4),
    ],
)
def test_odd_values_are_missing_not_guessed(row: dict[str, Any] | None, value: int | None) -> None:
    assert value_of(row) == value
