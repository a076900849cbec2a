"""Calls to JSON APIs: what they answer becomes a value or one of our five errors."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.rest import Reply, Said, rest_call, said_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = "a-token-that-nobody-may-ever-see-0123456789"


def _read(answer: httpx.Response, body: Any) -> Said | None:
    error = body.get("error") if isinstance(body, dict) else None
    return Said(answer.status_code, error["code"], error["message"], "T1") if error else None


def _call(status: int, body: Any = None, *, writes: bool = True, judge: Any = None, **headers: str) -> Reply:
    def answer(request: httpx.Request) -> httpx.Response:
        content = {"text": body} if isinstance(body, str) else {"json": body} if body is not None else {}
        return httpx.Response(status, headers=headers, **content)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    more = {"judge": judge} if judge else {}
    return rest_call(
        http, "POST", "https://api.example/x", token=SecretStr(SECRET), writes=writes, now=NOW, read=_read, **more
    )


def test_a_good_answer_is_its_value_and_its_headers() -> None:
    reply = _call(201, {"id": "7"}, **{"x-restli-id": "urn:7"})
    assert (reply.status, reply.body, reply.headers["X-RestLi-Id"]) == (201, {"id": "7"}, "urn:7")


def test_an_empty_answer_is_an_empty_object() -> None:
    assert _call(204).body == {}


@pytest.mark.parametrize(
    ("status", "body", "writes", "error"),
    [
        (500, {}, True, OutcomeUnknown),
        (502, "<html>", True, OutcomeUnknown),
        (408, {}, True, OutcomeUnknown),
        (200, "<html>", True, OutcomeUnknown),
        (302, None, True, OutcomeUnknown),
        (500, {}, False, Unavailable),
        (200, "<html>", False, Unavailable),
        (401, {}, True, CredentialsExpired),
        (429, {}, True, RateLimited),
        (403, {}, True, Rejected),
        (404, "<html>", True, Rejected),
    ],
)
def test_the_status_alone_decides_where_the_platform_says_nothing_we_know(
    status: int, body: Any, writes: bool, error: type[ProviderError]
) -> None:
    with pytest.raises(ProviderError) as caught:
        _call(status, body, writes=writes)
    assert type(caught.value) is error


def test_the_platforms_own_codes_decide_first_and_stay_readable() -> None:
    with pytest.raises(CredentialsExpired) as caught:
        _call(
            403,
            {"error": {"code": "scope_missing", "message": f"No {SECRET} here"}},
            judge=lambda said, writes, at: CredentialsExpired(said.sentence) if said.code == "scope_missing" else None,
        )
    said = said_of(caught.value)
    assert said is not None and (said.code, said.trace) == ("scope_missing", "T1")
    assert SECRET not in f"{caught.value.sentence}{said}"


@pytest.mark.parametrize(("part", "name"), [("form", "refresh_token"), ("form", "code"), ("params", "token")])
def test_a_secret_that_was_sent_and_is_quoted_back_is_hidden(part: str, name: str) -> None:
    body = {"error": {"code": "no", "message": f"We do not know “{SECRET}”."}}
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(400, json=body)))
    sent: dict[str, Any] = {part: {name: SECRET, "grant_type": "refresh_token"}}
    with pytest.raises(Rejected) as caught:
        rest_call(http, "POST", "https://api.example/x", token=None, writes=True, now=NOW, read=_read, **sent)
    assert SECRET not in f"{caught.value.sentence}{said_of(caught.value)}"


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "90"}, timedelta(seconds=90)),
        ({"x-rate-limit-reset": str(int(NOW.timestamp()) + 600)}, timedelta(minutes=10)),
        ({"x-rate-limit-reset": "1"}, timedelta(seconds=1)),
        ({"retry-after": "999999"}, timedelta(days=1)),
        ({"retry-after": "soon"}, timedelta(minutes=5)),
        ({}, timedelta(minutes=5)),
    ],
)
def test_a_rate_limit_says_when_to_come_back(headers: dict[str, str], wait: timedelta) -> None:
    with pytest.raises(RateLimited) as caught:
        _call(429, {}, **headers)
    assert caught.value.retry_at == NOW + wait
