"""LinkedIn's comments: plain words, read before they are written."""

from typing import Any

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, PermissionMissing, Unavailable
from services.publishing.platforms.linkedin.comments import Comments
from tests.services.publishing.platforms.linkedin.orders import PAGE, door, refusing, sent_json

URN = "urn:li:share:5"


def test_a_comment_is_sent_as_it_was_written_because_escapes_would_show() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json={"id": "1"})

    Comments().comment(URN, "More (here): https://acme.example/a_b #fresh", door(answer))
    assert seen[0].url.raw_path == b"/rest/socialActions/urn%3Ali%3Ashare%3A5/comments"
    words = {"text": "More (here): https://acme.example/a_b #fresh"}
    assert sent_json(seen[0]) == {"actor": PAGE, "object": URN, "message": words}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"elements": [{"message": {"text": "One"}}, {"message": {"text": "Two", "attributes": []}}]}, ["One", "Two"]),
        ({"elements": [{"message": None}, None, {"message": {}}]}, []),
        ({"elements": None}, []),
        ([], []),
    ],
)
def test_the_comments_of_a_post_are_their_words(body: Any, words: list[str]) -> None:
    assert Comments().comments(URN, door(lambda request: httpx.Response(200, json=body))) == words


def test_what_goes_wrong_is_one_of_our_errors() -> None:
    with pytest.raises(PermissionMissing):
        Comments().comments(URN, door(refusing(403, "ACCESS_DENIED")))
    with pytest.raises(Unavailable):
        Comments().comments(URN, door(refusing(500)))
    with pytest.raises(OutcomeUnknown):
        Comments().comment(URN, "x", door(refusing(500)))
