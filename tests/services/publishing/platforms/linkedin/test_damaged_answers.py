"""LinkedIn's answers, damaged in every way: never a traceback, never a post without an id."""

import re
from contextlib import suppress
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import ProviderError
from services.kit.linkedin import is_post
from services.publishing.platforms.linkedin.formats import Image, Text, Video
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import NOW, content
from tests.services.publishing.platforms.linkedin.orders import UPLOADS, door, order

FIELDS = """elements value id author commentary content media multiImage images createdAt lifecycleState status code
message errorDetails inputErrors uploadUrl image video uploadInstructions firstByte lastByte uploadToken"""
NAMES = st.sampled_from(re.findall(r"\w+", FIELDS))
URNS = ["urn:li:share:7", "urn:li:image:C1", "urn:li:video:C1", "urn:li:organization:17", f"{UPLOADS}/1"]
WORDS = ["PUBLISHED", "AVAILABLE", "PROCESSING_FAILED", "Content is a duplicate of urn:li:share:7"]
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(URNS + WORDS)
BODIES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5), max_leaves=12
)
HEADERS = st.dictionaries(
    st.sampled_from(["x-restli-id", "etag", "retry-after", "x-li-uuid"]),
    st.text(alphabet="urnlishae:7 -", max_size=20) | st.just("urn:li:share:7"),
    max_size=3,
)


@st.composite
def answers(draw: st.DrawFn) -> Any:
    """Always the same damaged answer, whatever is asked."""
    status = draw(st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 426, 429, 500, 503]))
    headers = draw(HEADERS)
    body = draw(BODIES | st.binary(max_size=30))
    if isinstance(body, bytes):
        return lambda request: httpx.Response(status, content=body, headers=headers)
    return lambda request: httpx.Response(status, json=_finite(body), headers=headers)


def _finite(value: Any) -> Any:
    """What JSON can carry."""
    if isinstance(value, float):
        return 0.5 if value != value or value in (float("inf"), float("-inf")) else value
    if isinstance(value, list):
        return [_finite(one) for one in value]
    return {name: _finite(one) for name, one in value.items()} if isinstance(value, dict) else value


FUZZ = settings(max_examples=150)


@FUZZ
@given(answers())
def test_publishing_gives_a_posts_id_or_one_of_our_errors(answer: Any) -> None:
    with suppress(ProviderError):
        assert is_post(Text().publish(Order(content("linkedin", media=()), ()), {}, door(answer)).remote_id)


@FUZZ
@given(answers(), st.sampled_from([{}, {"named": "urn:li:share:7"}]))
def test_a_look_shows_posts_with_ids_and_never_proves_absence(answer: Any, remote: dict[str, str]) -> None:
    with suppress(ProviderError):
        sighting = Text().find(content("linkedin", media=()), remote, NOW, door(answer))
        assert all(is_post(one.remote_id) for one in sighting.seen) and not sighting.is_absent
    with suppress(ProviderError):
        assert all(is_post(one.remote_id) for one in Text().recent(door(answer)))


@FUZZ
@given(answers())
def test_uploading_and_polling_give_ids_or_one_of_our_errors(answer: Any) -> None:
    for publisher, kind in ((Image(), "image"), (Video(), "video")):
        with suppress(ProviderError):
            remote = publisher.prepare(order(b"abcdef"), door(answer))
            assert remote["media"].startswith(f"urn:li:{kind}:")
        with suppress(ProviderError):
            polled = {"media": f"urn:li:{kind}:C1", "uploaded_at": NOW.isoformat()}
            assert publisher.poll(polled, door(answer)) in (True, False)
