"""What X says against a call, and which of our errors it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.kit.x import CREDITS_WAIT, is_duplicate, x_call

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "errors", "detail", "type", "title", "code", "error", "x"]), inner)
    ),
    max_leaves=12,
)


def _call(status: int, body: Any, *, writes: bool = True, **headers: str) -> dict[str, Any]:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=body, headers=headers)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    return x_call(
        http, "POST", "https://api.x.com/2/tweets", token=SecretStr("t" * 30), writes=writes, now=NOW, json={}
    )


def _refused(status: int, body: Any, **more: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        _call(status, body, **more)
    return caught.value


def _problem(status: int, kind: str = "", **more: Any) -> dict[str, Any]:
    host = "https://api.twitter.com/2/problems/"
    return {
        "title": "No",
        "detail": "No.",
        "type": f"{host}{kind}" if kind else "about:blank",
        "status": status,
        **more,
    }


DUPLICATE = "You are not allowed to create a Tweet with duplicate content."


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, _problem(400, "invalid-request"), Rejected),
        (401, _problem(401), CredentialsExpired),
        (403, _problem(403, "unsupported-authentication"), CredentialsExpired),
        (400, {"errors": [{"code": 89, "message": "Invalid or expired token."}]}, CredentialsExpired),
        (403, _problem(403), Rejected),
        (403, _problem(403, "client-forbidden"), PermissionMissing),
        (403, _problem(403, "user-suspended"), PermissionMissing),
        (403, {"errors": [{"code": 326, "message": "Locked."}]}, PermissionMissing),
        (402, {"title": "CreditsDepleted", "detail": "No credits.", "type": "about:blank"}, RateLimited),
        (403, _problem(403, "usage-capped"), RateLimited),
        (429, {"title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank"}, RateLimited),
        (403, _problem(403, detail=DUPLICATE), OutcomeUnknown),
        (403, {"errors": [{"code": 187, "message": "Status is a duplicate."}]}, OutcomeUnknown),
        (401, {"error": "unauthorized_client", "error_description": "Missing header"}, Rejected),
        (400, {"error": "invalid_grant", "error_description": "No."}, CredentialsExpired),
        (503, {"title": "Service Unavailable"}, OutcomeUnknown),
        (200, {"errors": [_problem(404, "resource-not-found")]}, OutcomeUnknown),
        (200, ["surprise"], OutcomeUnknown),
    ],
)
def test_each_refusal_is_one_of_our_errors(status: int, body: Any, error: type[ProviderError]) -> None:
    assert type(_refused(status, body)) is error


def test_a_partial_answer_is_an_answer() -> None:
    assert _call(200, {"data": [], "errors": [_problem(404)]})["data"] == []


def test_an_answer_without_content_while_reading_says_nothing() -> None:
    assert type(_refused(200, {"errors": [_problem(404)]}, writes=False)) is Unavailable


def test_only_a_duplicate_is_a_duplicate() -> None:
    assert is_duplicate(_refused(403, _problem(403, detail=DUPLICATE)))
    assert not is_duplicate(_refused(403, _problem(403)))
    assert not is_duplicate(_refused(500, {}))


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": str(AT + 600)}, timedelta(minutes=10)),
        (
            {
                "x-rate-limit-remaining": "50",
                "x-rate-limit-reset": str(AT + 600),
                "x-user-limit-24hour-remaining": "0",
                "x-user-limit-24hour-reset": str(AT + 7_200),
            },
            timedelta(hours=2),
        ),
        ({"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "99999999999999"}, timedelta(days=1)),
        ({"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "soon"}, timedelta(minutes=5)),
    ],
)
def test_the_wait_is_that_of_the_limit_that_is_used_up(headers: dict[str, str], wait: timedelta) -> None:
    error = _refused(429, {"title": "Too Many Requests"}, **headers)
    assert isinstance(error, RateLimited) and error.retry_at == NOW + wait


def test_spent_credits_name_the_place_where_they_are_bought_and_wait_an_hour() -> None:
    error = _refused(402, {"title": "CreditsDepleted", "detail": "…", "type": "about:blank"})
    assert isinstance(error, RateLimited) and error.retry_at == NOW + CREDITS_WAIT
    assert "developer console" in error.sentence


@given(st.integers(200, 599), JSON, st.booleans())
def test_no_damaged_answer_is_anything_but_a_value_or_one_of_our_errors(status: int, body: Any, writes: bool) -> None:
    try:
        assert isinstance(_call(status, body, writes=writes), dict)
    except ProviderError as error:
        assert error.sentence
