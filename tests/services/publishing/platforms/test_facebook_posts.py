"""Facebook's posts of words, of a link, and of several photos."""

import json
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from services.kit.errors import Rejected
from services.publishing.errors import NotProcessed
from services.publishing.platforms.facebook.photos import Photos
from services.publishing.platforms.facebook.text import Text
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import NOW, PublisherContract, answering, content, door
from tests.services.publishing.platforms.test_facebook import OURS
from tests.services.publishing.platforms.test_instagram_formats import PICTURE, Wire

LINK = "https://acme.example/?utm_content=p_1"
MADE_AT = {"made_at": NOW.isoformat()}


def attached(*photos: str) -> dict[str, Any]:
    """A listed post with these photos in it."""
    inside = [{"target": {"id": photo}} for photo in photos]
    return {"attachments": {"data": [{"target": {"id": "album"}, "subattachments": {"data": inside}}]}}


class TestText(PublisherContract):
    publisher = Text()
    changes = {"media": (), "link": LINK}

    def test_words_and_link_travel_apart_in_one_call(self) -> None:
        wire = Wire({"id": "17_5"})
        assert self.publish(wire).remote_id == "17_5"
        assert wire.sent == [("/v26.0/17/feed", {"message": "Fresh today.", "link": LINK, "published": "true"})]

    def test_nothing_is_sent_of_a_post_without_words_and_link(self) -> None:
        wire = Wire()
        with pytest.raises(Rejected):
            self.publisher.publish(Order(content("facebook", text="", media=()), ()), {}, door(wire, "facebook"))
        assert wire.sent == []

    def test_it_is_found_by_its_words(self) -> None:
        sighting = self.find(answering(200, {"data": [OURS | {"message": "Other"}, OURS]}))
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["17_5"])

    def test_a_bare_link_is_found_by_its_mark(self) -> None:
        other = OURS | {"id": "17_6", "attachments": {"data": [{"unshimmed_url": "https://acme.example/"}]}}
        ours = OURS | {"attachments": {"data": [{"unshimmed_url": LINK}]}}
        sighting = self.find(answering(200, {"data": [other, ours]}), text="")
        assert [one.remote_id for one in sighting.seen] == ["17_5"]
        assert not self.find(answering(200, {"data": [other]}), text="").is_absent


class TestPhotos(PublisherContract):
    publisher = Photos()
    remote = {"photos": "91,92", **MADE_AT}
    changes = {"media": (PICTURE, PICTURE.model_copy(update={"alt_text": ""}))}

    def test_each_photo_is_uploaded_without_being_seen(self) -> None:
        wire = Wire({"id": "91"}, {"id": 92})
        assert self.publisher.prepare(self.order(), door(wire, "facebook")) == self.remote
        assert wire.sent == [
            (
                "/v26.0/17/photos",
                {
                    "url": "https://files.example/0.jpg?exp=1&sig=2",
                    "published": "false",
                    "alt_text_custom": "A cone.",
                },
            ),
            ("/v26.0/17/photos", {"url": "https://files.example/1.jpg?exp=1&sig=2", "published": "false"}),
        ]

    def test_one_call_makes_them_a_post(self) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            form = {key: value[0] for key, value in parse_qs(request.content.decode()).items()}
            assert json.loads(form.pop("attached_media")) == [{"media_fbid": "91"}, {"media_fbid": "92"}]
            assert form == {"message": "Fresh today.", "published": "true"}
            return httpx.Response(200, json={"id": "17_5"})

        assert self.publish(answer).remote_id == "17_5"

    def test_photos_of_the_day_before_are_uploaded_anew(self) -> None:
        assert self.publisher.poll(self.remote, door(Wire(), "facebook"))
        with pytest.raises(NotProcessed) as caught:
            self.publisher.poll({"photos": "91", "made_at": "2026-11-22T09:59:00+00:00"}, door(Wire(), "facebook"))
        assert caught.value.try_again

    def test_it_is_found_by_its_photos_even_without_words(self) -> None:
        ours = {**OURS, "message": None, **attached("91", "92")}
        other = {**OURS, "id": "17_6", "message": None, **attached("93")}
        sighting = self.find(answering(200, {"data": [other, ours]}), text="")
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["17_5"])

    def test_it_is_found_by_its_words_too_and_never_proven_absent(self) -> None:
        assert self.find(answering(200, {"data": [OURS]})).is_live
        assert self.find(answering(200, {"data": []})) == self.find(answering(200, {"data": [{"id": "x"}]}))
        assert not self.find(answering(200, {"data": []})).is_absent
