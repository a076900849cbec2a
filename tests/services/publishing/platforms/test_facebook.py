"""Facebook Page: one call, and a list that can show a post but never its absence."""

from urllib.parse import parse_qs

import httpx

from services.publishing.platforms.facebook.photo import Facebook
from tests.services.publishing.platforms.contract import PublisherContract, answering

OURS = {
    "id": "17_5",
    "message": "Fresh today.",
    "created_time": "2026-11-23T09:00:05+0000",
    "permalink_url": "https://f.example/17/posts/5",
}
OLD = OURS | {"id": "17_4", "created_time": "2026-11-23T08:58:00+0000"}
OTHER = OURS | {"id": "17_6", "message": "Something else."}


class TestFacebook(PublisherContract):
    publisher = Facebook()

    def test_one_call_carries_everything_that_was_sealed(self) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(200, json={"id": "9", "post_id": "17_5"})

        assert self.publish(answer).remote_id == "17_5"
        assert sent[0].url.path == "/v26.0/17/photos"
        form = {key: value[0] for key, value in parse_qs(sent[0].content.decode()).items()}
        assert form == {
            "url": "https://files.example/0.jpg?exp=1&sig=2",
            "caption": "Fresh today.",
            "published": "true",
            "alt_text_custom": "A cone.",
        }

    def test_our_words_since_the_intent_are_a_find_the_oldest_first(self) -> None:
        later = OURS | {"id": "17_7", "created_time": "2026-11-23T09:00:09+0000"}
        sighting = self.find(answering(200, {"data": [later, OTHER, OURS, OLD]}))
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["17_5", "17_7"])
        assert sighting.seen[0].permalink == OURS["permalink_url"]

    def test_an_empty_list_proves_nothing(self) -> None:
        sighting = self.find(answering(200, {"data": [OLD, OTHER]}))
        assert (sighting.is_live, sighting.is_absent, sighting.seen) == (False, False, ())

    def test_without_words_there_is_nothing_to_recognise_ours_by(self) -> None:
        sighting = self.find(answering(200, {"data": [OURS]}), text="")
        assert (sighting.is_live, sighting.is_absent) == (False, False)
