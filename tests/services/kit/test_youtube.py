"""Google's answers: envelopes of two kinds, quotas that end in California, words for people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.http import redact
from services.kit.rest import said_of
from services.kit.youtube import next_quota_day, youtube_call

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def call(status: int, body: Any, *, writes: bool = True, **headers: str) -> ProviderError:
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, json=body, headers=headers)))
    with pytest.raises(ProviderError) as caught:
        youtube_call(http, "POST", "https://www.googleapis.com/x", token=None, writes=writes, now=NOW)
    return caught.value


@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 7, 0, tzinfo=UTC), datetime(2026, 7, 2, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), datetime(2026, 11, 2, 8, 0, tzinfo=UTC)),  # a day of 25 hours
        (datetime(2026, 3, 8, 8, 30, tzinfo=UTC), datetime(2026, 3, 9, 7, 0, tzinfo=UTC)),  # a day of 23 hours
    ],
)
def test_a_day_of_quota_ends_at_midnight_in_california_in_summer_and_winter(now: datetime, midnight: datetime) -> None:
    assert next_quota_day(now) == midnight and now < next_quota_day(now) <= now + timedelta(hours=25)


def test_the_reason_decides_and_the_sentence_is_ours_without_markup() -> None:
    row = {"reason": "quotaExceeded", "domain": "youtube.quota", "message": "x"}
    error = call(403, {"error": {"code": 403, "message": 'See <a href="/q">quota</a>.', "errors": [row]}})
    said = said_of(error)
    assert isinstance(error, RateLimited) and said is not None and said.code == "quotaExceeded"
    assert error.sentence == "YouTube's quota for today is used up. (403 quotaExceeded)"
    odd = call(400, {"error": {"message": 'See <a href="/q">this</a>.', "errors": [{"reason": "odd"}]}})
    assert odd.sentence == "See this. (400 odd)"


@pytest.mark.parametrize(
    "body", [{"error": {"errors": "x", "message": 5}}, {"error": {"errors": [None]}}, {"error": 5}, {"error": {}}, "x"]
)
def test_an_envelope_that_is_damaged_is_a_refusal_by_its_status(body: Any) -> None:
    assert type(call(400, body)) is Rejected
    assert type(call(503, body)) is OutcomeUnknown and type(call(503, body, writes=False)) is Unavailable


@pytest.mark.parametrize("body", [[], "x", 5, {"error": {"errors": [{"reason": "quotaExceeded"}]}}])
def test_a_good_status_around_something_else_is_no_answer(body: Any) -> None:
    assert type(call(200, body)) is OutcomeUnknown


def test_a_rate_waits_as_long_as_it_is_told() -> None:
    body = {"error": {"errors": [{"reason": "userRateLimitExceeded"}]}}
    error = call(403, body, **{"retry-after": "30"})
    assert isinstance(error, RateLimited) and error.retry_at == NOW + timedelta(seconds=30)


def test_a_sessions_address_shows_up_nowhere_in_full() -> None:
    assert redact("https://x/upload?uploadType=resumable&upload_id=AB1") == (
        "https://x/upload?uploadType=resumable&upload_id=[hidden]"
    )
    assert redact("https://x/revoke?token=1//abc") == "https://x/revoke?token=[hidden]"
