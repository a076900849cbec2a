"""The one way of sending: what can go wrong on the wire becomes one of our errors, whatever it is."""

import httpx
import pytest

from services.kit.answers import hearing
from services.kit.errors import OutcomeUnknown, ProviderError, Unavailable
from services.kit.http import is_theirs, send

API = "https://api.linkedin.com/rest"


def damaged(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"this is no gzip"))


@pytest.mark.parametrize(("writes", "error"), [(True, OutcomeUnknown), (False, Unavailable)])
def test_an_answer_that_cannot_be_unpacked_is_no_clear_answer(writes: bool, error: type[ProviderError]) -> None:
    http = httpx.Client(transport=httpx.MockTransport(damaged))
    with pytest.raises(ProviderError) as caught:
        send(http, "POST", "https://api.example/x", writes=writes)
    assert type(caught.value) is error


def test_a_token_that_travels_in_another_way_is_hidden_where_the_answer_quotes_it() -> None:
    told = {"debug_info": {"message": "Bad header: OAuth EAAG0123456789secret"}}
    http = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(400, json=told)))
    headers = {"Authorization": "OAuth EAAG0123456789secret"}
    with hearing() as heard:
        send(http, "POST", "https://rupload.example/1", writes=False, headers=headers)
    assert "Bad header" in heard[0].body and "EAAG0123456789secret" not in str(heard)


@pytest.mark.parametrize("address", ["https://api.example/\x00x", "https://[::1", "https://api.example:99999x/"])
def test_an_address_that_is_none_is_never_sent_to(address: str) -> None:
    http = httpx.Client(transport=httpx.MockTransport(damaged))
    with pytest.raises(Unavailable):
        send(http, "PUT", address, writes=True)


@pytest.mark.parametrize(
    ("url", "api", "verdict"),
    [
        ("https://www.linkedin.com/dms-uploads/1", API, True),
        ("https://api.linkedin.com/x", API, True),
        ("http://www.linkedin.com/dms-uploads/1", API, False),
        ("https://www.linkedin.com:8443/dms-uploads/1", API, False),
        ("https://linkedin.com.evil.example/1", API, False),
        ("https://evil.example/.linkedin.com", API, False),
        ("https://x@www.linkedin.com/1", API, False),
        ("https://www.linkedin.com\\@evil.example/1", API, False),
        ("https://[broken/1", API, False),
        ("//www.linkedin.com/1", API, False),
        ("http://127.0.0.1:8601/linkedin/dms-uploads/1", "http://127.0.0.1:8601/linkedin/rest", True),
        ("http://127.0.0.1:8602/linkedin/dms-uploads/1", "http://127.0.0.1:8601/linkedin/rest", False),
        ("https://up.example/1", API, True),
        ("https://x.up.example/1", API, False),
        ("", API, False),
        (7, API, False),
        ("https://www.linkedin.com/dms-uploads/1", "http://127.0.0.1:8601/linkedin/rest", False),
    ],
)
def test_only_an_address_of_its_own_is_sent_anything(url: object, api: str, verdict: bool) -> None:
    assert is_theirs(url, api, ".linkedin.com", "up.example") is verdict
