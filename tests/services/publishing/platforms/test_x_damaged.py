"""X answers nonsense: only our errors come of it, never a receipt without an id and never a proof out of nothing."""

import io
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.errors import ProviderError
from services.publishing.platforms.x.posts import Images, Text, Video
from services.publishing.platforms.x.thread import Thread
from services.publishing.publisher import Order, Publisher
from tests.services.publishing.platforms.contract import NOW, Answer, content, door
from tests.services.publishing.platforms.test_x_posts import picture

NAMES = (
    "data", "errors", "id", "text", "created_at", "attachments", "media_keys", "referenced_tweets", "type", "entities",
    "urls", "url", "expanded_url", "media_key", "processing_info", "state", "expires_after_secs", "detail", "code",
)  # fmt: skip
VALUES = st.sampled_from(
    [
        "",
        "1990",
        "١",
        "3_1",
        "One.",
        "2026-11-23T09:00:01Z",
        "2026-11-23T09:00:01",
        "replied_to",
        "failed",
        "https://t.co/a",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=14,
)
STATUS = st.sampled_from([200, 201, 204, 206, 301, 400, 401, 402, 403, 404, 408, 418, 429, 500, 503, 599])
MEDIA = {"media1": "1", "key1": "3_1"}
FORMATS: list[Any] = [
    (Text(), {"media": ()}, {}),
    (Images(), {}, MEDIA),
    (Video(), {"media": (picture(content_type="video/mp4"),)}, MEDIA),
    (Thread(), {"media": (), "text": "One.\n---\nTwo."}, {}),
]


def _answering(status: int, body: Any, is_json: bool) -> Answer:
    sent = {"json": body} if is_json else {"content": repr(body).encode()}
    return lambda request: httpx.Response(status, **sent)


@pytest.mark.parametrize(("publisher", "changes", "remote"), FORMATS)
@given(status=STATUS, body=JSON, is_json=st.booleans())
def test_no_answer_makes_a_receipt_without_an_id(
    publisher: Publisher, changes: dict[str, Any], remote: dict[str, str], status: int, body: Any, is_json: bool
) -> None:
    order = Order(content("x", **changes), (), lambda place: io.BytesIO(b"bytes"))
    opened = door(_answering(status, body, is_json), "x")
    try:
        receipt = publisher.publish(order, remote, opened)
    except ProviderError as error:
        assert error.sentence
    else:
        assert status < 300 and receipt.remote_id == body["data"]["id"] == "1990"


@pytest.mark.parametrize(("publisher", "changes", "remote"), FORMATS)
@given(status=STATUS, body=JSON, is_json=st.booleans())
def test_no_answer_to_a_look_or_an_upload_is_anything_but_a_value_or_our_errors(
    publisher: Publisher, changes: dict[str, Any], remote: dict[str, str], status: int, body: Any, is_json: bool
) -> None:
    order = Order(content("x", **changes), (), lambda place: io.BytesIO(b"bytes"))
    opened = door(_answering(status, body, is_json), "x")
    acts = (
        lambda: publisher.prepare(order, opened),
        lambda: publisher.poll(remote, opened),
        lambda: publisher.find(order.content, remote, NOW, opened),
        lambda: publisher.recent(opened),
    )
    for act in acts:
        try:
            found = act()
        except ProviderError as error:
            assert error.sentence
        else:
            assert not getattr(found, "is_live", False) or all(one.remote_id == "1990" for one in found.seen)
