"""The one way of sending: what can go wrong on the wire becomes one of our errors, whatever it is."""

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, ProviderError, Unavailable
from services.kit.http import send


def damaged(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-encoding": "gzip"}, stream=httpx.ByteStream(b"this is no gzip"))


@pytest.mark.parametrize(("writes", "error"), [(True, OutcomeUnknown), (False, Unavailable)])
def test_an_answer_that_cannot_be_unpacked_is_no_clear_answer(writes: bool, error: type[ProviderError]) -> None:
    http = httpx.Client(transport=httpx.MockTransport(damaged))
    with pytest.raises(ProviderError) as caught:
        send(http, "POST", "https://api.example/x", writes=writes)
    assert type(caught.value) is error


@pytest.mark.parametrize("address", ["https://api.example/\x00x", "https://[::1", "https://api.example:99999x/"])
def test_an_address_that_is_none_is_never_sent_to(address: str) -> None:
    http = httpx.Client(transport=httpx.MockTransport(damaged))
    with pytest.raises(Unavailable):
        send(http, "PUT", address, writes=True)
