"""Instagram's reels, stories and carousels: what is handed over, and what proves that it went out."""

from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import httpx
import pytest

from services.approvals import SealedMedia
from services.kit.errors import OutcomeUnknown, Rejected, Unavailable
from services.publishing.errors import NotProcessed
from services.publishing.platforms.instagram.carousel import Carousel
from services.publishing.platforms.instagram.reel import Reel
from services.publishing.platforms.instagram.story import Story
from services.publishing.publisher import Door, Order, Remote
from tests.services.publishing.platforms.contract import NOW, PublisherContract, answering, content, door, refusing

PICTURE = SealedMedia(
    sha256="0" * 64, alt_text="A cone.", asset_id=UUID(int=1), file_key="k.jpg", width=1080, height=1350,
    content_type="image/jpeg",
)  # fmt: skip
VIDEO = PICTURE.model_copy(update={"alt_text": "", "file_key": "v.mp4", "content_type": "video/mp4", "height": 1920})
STORY = {"id": "190", "timestamp": "2026-11-23T09:00:05+0000", "media_type": "VIDEO", "permalink": "https://i.example"}


class Wire:
    """Answers one after another, and keeps what was sent."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.sent = list(answers), []  # type: ignore[var-annotated]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = {key: value[0] for key, value in parse_qs(request.content.decode()).items()}
        self.sent.append((request.url.path, form))
        return httpx.Response(200, json=self.answers.pop(0))


def prepared(publisher: Any, wire: Any, **changes: Any) -> Remote:
    sealed = content("instagram", **changes)
    urls = tuple(f"https://files.example/{place}" for place in range(len(sealed.media)))
    made: Remote = publisher.prepare(Order(sealed, urls), door(wire, "instagram"))
    return made


class TestReel(PublisherContract):
    publisher = Reel()
    remote = {"container": "1799"}
    changes = {"media": (VIDEO,)}

    def test_a_video_is_handed_over_as_a_reel_that_is_in_the_feed_too(self) -> None:
        wire = Wire({"id": "1799"})
        assert prepared(self.publisher, wire, media=(VIDEO,)) == {"container": "1799"}
        (sent,) = wire.sent
        assert sent == (
            "/v26.0/17/media",
            {
                "media_type": "REELS",
                "video_url": "https://files.example/0",
                "caption": "Fresh today.",
                "share_to_feed": "true",
            },
        )

    @pytest.mark.parametrize(("second", "offset"), [("2.5", "2500"), ("0", "0"), (" 7 ", "7000"), ("1,25", "1250")])
    def test_a_person_chooses_the_feed_and_the_cover(self, second: str, offset: str) -> None:
        wire = Wire({"id": "1799"})
        chosen = {"format": "reel", "share_to_feed": "no", "cover_second": second}
        prepared(self.publisher, wire, media=(VIDEO,), settings=chosen)
        assert (wire.sent[0][1]["share_to_feed"], wire.sent[0][1]["thumb_offset"]) == ("false", offset)

    @pytest.mark.parametrize("second", ["soon", "-1", "1.2.3", "900", "²", "NaN"])
    def test_a_cover_outside_of_any_video_is_refused_before_anything_is_sent(self, second: str) -> None:
        wire = Wire()
        with pytest.raises(Rejected):
            prepared(self.publisher, wire, media=(VIDEO,), settings={"cover_second": second})
        assert wire.sent == []

    def test_a_cover_behind_the_end_is_a_refusal_and_not_trouble(self) -> None:
        with pytest.raises(Rejected):
            prepared(self.publisher, refusing(1, 2207057), media=(VIDEO,))


class TestStory(PublisherContract):
    publisher = Story()
    remote = {"container": "1799"}
    changes = {"media": (VIDEO,), "text": ""}

    def _find(self, status: str, *rows: dict[str, str]) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            is_list = request.url.path.endswith("/17/stories")
            return httpx.Response(200, json={"data": list(rows)} if is_list else {"status_code": status})

        return self.find(answer)

    @pytest.mark.parametrize(("media", "field"), [(PICTURE, "image_url"), (VIDEO, "video_url")])
    def test_a_picture_or_a_video_is_handed_over_without_words(self, media: SealedMedia, field: str) -> None:
        wire = Wire({"id": "1799"})
        assert prepared(self.publisher, wire, media=(media,), text="") == {"container": "1799"}
        assert wire.sent[0][1] == {"media_type": "STORIES", field: "https://files.example/0"}

    def test_it_is_found_among_stories_of_its_kind_the_first_since_the_intent_first(self) -> None:
        before = STORY | {"id": "189", "timestamp": "2026-11-23T08:59:30+0000"}
        picture = STORY | {"id": "191", "media_type": "IMAGE"}
        old = STORY | {"id": "180", "timestamp": "2026-11-23T08:58:00+0000"}
        sighting = self._find("PUBLISHED", picture, STORY, before, old)
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["190", "189"])

    def test_an_unpublished_container_is_proof_of_absence(self) -> None:
        sighting = self._find("FINISHED")
        assert (sighting.is_absent, sighting.remote) == (True, self.remote)


class TestCarousel(PublisherContract):
    publisher = Carousel()
    remote = {"children": "1,2", "container": "1799"}
    changes = {"media": (PICTURE, VIDEO)}

    def _publish(self, wire: Any, remote: Remote, kept: list[Remote]) -> Any:
        opened = door(wire, "instagram")
        keeping = Door(opened.http, "instagram", opened.api_url, "17", opened.secret, NOW, keep=kept.append)
        return self.publisher.publish(self.order(), remote, keeping)

    def test_each_picture_and_video_becomes_a_child_in_its_order(self) -> None:
        wire = Wire({"id": "1"}, {"id": "2"})
        assert prepared(self.publisher, wire, media=(PICTURE, VIDEO)) == {"children": "1,2"}
        assert [form for _, form in wire.sent] == [
            {"is_carousel_item": "true", "image_url": "https://files.example/0", "alt_text": "A cone."},
            {"is_carousel_item": "true", "media_type": "VIDEO", "video_url": "https://files.example/1"},
        ]

    def test_it_is_ready_when_all_children_are(self) -> None:
        remote = {"children": "1,2"}
        states = [{"status_code": "FINISHED"}, {"status_code": "IN_PROGRESS"}]
        assert not self.publisher.poll(remote, door(Wire(*states), "instagram"))
        assert self.publisher.poll(remote, door(answering(200, {"status_code": "FINISHED"}), "instagram"))
        with pytest.raises(NotProcessed):
            self.publisher.poll(remote, door(answering(200, {"status_code": "EXPIRED"}), "instagram"))

    def test_the_parent_is_kept_before_it_is_published(self) -> None:
        kept: list[Remote] = []
        wire = Wire({"id": "1799"}, {"status_code": "FINISHED"}, {"id": "180"})
        assert self._publish(wire, {"children": "1,2"}, kept).remote_id == "180"
        assert kept == [self.remote]
        assert wire.sent[0] == (
            "/v26.0/17/media",
            {"media_type": "CAROUSEL", "children": "1,2", "caption": "Fresh today."},
        )
        assert wire.sent[2] == ("/v26.0/17/media_publish", {"creation_id": "1799"})

    def test_a_parent_that_is_not_ready_is_published_at_the_next_try(self) -> None:
        kept: list[Remote] = []
        with pytest.raises(Unavailable):
            self._publish(Wire({"id": "1799"}, {"status_code": "IN_PROGRESS"}), {"children": "1,2"}, kept)
        wire = Wire({"id": "180"})
        assert self._publish(wire, kept[0], kept).remote_id == "180"
        assert [path for path, _ in wire.sent] == ["/v26.0/17/media_publish"]

    def test_a_worker_that_lost_the_post_does_not_publish_the_parent_it_made(self) -> None:
        class Lost(Exception):
            pass

        def lose(_: Remote) -> None:
            raise Lost

        wire = Wire({"id": "1799"})
        opened = door(wire, "instagram")
        with pytest.raises(Lost):
            self.publisher.publish(
                self.order(),
                {"children": "1,2"},
                Door(opened.http, "instagram", opened.api_url, "17", opened.secret, NOW, keep=lose),
            )
        assert len(wire.sent) == 1

    def test_without_a_parent_nothing_was_ever_published(self) -> None:
        wire = Wire()
        sighting = self.publisher.find(content("instagram"), {"children": "1,2"}, NOW, door(wire, "instagram"))
        assert (sighting.is_absent, sighting.remote, wire.sent) == (True, {"children": "1,2"}, [])

    def test_a_parent_without_an_id_is_not_published(self) -> None:
        kept: list[Remote] = []
        with pytest.raises(OutcomeUnknown):
            self._publish(Wire({"ok": True}), {"children": "1,2"}, kept)
        assert kept == []
