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
from tests.services.publishing.platforms.damage import answers
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


@pytest.mark.parametrize("adapter", KINDS, ids=lambda one: f"{one.spec.platform}-{one.spec.format}")
@settings(max_examples=150)
@given(told=some.lists(answers(), min_size=2, max_size=5))
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
@settings(max_examples=40)
@given(told=some.lists(answers(), min_size=1, max_size=2))
def test_a_damaged_answer_about_comments_is_one_of_our_errors(platform: str, told: list[httpx.Response]) -> None:
    under, opened = commenter(platform), door(_in_turn(told), platform)
    for act in (lambda: under.comments("1", opened), lambda: under.comment("1", "First!", opened)):
        try:
            result = act()
        except ProviderError:
            continue
        assert result is None or all(isinstance(one, str) for one in result)
