"""Pinterest's envelope: what its codes mean, how long a rate limit lasts, and that the app's secret stays hidden."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from services.kit.errors import CredentialsExpired, PermissionMissing, RateLimited, Rejected
from services.kit.pinterest import pinterest_call
from services.kit.rest import said_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
URL = "https://api.pinterest.com/v5/pins"


def call(answer: httpx.Response, **sent: Any) -> Any:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: answer))
    terms = {"token": SecretStr("pina_1"), "writes": False, "now": NOW} | sent
    return pinterest_call(http, "GET", URL, **terms)


def refusal(status: int, code: object, message: object = "No.", **headers: str) -> httpx.Response:
    return httpx.Response(status, json={"code": code, "message": message}, headers=headers)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (401, 2, CredentialsExpired),
        (401, None, CredentialsExpired),
        (401, 3, PermissionMissing),
        (403, 29, Rejected),
        (403, 7, Rejected),
        (404, 40, Rejected),
    ],
)
def test_a_code_says_what_can_be_done(status: int, code: object, error: type[Exception]) -> None:
    with pytest.raises(error) as caught:
        call(refusal(status, code))
    assert type(caught.value) is error


def test_an_app_on_trial_reads_what_it_lacks() -> None:
    with pytest.raises(Rejected, match="Standard access"):
        call(refusal(403, 29, "use API Sandbox"))


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-reset": "40"}, 40),
        ({"x-ratelimit-reset": "40, 40;w=60"}, 40),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 70)}, 70),
        ({"x-ratelimit-reset": "1000000001"}, 1),
        ({"x-ratelimit-reset": "999999"}, 86_400),
        ({"x-ratelimit-reset": "40", "retry-after": "7"}, 7),
        ({"x-ratelimit-reset": "soon"}, 300),
        ({}, 300),
    ],
)
def test_a_rate_limit_ends_when_it_says(headers: dict[str, str], seconds: int) -> None:
    with pytest.raises(RateLimited) as caught:
        call(refusal(429, 8, **headers))
    assert caught.value.retry_at == NOW + timedelta(seconds=seconds)


def test_a_spam_block_does_not_pass_by_waiting() -> None:
    with pytest.raises(Rejected):
        call(refusal(429, 8, "Flagged as SPAM"))


@pytest.mark.parametrize("body", [[], None, {"code": True, "message": {"x": 1}}, "text"])
def test_an_envelope_that_is_none_is_classified_by_its_status(body: Any) -> None:
    with pytest.raises(Rejected) as caught:
        call(httpx.Response(400, json=body))
    said = said_of(caught.value)
    assert said is not None and (said.status, said.code, said.told) == (400, "", "")


def test_the_app_signs_in_by_basic_and_its_secret_is_told_nowhere() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return refusal(400, 1, "client_secret=hush was wrong")

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with pytest.raises(Rejected) as caught:
        app = ("1417", SecretStr("hush"))
        pinterest_call(http, "POST", URL, token=None, writes=False, now=NOW, app=app, form={"a": "b"})
    assert seen == ["Basic MTQxNzpodXNo"] and "hush" not in caught.value.sentence
