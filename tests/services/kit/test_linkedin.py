"""LinkedIn's refusals as ours, its version as a date, and which addresses are its own."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
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
from services.kit.linkedin import (
    VERSION,
    ApiVersion,
    duplicate_in,
    in_path,
    is_post,
    linkedin_call,
    put_bytes,
)
from services.kit.rest import said_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
API = "https://api.linkedin.com/rest"
# As recorded by a client in December 2023, the message shortened.
DUPLICATE = {
    "message": "BadRequestResponseException: Content is a duplicate of urn:li:share:7141138937766391808",
    "errorDetails": {"inputErrors": [{"description": "Duplicate post is detected", "code": "DUPLICATE_POST"}]},
    "status": 422,
}


def _call(status: int, body: Any = None, *, writes: bool = True, **headers: str) -> Any:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=body, headers=headers)

    http = httpx.Client(transport=httpx.MockTransport(answer))
    method = "POST" if writes else "GET"
    return linkedin_call(http, method, f"{API}/posts", token=SecretStr("t" * 30), writes=writes, now=NOW)


def _code(code: str) -> dict[str, Any]:
    return {"code": code, "message": "No."}


def test_every_call_names_its_version_and_the_protocol() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    linkedin_call(http, "GET", f"{API}/posts", token=SecretStr("t"), writes=False, now=NOW, finder=True)
    assert sent[0].headers["linkedin-version"] == VERSION.name
    assert sent[0].headers["x-restli-protocol-version"] == "2.0.0"
    assert sent[0].headers["x-restli-method"] == "FINDER"


@pytest.mark.parametrize(
    ("status", "body", "writes", "error"),
    [
        (401, _code("EXPIRED_ACCESS_TOKEN"), True, CredentialsExpired),
        (403, _code("ACCESS_DENIED"), True, PermissionMissing),
        (403, {"serviceErrorCode": 100, "message": "processing fields [/author]"}, True, PermissionMissing),
        (409, _code("CONFLICT"), True, OutcomeUnknown),
        (409, _code("CONFLICT"), False, Unavailable),
        (422, DUPLICATE, True, OutcomeUnknown),
        (422, {"message": "ERROR :: /commentary :: too long", "status": 422}, True, Rejected),
        (400, _code("FIELD_LENGTH_TOO_LONG"), True, Rejected),
        (400, _code("MEDIA_ASSET_WAITING_UPLOAD"), True, Unavailable),
        (400, _code("VERSION_MISSING"), True, Rejected),
        (426, _code("NONEXISTENT_VERSION"), True, Rejected),
        (413, None, True, Rejected),
        (504, None, True, OutcomeUnknown),
        (503, None, False, Unavailable),
        (400, "words", True, Rejected),
        (400, {"errorDetails": {"inputErrors": [None, {}]}, "code": True}, True, Rejected),
    ],
)
def test_each_refusal_is_one_of_our_errors(status: int, body: Any, writes: bool, error: type[ProviderError]) -> None:
    with pytest.raises(ProviderError) as caught:
        _call(status, body, writes=writes)
    assert type(caught.value) is error


def test_a_version_that_has_ended_is_said_in_words() -> None:
    with pytest.raises(Rejected) as caught:
        _call(426, _code("NONEXISTENT_VERSION"))
    assert f"version {VERSION.name}" in caught.value.sentence


def test_a_used_up_day_waits_for_the_next_one_and_a_told_wait_is_kept() -> None:
    with pytest.raises(RateLimited) as caught:
        _call(429, _code("TOO_MANY_REQUESTS"))
    assert caught.value.retry_at == datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
    with pytest.raises(RateLimited) as caught:
        _call(429, _code("TOO_MANY_REQUESTS"), **{"retry-after": "90"})
    assert caught.value.retry_at == NOW + timedelta(seconds=90)


def test_the_code_nearest_to_the_cause_and_the_trace_are_kept_for_support() -> None:
    with pytest.raises(OutcomeUnknown) as caught:
        _call(422, DUPLICATE, **{"x-li-uuid": "AAY"})
    said = said_of(caught.value)
    assert said is not None and (said.code, said.trace) == ("DUPLICATE_POST", "AAY")
    assert duplicate_in(said) == "urn:li:share:7141138937766391808"


@pytest.mark.parametrize(
    ("urn", "verdict"), [("urn:li:share:7", True), ("urn:li:ugcPost:7", True), ("urn:li:image:7", False), ("", False)]
)
def test_what_is_a_post(urn: str, verdict: bool) -> None:
    assert is_post(urn) is verdict


def test_a_urn_is_one_segment_of_a_path() -> None:
    assert in_path("urn:li:share:7/../x") == "urn%3Ali%3Ashare%3A7%2F..%2Fx"


@pytest.mark.parametrize(
    ("status", "error"), [(401, CredentialsExpired), (413, Rejected), (429, RateLimited), (502, OutcomeUnknown)]
)
def test_a_refused_upload_is_one_of_our_errors(status: int, error: type[ProviderError]) -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(status)))
    with pytest.raises(ProviderError) as caught:
        put_bytes(http, "https://www.linkedin.com/1", b"x", token=None, now=NOW)
    assert type(caught.value) is error


def test_a_version_warns_sixty_days_before_it_ends() -> None:
    version = ApiVersion("202601", date(2027, 1, 15))
    assert (version.days_left(date(2026, 11, 21)), version.is_ending(date(2026, 11, 15))) == (55, False)
    assert version.is_ending(date(2026, 11, 16)) and version.is_ending(date(2027, 2, 1))
    assert not VERSION.is_ending(date(2026, 11, 21)) and len(VERSION.name) == 6
