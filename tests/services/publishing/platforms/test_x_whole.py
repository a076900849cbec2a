"""Nothing goes out on X without the media that were approved, whatever is left of an earlier try."""

import httpx
import pytest

from services.publishing.errors import NotProcessed
from services.publishing.platforms.x.posts import Images
from services.publishing.platforms.x.thread import Thread
from services.publishing.publisher import Order, Publisher, Remote
from tests.services.publishing.platforms.contract import content, door


def _never(request: httpx.Request) -> httpx.Response:
    raise AssertionError("something was sent")


@pytest.mark.parametrize(("adapter", "text"), [(Images(), "One."), (Thread(), "One.\n---\nTwo.")])
@pytest.mark.parametrize("remote", [{}, {"duplicate": "yes"}, {"key1": "3_7"}])
def test_a_post_whose_upload_is_gone_is_handed_over_anew(adapter: Publisher, text: str, remote: Remote) -> None:
    order = Order(content("x", text=text), ("https://files.example/0.jpg",))
    with pytest.raises(NotProcessed) as caught:
        adapter.publish(order, remote, door(_never, "x"))
    assert caught.value.try_again
