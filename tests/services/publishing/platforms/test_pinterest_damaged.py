"""Whatever Pinterest answers, the adapters raise one of our errors or return a pin with an id."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.accounts.oauth.pinterest import Pinterest
from services.kit.errors import ProviderError
from services.publishing.platforms.pinterest.boards import boards
from services.publishing.publisher import Publisher, Receipt, Sighting
from services.publishing.registry import formats, publisher
from tests.services.accounts.oauth.test_pinterest import HOST, RETURN, token
from tests.services.publishing.platforms.contract import NOW, PublisherContract
from tests.services.publishing.platforms.test_pinterest import API, open_at
from tests.services.publishing.platforms.test_pinterest_videos import STORE, TestVideoPin

WORDS = [
    *("id", "items", "bookmark", "created_at", "title", "description", "link", "code", "message", "status"),
    *("media_id", "upload_url", "upload_parameters", "name", "access_token", "refresh_token", "expires_in", "scope"),
    *("refresh_token_expires_in", "username", "business_name"),
]
VALUES = [
    *("", "1", "²", "9" * 5_000, "2026-11-23T09:00:05", "2026-11-23T09:00:05+99:00", "0001-01-01T00:00:00+14:00"),
    *("Boots", "Fresh today.", "https://[", "https://a/?utm_content=p_1", "registered", "failed", "succeeded", STORE),
    *(f"{API}/up", "user_accounts:read", "spam"),
]
LEAVES = some.none() | some.booleans() | some.integers() | some.text(max_size=5) | some.sampled_from(VALUES)
JSON = some.recursive(
    LEAVES,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(WORDS), inner, max_size=6),
    max_leaves=20,
)
OBJECTS = some.dictionaries(some.sampled_from(WORDS), JSON, max_size=12)
STATUSES = some.sampled_from([200, 200, 201, 204, 302, 400, 401, 403, 404, 409, 429, 500, 503])
RESETS = some.sampled_from(["", "60", "soon", "9" * 40, "100, 100;w=1", "-5", "²"])


@some.composite
def answers(draw: some.DrawFn) -> httpx.Response:
    """JSON of any shape in the platform's own words, or bytes of any kind."""
    status, headers = draw(STATUSES), {"x-ratelimit-reset": draw(RESETS).encode()}
    if draw(some.booleans()):
        return httpx.Response(status, json=draw(OBJECTS | JSON), headers=headers)
    return httpx.Response(status, content=draw(some.binary(max_size=40)), headers=headers)


def _asked(act: Callable[[], Any]) -> Any:
    """What an act returns; one of our errors counts as a good end."""
    try:
        return act()
    except ProviderError:
        return None


@pytest.mark.parametrize("adapter", [publisher("pinterest", kind) for kind in formats("pinterest")])
@settings(max_examples=150)
@given(given_answers=some.lists(answers(), min_size=1, max_size=3))
def test_no_answer_makes_a_pin_without_an_id(adapter: Publisher, given_answers: list[httpx.Response]) -> None:
    contract: PublisherContract = TestVideoPin()
    order, remote = contract.order(), contract.remote

    def opened() -> Any:
        left = list(given_answers)
        return open_at(lambda request: left.pop(0) if len(left) > 1 else left[0])

    made = _asked(lambda: adapter.publish(order, remote, opened()))
    assert made is None or (isinstance(made, Receipt) and made.remote_id.isdecimal())
    prepared = _asked(lambda: adapter.prepare(order, opened()))
    assert prepared is None or all(isinstance(value, str) and value for value in prepared.values())
    assert _asked(lambda: adapter.poll(remote, opened())) in (True, False, None)
    sighting = _asked(lambda: adapter.find(order.content, remote, NOW, opened()))
    assert sighting is None or (isinstance(sighting, Sighting) and not sighting.is_absent)
    assert all(one.remote_id for one in (sighting.seen if sighting else ()))
    assert all(one.remote_id for one in _asked(lambda: adapter.recent(opened())) or ())
    assert all(number.isdecimal() and name for number, name in _asked(lambda: boards(opened())) or ())


@settings(max_examples=150)
@given(given_answers=some.lists(answers(), min_size=1, max_size=3))
def test_no_answer_connects_an_account_without_a_token(given_answers: list[httpx.Response]) -> None:
    def http() -> httpx.Client:
        left = list(given_answers)
        return httpx.Client(transport=httpx.MockTransport(lambda request: left.pop(0) if len(left) > 1 else left[0]))

    sign_in = Pinterest()
    for offer in _asked(lambda: sign_in.exchange(HOST, "c", RETURN, "v", http=http(), now=NOW)) or ():
        assert offer.secret.get_secret_value().strip() and offer.remote_id
    renewed = _asked(lambda: sign_in.renew(HOST, token(), http=http(), now=NOW))
    assert renewed is None or renewed.secret.get_secret_value().strip()
    health = _asked(lambda: sign_in.probe(HOST, token(), (), http=http(), now=NOW))
    assert health is None or health.remote_id
