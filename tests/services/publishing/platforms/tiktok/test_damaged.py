"""Whatever comes back from TikTok, an adapter answers with a value of ours or one of our errors, never a made-up id."""

import io
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import ProviderError
from services.publishing.errors import Accepted
from services.publishing.publisher import Order
from services.publishing.registry import formats, publisher
from tests.services.publishing.platforms.contract import NOW, content, door
from tests.services.publishing.platforms.tiktok.answers import CREATOR, PUBLIC, UPLOAD_URL, clip
from tests.services.publishing.platforms.tiktok.test_upload import BEGUN

NAMES = ["data", "error", "code", "publish_id", "upload_url", "status", "fail_reason", "publicaly_available_post_id",
         "uploaded_bytes", "videos", "id", "create_time", "share_url", "title", "video_description",
         "privacy_level_options", "max_video_post_duration_sec"]  # fmt: skip
WORDS = ["ok", "PUBLISH_COMPLETE", "FAILED", "PROCESSING_UPLOAD", "SEND_TO_USER_INBOX", "internal", "Fresh today.",
         "PUBLIC_TO_EVERYONE", UPLOAD_URL, "v_1", "7301", ""]  # fmt: skip
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(WORDS) | st.text(max_size=8)
DATA = st.dictionaries(st.sampled_from(NAMES), st.recursive(LEAF, lambda x: st.lists(x, max_size=2), max_leaves=3))
VIDEOS = st.lists(DATA | LEAF, max_size=3).map(lambda rows: {"videos": rows})
GOOD = (DATA | VIDEOS | LEAF).map(lambda data: {"data": data, "error": {"code": "ok"}})
ANSWER = st.tuples(st.sampled_from([200, 200, 200, 201, 206, 302, 400, 403, 404, 416, 429, 500]), GOOD | DATA | LEAF)
BROKEN = st.tuples(st.integers(200, 599), st.binary(max_size=30))


def responding(answers: list[Any]) -> Any:
    left = list(answers)

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("creator_info/query/") and len(left) % 2:
            return httpx.Response(200, json={"data": CREATOR, "error": {"code": "ok"}})
        status, body = left.pop(0) if left else (500, b"")
        if isinstance(body, bytes):
            return httpx.Response(status, content=body)
        try:
            return httpx.Response(status, json=body)
        except ValueError:  # what JSON cannot say, such as infinity
            return httpx.Response(status, content=b'{"data": Infinity}')

    return respond


@pytest.mark.parametrize("name", formats("tiktok"))
@settings(max_examples=120)
@given(answers=st.lists(ANSWER | BROKEN, min_size=1, max_size=4))
def test_a_damaged_answer_is_never_a_traceback_nor_a_post_without_an_id(name: str, answers: list[Any]) -> None:
    adapter = publisher("tiktok", name)
    sealed = content("tiktok", media=(clip(),), settings=PUBLIC | {"format": name})
    order = Order(sealed, ("https://files.example/v",), lambda _place: io.BytesIO(b"file 0"))
    for act in (
        lambda: adapter.prepare(order, door(responding(answers), "tiktok")),
        lambda: adapter.publish(order, BEGUN, door(responding(answers), "tiktok")),
        lambda: adapter.find(sealed, BEGUN, NOW, door(responding(answers), "tiktok")),
        lambda: adapter.find(sealed, BEGUN | {"publish_id": "x", "resends": "2"}, NOW, door(responding(answers), "x")),
        lambda: adapter.recent(door(responding(answers), "tiktok")),
        lambda: adapter.permalink("7301", door(responding(answers), "tiktok")),
    ):
        try:
            came = act()
        except Accepted as taken:
            assert taken.remote["publish_id"].strip()
        except ProviderError:
            pass
        else:
            _check(came)


def _check(came: Any) -> None:
    seen = list(getattr(came, "seen", ())) or (came if isinstance(came, list) else [])
    assert all(one.remote_id.strip() for one in seen)
    assert not getattr(came, "is_live", False) or seen
    if isinstance(came, dict) and came:
        assert came["publish_id"].strip() and came["upload_url"].startswith("https://")
