"""YouTube: a session that is filled, finished and asked, and what each answer proves."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import httpx
import pytest

from services.approvals import SealedMedia
from services.kit.errors import CredentialsExpired, OutcomeUnknown, PermissionMissing, RateLimited, Rejected
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.youtube.video import Short, Video
from services.publishing.publisher import Door, Sighting
from tests.services.publishing.platforms.contract import (
    SECRET,
    Answer,
    PublisherContract,
    Refusals,
    answering,
    door,
)

API = "https://www.googleapis.com/youtube/v3"
SESSION = "https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&upload_id=AB1"
CLIP = SealedMedia(
    sha256="0" * 64, alt_text="", asset_id=UUID(int=1), file_key="k.mp4", width=1080, height=1920,
    content_type="video/mp4",
)  # fmt: skip
SETTINGS = {"title": "Boots", "privacy": "public", "made_for_kids": "no"}
WORDS = {"text": "Fresh today.", "media": (CLIP,), "settings": SETTINGS}


def refusing(status: int, reason: str, message: str = "No.") -> Answer:
    rows = [{"domain": "youtube", "reason": reason, "message": message}]
    return answering(status, {"error": {"code": status, "message": message, "errors": rows}})


def video(stage: str = "uploaded", privacy: str = "public", **status: str) -> dict[str, Any]:
    words = {"title": "Boots", "description": "Fresh today.", "publishedAt": "2026-11-23T09:00:05Z"}
    return {"id": "v1", "snippet": words, "status": {"uploadStatus": stage, "privacyStatus": privacy, **status}}


def open_at(answer: Answer, **changes: Any) -> Door:
    return replace(door(answer, "youtube"), api_url=API, **changes)


class YoutubeContract(PublisherContract):
    """A small file: its whole body is sent in the call that counts."""

    remote: ClassVar = {"session": SESSION, "size": "6", "sent": "0"}
    changes: ClassVar = WORDS
    quoting: ClassVar = {"error": {"code": 400, "message": f"Bad {SECRET} here", "errors": [{"reason": "bad"}]}}
    refusals: ClassVar[Refusals] = [
        (answering(200, {"success": True}), OutcomeUnknown),
        (answering(200, ["v1"]), OutcomeUnknown),
        (refusing(500, "backendError"), OutcomeUnknown),
        (refusing(400, "backendError"), OutcomeUnknown),
        (refusing(403, "quotaExceeded"), RateLimited),
        (refusing(400, "uploadLimitExceeded"), RateLimited),
        (refusing(403, "userRateLimitExceeded"), RateLimited),
        (refusing(401, "authError"), CredentialsExpired),
        (refusing(403, "insufficientPermissions"), PermissionMissing),
        (refusing(401, "youtubeSignupRequired"), PermissionMissing),
        (refusing(403, "accessNotConfigured"), Rejected),
        (refusing(400, "invalidTitle"), Rejected),
        (refusing(400, "neverHeardOf"), Rejected),
        (answering(404, {}), NotProcessed),
        (answering(410, {}), NotProcessed),
        (answering(200, video()), Accepted),
        (answering(201, video("rejected")), Accepted),
    ]

    def publish(self, answer: Answer) -> Any:
        return self.publisher.publish(self.order(), self.remote, open_at(answer))

    def find(self, answer: Answer, **changes: Any) -> Sighting:
        content = self.order().content.model_copy(update=changes)
        since = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        found: Sighting = self.publisher.find(content, self.remote, since, open_at(answer))
        return found


class TestVideo(YoutubeContract):
    publisher = Video()

    def test_a_session_is_opened_with_every_word_and_decision(self) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(200, headers={"location": SESSION})

        order = self.order()
        chosen = SETTINGS | {"tags": "boots, autumn,", "altered": "yes", "category": "26"}
        order = replace(order, content=order.content.model_copy(update={"settings": chosen}))
        assert self.publisher.prepare(order, open_at(answer)) == {"session": SESSION, "size": "6", "sent": "0"}
        (request,) = sent  # a small file goes out whole, in the call that counts
        assert request.url.path == "/upload/youtube/v3/videos"
        assert dict(request.url.params) == {"uploadType": "resumable", "part": "snippet,status"}
        assert request.headers["x-upload-content-length"] == "6"
        assert request.headers["x-upload-content-type"] == "video/mp4"
        assert httpx.Response(200, content=request.content).json() == {
            "snippet": {
                "title": "Boots",
                "description": "Fresh today.",
                "categoryId": "26",
                "tags": ["boots", "autumn"],
            },
            "status": {"privacyStatus": "public", "selfDeclaredMadeForKids": False, "containsSyntheticMedia": True},
        }

    @pytest.mark.parametrize("missing", ["title", "privacy", "made_for_kids"])
    def test_nothing_is_opened_without_a_decision_that_a_person_must_make(self, missing: str) -> None:
        order = self.order()
        chosen = {name: value for name, value in SETTINGS.items() if name != missing}
        order = replace(order, content=order.content.model_copy(update={"settings": chosen}))
        with pytest.raises(Rejected, match=missing.replace("_", " ")):
            self.publisher.prepare(order, open_at(answering(200, {})))

    def test_an_empty_file_is_refused_before_a_session_is_opened(self) -> None:
        order = replace(self.order(), open_media=lambda place: io.BytesIO())
        with pytest.raises(Rejected, match="empty"):
            self.publisher.prepare(order, open_at(answering(200, {})))

    def test_the_last_bytes_are_sent_with_their_place_in_the_file(self) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(201, json=video("processed"))

        receipt = self.publish(answer)
        assert (receipt.remote_id, receipt.permalink) == ("v1", "https://www.youtube.com/watch?v=v1")
        assert [(one.headers["content-range"], one.content) for one in sent] == [("bytes 0-5/6", b"file 0")]

    def test_a_video_that_is_still_processed_is_accepted_and_keeps_its_id(self) -> None:
        with pytest.raises(Accepted) as caught:
            self.publish(answering(200, video()))
        assert caught.value.remote == self.remote | {"video": "v1"}

    def test_quotas_end_at_midnight_in_california_and_a_channels_own_after_a_day(self) -> None:
        with pytest.raises(RateLimited) as quota:
            self.publish(refusing(403, "quotaExceeded"))
        assert quota.value.retry_at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
        with pytest.raises(RateLimited) as channel:
            self.publish(refusing(400, "uploadLimitExceeded"))
        assert channel.value.retry_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def test_a_description_is_counted_in_bytes(self) -> None:
        assert (self.publisher.spec.count("Grüße 👟"), self.publisher.spec.text_max) == (12, 5_000)


class TestShort(YoutubeContract):
    publisher = Short()

    def test_a_short_is_vertical_or_square_and_three_minutes_at_most(self) -> None:
        spec = self.publisher.spec
        assert (spec.format, spec.ratio_max, spec.seconds_max) == ("short", 1.0, 180.0)

    def test_a_short_has_its_own_address(self) -> None:
        receipt = self.publish(answering(200, video("processed")))
        assert receipt.permalink == "https://www.youtube.com/shorts/v1"
        assert self.publisher.permalink("a/b?", open_at(answering(200, {}))) == (
            "https://www.youtube.com/shorts/a%2Fb%3F"
        )
