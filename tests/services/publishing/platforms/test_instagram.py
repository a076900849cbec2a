"""Instagram: container, poll, publish, and the proofs after a lost answer."""

from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from services.publishing.errors import NotProcessed
from services.publishing.platforms.instagram.image import Instagram
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import (
    PublisherContract,
    answering,
    content,
    door,
    refusing,
)

OURS = {
    "id": "180",
    "caption": "Fresh today.",
    "timestamp": "2026-11-23T09:00:05+0000",
    "permalink": "https://i.example/p",
}
OLD = OURS | {"id": "179", "timestamp": "2026-11-23T08:58:00+0000"}
OTHER = OURS | {"id": "181", "caption": "Something else."}


class TestInstagram(PublisherContract):
    publisher = Instagram()
    remote = {"container": "1799"}

    def _prepare(self, answer: Any) -> Any:
        return self.publisher.prepare(
            Order(content("instagram"), ("https://files.example/k",)), door(answer, "instagram")
        )

    def _poll(self, status: str, told: str = "") -> bool:
        return self.publisher.poll(
            self.remote, door(answering(200, {"status_code": status, "status": told}), "instagram")
        )

    def _find(self, status: str, rows: list[dict[str, str]]) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            is_list = request.url.path.endswith("/media")
            return httpx.Response(200, json={"data": rows} if is_list else {"status_code": status})

        return self.find(answer)

    def test_a_container_is_asked_for_with_everything_that_was_sealed(self) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(200, json={"id": 1799})

        assert self._prepare(answer) == {"container": "1799"}
        assert sent[0].url.path == "/v26.0/17/media"
        form = {key: value[0] for key, value in parse_qs(sent[0].content.decode()).items()}
        assert form == {"image_url": "https://files.example/k", "caption": "Fresh today.", "alt_text": "A cone."}

    def test_a_picture_that_could_not_be_fetched_is_worth_another_try(self) -> None:
        with pytest.raises(NotProcessed) as caught:
            self._prepare(refusing(9004, 2207052))
        assert caught.value.try_again

    def test_publishing_returns_the_medias_id(self) -> None:
        assert self.publish(answering(200, {"id": "180"})).remote_id == "180"

    @pytest.mark.parametrize("pair", [(-2, 2207020), (-1, 2207032)])
    def test_a_container_that_can_never_be_published_is_certainly_not_out(self, pair: tuple[int, int]) -> None:
        with pytest.raises(NotProcessed) as caught:
            self.publish(refusing(*pair))
        assert caught.value.try_again

    @pytest.mark.parametrize(("status", "is_ready"), [("IN_PROGRESS", False), ("FINISHED", True), ("PUBLISHED", True)])
    def test_polling_tells_whether_it_is_ready(self, status: str, is_ready: bool) -> None:
        assert self._poll(status) is is_ready

    @pytest.mark.parametrize(
        ("status", "told", "try_again"),
        [
            ("EXPIRED", "", True),
            ("ERROR", "Error: Media upload has failed with error code 2207076", True),
            ("ERROR", "Error: Media upload has failed with error code 2207026", False),
            ("ERROR", "Error", False),
        ],
    )
    def test_a_failed_container_says_whether_a_new_one_may_pass(self, status: str, told: str, try_again: bool) -> None:
        with pytest.raises(NotProcessed) as caught:
            self._poll(status, told)
        assert caught.value.try_again is try_again

    def test_a_published_container_is_proof_and_the_list_gives_the_id(self) -> None:
        sighting = self._find("PUBLISHED", [OTHER, OURS, OLD])
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["180"])

    @pytest.mark.parametrize("status", ["FINISHED", "IN_PROGRESS"])
    def test_an_unpublished_container_is_proof_of_absence_and_kept_for_the_next_try(self, status: str) -> None:
        sighting = self._find(status, [OTHER, OLD])
        assert (sighting.is_absent, sighting.remote, sighting.seen) == (True, self.remote, ())

    @pytest.mark.parametrize("status", ["EXPIRED", "ERROR"])
    def test_a_dead_container_is_not_kept(self, status: str) -> None:
        sighting = self._find(status, [])
        assert (sighting.is_absent, sighting.remote) == (True, {})

    def test_a_look_alike_beside_an_unpublished_container_is_shown_to_the_judge(self) -> None:
        assert [one.remote_id for one in self._find("FINISHED", [OURS]).seen] == ["180"]

    def test_a_state_nobody_knows_proves_nothing(self) -> None:
        sighting = self._find("PONDERING", [])
        assert (sighting.is_live, sighting.is_absent) == (False, False)
