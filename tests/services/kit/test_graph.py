"""The error tables of the Graph APIs: what a refusal means, and that no secret gets into it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    ProviderError,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.kit.graph import fault_of, graph_call

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOKEN = SecretStr("IGAA" + "7f" * 30)


def call(answer: httpx.Response | Exception, *, writes: bool = False, **more: Any) -> dict[str, Any]:
    def respond(_request: httpx.Request) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        return answer

    http = httpx.Client(transport=httpx.MockTransport(respond))
    verb = "POST" if writes else "GET"
    return graph_call(http, verb, "https://graph.test/v26.0/me", token=TOKEN, writes=writes, now=NOW, **more)


def refusal(code: int, subcode: int | None = None, *, status: int = 400, **more: Any) -> httpx.Response:
    error = {"message": "words", "code": code, "fbtrace_id": "Atrace", **more}
    if subcode is not None:
        error["error_subcode"] = subcode
    return httpx.Response(status, json={"error": error})


def raised(answer: httpx.Response | Exception, *, writes: bool = False) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        call(answer, writes=writes)
    return caught.value


@pytest.mark.parametrize(
    ("answer", "on_read", "on_write"),
    [
        (refusal(190, 463, status=401), CredentialsExpired, CredentialsExpired),
        (refusal(10, status=403), CredentialsExpired, CredentialsExpired),
        (refusal(200), CredentialsExpired, CredentialsExpired),
        (refusal(4), RateLimited, RateLimited),
        (refusal(80001), RateLimited, RateLimited),
        (refusal(9, 2207042), RateLimited, RateLimited),
        (refusal(4, 2207051), RateLimited, OutcomeUnknown),
        (refusal(24, 2207006), Rejected, OutcomeUnknown),
        (refusal(506), Rejected, OutcomeUnknown),
        (refusal(9007, 2207027), Unavailable, Unavailable),
        (refusal(1), Unavailable, OutcomeUnknown),
        (refusal(2, status=503), Unavailable, OutcomeUnknown),
        (refusal(77, is_transient=True), Unavailable, OutcomeUnknown),
        (refusal(36003, 2207009), Rejected, Rejected),
        (refusal(100, 33), Rejected, Rejected),
        (refusal(424242), Rejected, Rejected),
        (httpx.Response(502, text="<html>bad gateway</html>"), Unavailable, OutcomeUnknown),
        (httpx.Response(429, text="slow"), RateLimited, RateLimited),
        (httpx.Response(200, text="<html>hello</html>"), Unavailable, OutcomeUnknown),
        (httpx.Response(200, json=[1]), Unavailable, OutcomeUnknown),
        (httpx.Response(302, headers={"location": "https://elsewhere.test"}), Rejected, Rejected),
        (httpx.ReadTimeout("slow"), Unavailable, OutcomeUnknown),
        (httpx.ConnectError("refused"), Unavailable, Unavailable),
    ],
)
def test_a_refusal_is_classified_on_its_codes(
    answer: httpx.Response | Exception, on_read: type[ProviderError], on_write: type[ProviderError]
) -> None:
    assert type(raised(answer)) is on_read
    assert type(raised(answer, writes=True)) is on_write


def test_an_answer_is_returned_and_the_token_travels_in_a_header() -> None:
    seen = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"id": "1"})

    http = httpx.Client(transport=httpx.MockTransport(respond))
    answer = graph_call(
        http, "GET", "https://graph.test/me", token=TOKEN, writes=False, now=NOW, params={"fields": "id"}
    )
    assert answer == {"id": "1"}
    assert seen[0].headers["authorization"] == f"Bearer {TOKEN.get_secret_value()}"
    assert TOKEN.get_secret_value() not in str(seen[0].url)


def test_the_envelope_stays_readable_behind_the_error() -> None:
    error = raised(refusal(36003, 2207009, error_user_msg="The aspect ratio is not supported."))
    fault = fault_of(error)
    assert fault is not None
    assert fault.pair == (36003, 2207009)
    assert error.sentence == "The aspect ratio is not supported. (code 36003/2207009, trace Atrace)"
    assert fault_of(raised(httpx.ReadTimeout("slow"))) is None


def test_the_flat_envelope_of_the_token_address_is_understood() -> None:
    flat = {"error_type": "OAuthException", "code": 400, "error_message": "Matching code was not found"}
    error = raised(httpx.Response(400, json=flat))
    assert type(error) is Rejected
    assert "Matching code was not found" in error.sentence


def test_a_quoted_token_is_hidden() -> None:
    quoted = TOKEN.get_secret_value()
    for answer in (
        refusal(190, message=f"Malformed access token {quoted}"),
        refusal(100, message=f"bad {quoted} here"),
    ):
        error = raised(answer)
        assert quoted not in error.sentence + repr(error) + repr(error.__cause__)


def test_the_time_to_wait_comes_from_the_headers_where_they_tell() -> None:
    told = refusal(80002)
    told.headers["x-business-use-case-usage"] = '{"17":[{"type":"instagram","estimated_time_to_regain_access":42}]}'
    later = refusal(4)
    later.headers["retry-after"] = "90"
    silent, broken = refusal(17), refusal(17)
    broken.headers["x-business-use-case-usage"] = "[not json"
    waits = [raised(answer).retry_at for answer in (told, later, silent, broken, refusal(9, 2207042))]  # type: ignore[attr-defined]
    minutes = [42, 1.5, 5, 5, 60]
    assert waits == [NOW + timedelta(minutes=each) for each in minutes]
