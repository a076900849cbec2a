"""Whatever Instagram or Facebook answer, an adapter raises one of our errors or returns a post with an id."""

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.kit.errors import ProviderError
from services.publishing.publisher import Order, Publisher, Receipt, Remote, Sighting
from services.publishing.registry import commenter, formats, publisher
from tests.services.publishing.platforms.contract import NOW, content, door
from tests.services.publishing.platforms.test_instagram_formats import PICTURE, VIDEO

KINDS = [publisher(platform, kind) for platform in ("instagram", "facebook") for kind in formats(platform)]
REMOTE = {
    "container": "1",
    "children": "2,3",
    "photos": "4,5",
    "video": "6",
    "session": "7",
    "made_at": NOW.isoformat(),
}
WORDS = [
    *("id", "data", "error", "code", "error_subcode", "message", "is_transient", "status_code", "status", "success"),
    *("video_status", "publishing_phase", "publish_status", "publish_time", "post_id", "permalink_url", "permalink"),
    *("caption", "timestamp", "created_time", "attachments", "subattachments", "target", "video_id", "upload_url"),
    *("upload_session_id", "start_offset", "end_offset", "media_type", "debug_info", "type", "retriable"),
]
VALUES = [
    *("", "published", "ready", "error", "processing", "PUBLISHED", "FINISHED", "ERROR", "2026-11-23T09:00:05+0000"),
    *("Fresh today.", "0", "9", "²", "9" * 5_000, "https://graph.example/v26.0/up", "https://[", "VIDEO", "expired"),
]
LEAVES = (
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=5) | some.sampled_from(VALUES)
)
JSON = some.recursive(
    LEAVES,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(WORDS), inner, max_size=6),
    max_leaves=25,
)
OBJECTS = some.dictionaries(some.sampled_from(WORDS), JSON, max_size=10)
STATUSES = some.sampled_from([200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503])
HEADERS = some.sampled_from(
    [{}, {"retry-after": "9" * 30}, {"retry-after": "soon"}, {"x-business-use-case-usage": '{"1": [7, null]}'}]
)


@some.composite
def answers(draw: some.DrawFn) -> httpx.Response:
    """JSON of any shape in the platform's own words, or bytes of any kind."""
    status, headers = draw(STATUSES), draw(HEADERS)
    if draw(some.booleans()):
        return httpx.Response(status, json=_writable(draw(OBJECTS | JSON)), headers=headers)
    return httpx.Response(status, content=draw(some.binary(max_size=40)), headers=headers)


def _writable(value: Any) -> Any:
    """Without the numbers that JSON does not have."""
    if isinstance(value, dict):
        return {key: _writable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_writable(inner) for inner in value]
    return None if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))) else value


@pytest.mark.parametrize("adapter", KINDS, ids=lambda one: f"{one.spec.platform}-{one.spec.format}")
@settings(max_examples=60, deadline=None)
@given(told=some.lists(answers(), min_size=1, max_size=4))
def test_a_damaged_answer_is_one_of_our_errors_and_never_a_post_without_an_id(
    adapter: Publisher, told: list[httpx.Response]
) -> None:
    for act in _acts(adapter, _in_turn(told)):
        try:
            result = act()
        except ProviderError:
            continue
        for receipt in _receipts(result):
            assert isinstance(receipt.remote_id, str) and receipt.remote_id[:1] not in ("", "{", "[")
        if isinstance(result, Sighting) and result.is_live and not result.seen:
            assert adapter.spec.platform == "instagram"  # the container says so; its id is looked for further on


def _acts(adapter: Publisher, wire: Callable[[httpx.Request], httpx.Response]) -> list[Callable[[], Any]]:
    spec = adapter.spec
    item = VIDEO if "video/mp4" in spec.media_types else PICTURE
    sealed = content(spec.platform, media=(item,) * max(spec.media_min, min(1, spec.media_max)))
    order = Order(sealed, ("https://files.example/k",) * len(sealed.media), lambda place: io.BytesIO(b"123456789"))
    opened = door(wire, spec.platform)
    fresh: Remote = {key: value for key, value in REMOTE.items() if key != "container" or spec.format != "carousel"}
    return [
        lambda: adapter.prepare(order, opened),
        lambda: adapter.poll(REMOTE, opened),
        lambda: adapter.publish(order, REMOTE, opened),
        lambda: adapter.publish(order, fresh, opened),
        lambda: adapter.find(sealed, REMOTE, NOW, opened),
        lambda: adapter.recent(opened),
        lambda: adapter.permalink("1", opened),
    ]


def _in_turn(told: list[httpx.Response]) -> Callable[[httpx.Request], httpx.Response]:
    """The answers one after another, from the first again and again."""
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        request.read()
        one = told[asked % len(told)]
        return httpx.Response(one.status_code, content=one.content, headers=dict(one.headers))

    return answer


def _receipts(result: Any) -> list[Receipt]:
    if isinstance(result, Receipt):
        return [result]
    if isinstance(result, Sighting):
        return list(result.seen)
    return [one for one in result if isinstance(one, Receipt)] if isinstance(result, list) else []


@pytest.mark.parametrize("platform", ["instagram", "facebook"])
@settings(max_examples=40, deadline=None)
@given(told=some.lists(answers(), min_size=1, max_size=2))
def test_a_damaged_answer_about_comments_is_one_of_our_errors(platform: str, told: list[httpx.Response]) -> None:
    under, opened = commenter(platform), door(_in_turn(told), platform)
    for act in (lambda: under.comments("1", opened), lambda: under.comment("1", "First!", opened)):
        try:
            result = act()
        except ProviderError:
            continue
        assert result is None or all(isinstance(one, str) for one in result)
