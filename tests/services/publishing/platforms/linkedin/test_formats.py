"""LinkedIn: each format keeps the contract and sends exactly what was sealed."""

from typing import Any, ClassVar

import httpx
import pytest

from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.publishing.errors import NotProcessed
from services.publishing.platforms.linkedin.formats import Image, Images, Link, Text, Video
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import SECRET, PublisherContract, Refusals, content
from tests.services.publishing.platforms.linkedin.orders import (
    MEMBER,
    PAGE,
    door,
    media,
    refusing,
    repeating,
    sent_json,
)

URN = "urn:li:share:7"
UP = "2026-11-23T08:59:00+00:00"


def _made(urn: str | None) -> Any:
    return lambda request: httpx.Response(201, headers={"x-restli-id": urn} if urn else {})


class _Contract(PublisherContract):
    quoting: ClassVar[Any] = {"status": 400, "code": "INVALID", "message": f"Bad {SECRET} here"}
    refusals: ClassVar[Refusals] = [
        (_made(None), OutcomeUnknown),
        (_made("urn:li:activity:7"), OutcomeUnknown),
        (lambda request: httpx.Response(201, json={"id": URN}), OutcomeUnknown),
        (lambda request: repeating(URN), OutcomeUnknown),
        (refusing(422, "DUPLICATE_POST"), OutcomeUnknown),
        (refusing(409, "CONFLICT"), OutcomeUnknown),
        (refusing(504), OutcomeUnknown),
        (refusing(429, "TOO_MANY_REQUESTS"), RateLimited),
        (refusing(401, "REVOKED_ACCESS_TOKEN"), CredentialsExpired),
        (refusing(403, "ACCESS_DENIED"), PermissionMissing),
        (refusing(400, "MEDIA_ASSET_WAITING_UPLOAD"), Unavailable),
        (refusing(400, "MEDIA_ASSET_PROCESSING_FAILED"), NotProcessed),
        (refusing(400, "FIELD_LENGTH_TOO_LONG"), Rejected),
        (refusing(422, "", "ERROR :: /commentary :: is required"), Rejected),
        (refusing(426, "NONEXISTENT_VERSION"), Rejected),
    ]

    def sent(self, account: str = PAGE, **changes: Any) -> dict[str, Any]:
        """The body of the call that cannot be taken back."""
        seen: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(201, headers={"x-restli-id": URN})

        sealed = content("linkedin", **(self.changes | changes))
        receipt = self.publisher.publish(Order(sealed, ()), self.remote, door(answer, account))
        assert receipt.remote_id == URN
        assert receipt.permalink == "https://www.linkedin.com/feed/update/urn:li:share:7/"
        (request,) = seen
        assert request.url.path == "/rest/posts"
        return dict(sent_json(request))


class TestText(_Contract):
    publisher = Text()
    changes = {"media": ()}

    def test_words_go_out_escaped_and_to_everybody(self) -> None:
        assert self.sent(text="Today (really) #fresh") == {
            "author": PAGE,
            "commentary": "Today \\(really\\) #fresh",
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": [],
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": False,
        }

    def test_who_sees_it_is_as_it_was_sealed(self) -> None:
        assert self.sent(MEMBER, settings={"privacy": "CONNECTIONS"})["visibility"] == "CONNECTIONS"

    def test_nothing_is_handed_over_before(self) -> None:
        assert not self.publisher.spec.prepares
        assert self.publisher.prepare(self.order(), door(refusing(500))) == {}
        assert self.publisher.poll({}, door(refusing(500)))


class TestImage(_Contract):
    publisher = Image()
    remote = {"media": "urn:li:image:C1", "uploaded_at": UP}

    def test_a_picture_goes_out_with_its_description(self) -> None:
        assert self.sent()["content"] == {"media": {"id": "urn:li:image:C1", "altText": "A cone."}}
        assert self.sent(media=media(alt_text=""))["content"] == {"media": {"id": "urn:li:image:C1"}}

    def test_what_was_not_all_uploaded_is_uploaded_anew(self) -> None:
        with pytest.raises(NotProcessed) as caught:
            self.sent(media=media(2))
        assert caught.value.try_again


class TestImages(_Contract):
    publisher = Images()
    remote = {"media": "urn:li:image:C1 urn:li:image:C2", "uploaded_at": UP}
    changes = {"media": media(2)}

    def test_the_pictures_keep_their_order(self) -> None:
        shown = [{"id": "urn:li:image:C1", "altText": "A cone."}, {"id": "urn:li:image:C2", "altText": "A cone."}]
        assert self.sent()["content"] == {"multiImage": {"images": shown}}


class TestVideo(_Contract):
    publisher = Video()
    remote = {"media": "urn:li:video:C5", "uploaded_at": UP}
    changes = {"media": media(content_type="video/mp4")}

    def test_a_video_goes_out_with_its_title_where_it_has_one(self) -> None:
        assert self.sent()["content"] == {"media": {"id": "urn:li:video:C5"}}
        titled = self.sent(settings={"title": "The (new) one"})["content"]
        assert titled == {"media": {"id": "urn:li:video:C5", "title": "The (new) one"}}


class TestLink(_Contract):
    publisher = Link()
    changes = {
        "media": (),
        "link": "https://acme.example/x?utm_content=p_1",
        "settings": {"title": "The cone", "description": "Cold."},
    }

    def test_the_card_is_all_ours_because_linkedin_does_not_read_the_page(self) -> None:
        card = {"source": "https://acme.example/x?utm_content=p_1", "title": "The cone", "description": "Cold."}
        assert self.sent()["content"] == {"article": card}

    def test_a_card_without_a_link_is_refused_before_it_is_sent(self) -> None:
        with pytest.raises(Rejected):
            self.sent(link="")

    def test_the_cards_picture_is_an_upload(self) -> None:
        remote = {"media": "urn:li:image:C1", "uploaded_at": UP}
        shown = self.publisher._content(content("linkedin", **self.changes), tuple(remote["media"].split()))
        assert shown is not None and shown["article"]["thumbnail"] == "urn:li:image:C1"


def test_the_formats_say_what_they_take() -> None:
    takes = {one.spec.format: (one.spec.media_min, one.spec.media_max) for one in (Text, Image, Images, Video, Link)}
    assert takes == {"text": (0, 0), "image": (1, 1), "images": (2, 20), "video": (1, 1), "link": (0, 1)}
    assert [one.name for one in Link.spec.settings if one.required] == ["title"]
