"""TikTok's envelope: success only where it says ok, whatever the status."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.rest import said_of
from services.kit.tiktok import tiktok_call, tiktok_token_call

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "act.a-token-that-nobody-may-ever-see-0123456789"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["data", "error", "code"]), inner),
    max_leaves=8,
)


def answer(status: int, body: Any) -> httpx.Client:
    given = {"content": body} if isinstance(body, bytes) else {"json": body}
    return httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(status, **given)))


def call(status: int, body: Any, *, writes: bool = True) -> dict[str, Any]:
    url = "https://open.example/v2/x/"
    return tiktok_call(answer(status, body), "POST", url, token=SecretStr(SECRET), writes=writes, now=NOW)


def envelope(code: Any, **more: Any) -> dict[str, Any]:
    return {"data": {"a": 1}, "error": {"code": code, "message": f"No {SECRET}", "log_id": "L1"}} | more


def test_ok_is_the_only_success_and_its_data_is_the_answer() -> None:
    assert call(200, envelope("ok")) == {"a": 1}
    assert call(200, envelope("ok", data=None)) == {}


def test_a_refusal_with_status_200_is_a_refusal() -> None:
    with pytest.raises(Rejected) as caught:
        call(200, envelope("spam_risk_user_banned_from_posting"))
    said = said_of(caught.value)
    assert said is not None and (said.code, said.trace) == ("spam_risk_user_banned_from_posting", "L1")
    assert SECRET not in f"{said}{caught.value.sentence}"


def test_ok_with_a_bad_status_is_no_success() -> None:
    with pytest.raises(OutcomeUnknown):
        call(500, envelope("ok"))
    with pytest.raises(Rejected):
        call(404, envelope("ok"))


@pytest.mark.parametrize("body", [{}, [], {"data": {}}, {"error": None}, {"error": {}}, b"<html>", b"", {"error": []}])
def test_an_answer_without_a_verdict_is_unknown_for_a_write_and_nothing_for_a_read(body: Any) -> None:
    with pytest.raises(OutcomeUnknown):
        call(200, body)
    with pytest.raises(Unavailable):
        call(200, body, writes=False)


def test_a_limit_per_day_leaves_the_wait_to_the_caller_and_a_rate_limit_does_not() -> None:
    with pytest.raises(RateLimited) as caught:
        call(403, envelope("spam_risk_too_many_posts"))
    assert caught.value.retry_at is None and "today" in caught.value.sentence
    with pytest.raises(RateLimited) as caught:
        call(429, envelope("rate_limit_exceeded"))
    assert caught.value.retry_at is not None and (caught.value.retry_at - NOW).total_seconds() >= 60


def test_the_token_address_answers_bare_and_its_words_are_not_kept() -> None:
    url, form = "https://open.example/v2/oauth/token/", {"refresh_token": SECRET}
    assert tiktok_token_call(answer(200, {"access_token": "a"}), url, form, now=NOW) == {"access_token": "a"}
    told = {"error": "invalid_grant", "error_description": f"{SECRET} is no longer good", "log_id": "L2"}
    for status in (200, 400, 401):
        with pytest.raises(CredentialsExpired) as caught:
            tiktok_token_call(answer(status, told), url, form, now=NOW)
        assert SECRET not in caught.value.sentence and "invalid_grant" in caught.value.sentence


def test_another_refusal_of_the_token_address_ends_no_connection() -> None:
    url = "https://open.example/v2/oauth/token/"
    with pytest.raises(Rejected):
        tiktok_token_call(answer(400, {"error": "invalid_request"}), url, {}, now=NOW)
    with pytest.raises(Unavailable):
        tiktok_token_call(answer(503, {"error": "server_error"}), url, {}, now=NOW)


@settings(max_examples=150)
@given(status=st.integers(100, 599), body=JSON | st.binary(max_size=40), writes=st.booleans())
def test_whatever_comes_back_is_data_or_one_of_our_errors(status: int, body: Any, writes: bool) -> None:
    try:
        assert isinstance(call(status, body, writes=writes), dict)
        assert body["error"]["code"] == "ok"
    except ProviderError:
        pass
