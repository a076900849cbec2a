"""Pinterest: one call for a picture, and looks that recognise ours by its link."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import httpx
import pytest

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    RateLimited,
    Rejected,
)
from services.publishing.platforms.pinterest.boards import boards
from services.publishing.platforms.pinterest.image import PinterestImage
from services.publishing.publisher import Door, Sighting
from tests.services.publishing.platforms.contract import (
    NOW,
    SECRET,
    Answer,
    PublisherContract,
    Refusals,
    answering,
    door,
)

API = "https://api.pinterest.com/v5"
BOARD = "549755885175"
LINK = "https://shop.example/b?utm_source=pin&utm_content=p_81f0"
SETTINGS = {"board": BOARD, "title": "Boots"}


def refusing(status: int, code: int = 1, message: str = "No.") -> Answer:
    return answering(status, {"code": code, "message": message})


def row(number: int, *, seconds: float = 5, **changes: Any) -> dict[str, Any]:
    """One pin of a list, made so many seconds after the intent."""
    at = (NOW + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "id": str(number),
        "created_at": at,
        "title": "Boots",
        "description": "Fresh today.",
        "link": None,
        **changes,
    }


def listing(*rows: Any, bookmark: str | None = None) -> Answer:
    return answering(200, {"items": list(rows), "bookmark": bookmark})


def open_at(answer: Answer) -> Door:
    return replace(door(answer, "pinterest"), api_url=API)


class PinterestContract(PublisherContract):
    changes: ClassVar[dict[str, Any]] = {"settings": SETTINGS}
    quoting: ClassVar[Any] = {"code": 1, "message": f"Bad {SECRET} here"}
    refusals: ClassVar[Refusals] = [
        (answering(201, {"success": True}), OutcomeUnknown),
        (answering(201, {"id": True}), OutcomeUnknown),
        (answering(201, ["1"]), OutcomeUnknown),
        (refusing(500), OutcomeUnknown),
        (refusing(401, 2), CredentialsExpired),
        (refusing(401, 3), PermissionMissing),
        (refusing(403), Rejected),
        (refusing(403, 29), Rejected),
        (refusing(404, 40), Rejected),
        (refusing(429, 8), RateLimited),
        (refusing(429, 8, "This looks like spam."), Rejected),
        (refusing(400), Rejected),
    ]

    def _find(self, *rows: Any, **changes: Any) -> Sighting:
        sighting: Sighting = self.find(listing(*rows), **changes)
        return sighting

    def test_a_pin_with_our_links_mark_is_ours_whatever_else_is_around(self) -> None:
        ours = row(2, link=f"{LINK}&tracked=1", title="Changed")
        sighting = self._find(row(3, link="https://shop.example/b?utm_content=p_other"), ours, row(1), link=LINK)
        assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["2"])

    def test_without_a_link_title_and_description_tell(self) -> None:
        rows = (row(4, title="Sandals"), row(3, description="Fresh  today.\n"), row(2, description="Old"))
        assert [one.remote_id for one in self._find(*rows).seen] == ["3"]

    def test_an_older_pin_of_the_same_words_is_not_ours(self) -> None:
        sighting = self._find(row(2, seconds=-61), row(1))
        assert (sighting.seen, sighting.is_live, sighting.is_absent) == ((), False, False)

    def test_nothing_to_recognise_it_by_finds_nothing(self) -> None:
        bare = {"text": "", "settings": {"board": BOARD}}
        assert self._find(row(1, title=None, description=None), **bare) == Sighting()

    def test_a_board_that_is_gone_proves_nothing(self) -> None:
        assert self.find(refusing(404, 40)) == Sighting()

    def test_the_look_reads_on_until_the_intent(self) -> None:
        asked: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(request.url.params.get("bookmark", ""))
            rows = [row(9, title="Other")] if len(asked) == 1 else [row(8), row(7, seconds=-90)]
            return httpx.Response(200, json={"items": rows, "bookmark": f"b{len(asked)}"})

        assert [one.remote_id for one in self.find(answer).seen] == ["8"]
        assert asked == ["", "b1"]

    def test_the_latest_pins_have_addresses_that_people_can_open(self) -> None:
        recent = self.publisher.recent(open_at(listing(row(7), {"id": "x"}, None)))
        assert [(one.remote_id, one.permalink) for one in recent] == [("7", "https://www.pinterest.com/pin/7/")]
        assert self.publisher.permalink("7", open_at(refusing(500))) == "https://www.pinterest.com/pin/7/"

    def test_without_a_board_nothing_is_sent(self) -> None:
        for board in ("", "boots", "١٢"):
            order = replace(
                self.order(), content=self.order().content.model_copy(update={"settings": {"board": board}})
            )
            with pytest.raises(Rejected):
                self.publisher.publish(order, self.remote, door(answering(201, {"id": "1"}), "pinterest"))

    def test_a_rate_limit_is_waited_for_as_long_as_the_platform_says(self) -> None:
        for told, wait in (("60", 60), ("60;w=60", 60), (str(int(NOW.timestamp()) + 90), 90), ("soon", 300)):
            headers = {"x-ratelimit-reset": told}
            answer = httpx.Response(429, json={"code": 8, "message": "Slow down"}, headers=headers)
            with pytest.raises(RateLimited) as caught:
                self.publish(lambda request, answer=answer: answer)
            assert caught.value.retry_at == NOW + timedelta(seconds=wait)


class TestPicturePin(PinterestContract):
    publisher = PinterestImage()

    def test_the_pin_carries_the_sealed_bytes_and_every_word(self) -> None:
        sent: list[Any] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(json.loads(request.read()))
            return httpx.Response(201, json={"id": "813", "created_at": "2026-11-23T09:00:02"})

        order = replace(self.order(), content=self.order().content.model_copy(update={"link": LINK}))
        receipt = self.publisher.publish(order, {}, open_at(answer))
        assert (receipt.remote_id, receipt.at) == ("813", NOW + timedelta(seconds=2))
        data = base64.b64encode(b"file 0").decode()
        assert sent == [
            {
                "board_id": BOARD,
                "title": "Boots",
                "description": "Fresh today.",
                "link": LINK,
                "alt_text": "A cone.",
                "media_source": {"source_type": "image_base64", "content_type": "image/jpeg", "data": data},
            }
        ]

    def test_a_link_that_is_too_long_is_refused_before_anything_is_sent(self) -> None:
        long = self.order().content.model_copy(update={"link": "https://a.example/" + "x" * 2_048})
        with pytest.raises(Rejected):
            self.publisher.publish(replace(self.order(), content=long), {}, open_at(answering(201, {"id": "1"})))


def test_the_boards_of_an_account_are_read_to_the_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        first = {"items": [{"id": "1", "name": "Autumn"}, {"id": "x"}, 7, {"id": "2", "name": ""}], "bookmark": "b"}
        rest = {"items": [{"id": "3", "name": "Winter"}], "bookmark": None}
        return httpx.Response(200, json=rest if request.url.params.get("bookmark") == "b" else first)

    assert boards(open_at(answer)) == (("1", "Autumn"), ("2", "2"), ("3", "Winter"))
    assert boards(open_at(answering(200, ["odd"]))) == ()
