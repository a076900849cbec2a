"""Facebook's videos and reels: uploaded unseen, finished once, and proven by the video's own state."""

import io
from typing import Any, ClassVar

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, Rejected, Unavailable
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.facebook.reel import Reel
from services.publishing.platforms.facebook.video import Video
from services.publishing.publisher import Order
from tests.services.publishing.platforms.contract import (
    SECRET,
    Answer,
    PublisherContract,
    answering,
    content,
    door,
    graph_refusals,
    refusing,
)
from tests.services.publishing.platforms.test_facebook_posts import MADE_AT
from tests.services.publishing.platforms.test_instagram_formats import VIDEO, Wire

BYTES = bytes(range(256)) * 10
UPLOAD = "https://rupload.facebook.com/video-upload/77"


def order(kind: str = "facebook", **changes: Any) -> Order:
    sealed = content(kind, media=(VIDEO,), **changes)
    return Order(sealed, ("https://files.example/0",), lambda place: io.BytesIO(BYTES))


def state(video_status: str, post_id: str = "", **phases: Any) -> dict[str, Any]:
    """What `GET /{video-id}` tells."""
    return {"id": "77", "status": {"video_status": video_status, **phases}, **({"post_id": post_id} if post_id else {})}


class UploadedContract(PublisherContract):
    """What videos and reels share."""

    # 100 answers here to the look at the video as well: there is no such video.
    refusals = [
        (answering(200, {"success": True}), Accepted),
        *[(answer, error) for answer, error in graph_refusals()[1:-2]],
        (refusing(100), NotProcessed),
        (refusing(987_654), Rejected),
    ]
    changes = {"media": (VIDEO,)}
    finished: ClassVar[dict[str, str]]

    def test_finishing_is_taken_but_not_yet_public(self) -> None:
        wire = Wire({"success": True})
        with pytest.raises(Accepted) as caught:
            self.publisher.publish(order(settings={"title": "Cones"}), self.remote, door(wire, "facebook"))
        assert caught.value.remote == self.remote
        assert wire.sent[0][1] == {
            "upload_phase": "finish",
            "description": "Fresh today.",
            "title": "Cones",
            **self.finished,
        }

    @pytest.mark.parametrize("body", [{}, {"success": "yes"}, {"id": "77"}])
    def test_an_answer_that_does_not_say_so_is_unknown(self, body: Any) -> None:
        with pytest.raises(OutcomeUnknown) as caught:
            self.publish(answering(200, body))
        assert type(caught.value) is OutcomeUnknown

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            (answering(200, state("processing")), Accepted),
            (answering(200, state("ready")), Accepted),
            (answering(200, state("upload_complete")), Rejected),
            (answering(503, {}), OutcomeUnknown),
        ],
    )
    def test_a_refused_finish_is_believed_only_if_the_video_was_not_taken(
        self, told: Answer, error: type[Exception]
    ) -> None:
        def answer(request: httpx.Request) -> httpx.Response:
            return told(request) if request.method == "GET" else refusing(100)(request)

        with pytest.raises(error) as caught:
            self.publish(answer)
        assert type(caught.value) is error

    def test_a_published_video_is_proof_and_names_its_post(self) -> None:
        told = state("ready", "5", publishing_phase={"publish_status": "published", "publish_time": 1795424405})
        (seen,) = self.find(answering(200, told | {"permalink_url": "/reel/77/"})).seen
        assert (seen.remote_id, seen.permalink) == ("17_5", "https://www.facebook.com/reel/77/")
        assert seen.at is not None and seen.at.isoformat() == "2026-11-23T09:00:05+00:00"

    def test_a_video_that_tells_no_post_is_known_by_its_own_id(self) -> None:
        told = state("ready", publishing_phase={"publish_status": "published"})
        sighting = self.find(answering(200, told))
        assert (sighting.is_live, sighting.seen[0].remote_id) == (True, "77")

    @pytest.mark.parametrize("status", ["processing", "ready"])
    def test_a_video_in_the_works_is_asked_for_again(self, status: str) -> None:
        sighting = self.find(answering(200, state(status, publishing_phase={"status": "not_started"})))
        assert (sighting.is_processing, sighting.is_live, sighting.is_absent) == (True, False, False)

    @pytest.mark.parametrize("status", ["uploading", "upload_complete"])
    def test_a_video_that_was_never_finished_may_be_finished_again(self, status: str) -> None:
        sighting = self.find(answering(200, state(status)))
        assert (sighting.is_absent, sighting.remote) == (True, self.remote)

    @pytest.mark.parametrize("status", ["expired", "upload_failed"])
    def test_an_upload_that_is_gone_is_made_anew(self, status: str) -> None:
        sighting = self.find(answering(200, state(status)))
        assert (sighting.is_absent, sighting.remote) == (True, {})

    def test_a_video_that_cannot_be_processed_is_refused_in_its_words(self) -> None:
        told = state("error", processing_phase={"error": {"message": "No sound track."}})
        assert self.find(answering(200, told)).refused == "Facebook could not process the video. No sound track."

    @pytest.mark.parametrize("status", ["pondering", ["ready"], None])
    def test_a_state_nobody_knows_proves_nothing(self, status: Any) -> None:
        sighting = self.find(answering(200, {"id": "77", "status": {"video_status": status}}))
        assert (sighting.is_live, sighting.is_absent, sighting.is_processing) == (False, False, False)

    def test_an_upload_of_the_day_before_is_made_anew(self) -> None:
        with pytest.raises(NotProcessed):
            self.publisher.poll({**self.remote, "made_at": "2026-11-22T09:59:00+00:00"}, door(Wire(), "facebook"))
        assert self.publisher.poll(self.remote, door(Wire(), "facebook"))


class TestVideo(UploadedContract):
    publisher = Video()
    remote = {"video": "77", "session": "s1", **MADE_AT}
    finished = {"upload_session_id": "s1"}

    def test_the_pieces_that_are_asked_for_are_sent(self) -> None:
        pieces: list[bytes] = []

        def answer(request: httpx.Request) -> httpx.Response:
            body = request.read()
            if b"video_file_chunk" not in body:
                assert b"file_size=2560" in body
                begun = {"video_id": "77", "upload_session_id": "s1", "start_offset": "0", "end_offset": "1500"}
                return httpx.Response(200, json=begun)
            piece = body.split(b"\r\n\r\n")[-1].rsplit(b"\r\n--", 1)[0]
            pieces.append(piece)
            done = str(sum(map(len, pieces)))
            return httpx.Response(200, json={"start_offset": done, "end_offset": "2560"})

        assert self.publisher.prepare(order(), door(answer, "facebook")) == self.remote
        assert b"".join(pieces) == BYTES and len(pieces) == 2

    @pytest.mark.parametrize("told", [{}, {"start_offset": "0", "end_offset": "9"}, {"start_offset": {}}])
    def test_an_upload_that_does_not_move_ends(self, told: dict[str, Any]) -> None:
        begun = {"video_id": "77", "upload_session_id": "s1", "start_offset": 0, "end_offset": 9}
        with pytest.raises(OutcomeUnknown):
            self.publisher.prepare(order(), door(lambda request: _first_then(request, begun, told), "facebook"))


class TestReel(UploadedContract):
    publisher = Reel()
    remote = {"video": "77", **MADE_AT}
    finished = {"video_id": "77", "video_state": "PUBLISHED"}

    def _prepare(self, upload: Answer, address: Any = UPLOAD) -> Any:
        def answer(request: httpx.Request) -> httpx.Response:
            if request.url.path == "/v26.0/17/video_reels":
                return httpx.Response(200, json={"video_id": 77, "upload_url": address})
            return upload(request)

        return self.publisher.prepare(order(), door(answer, "facebook"))

    def test_the_bytes_go_to_the_address_that_the_platform_names(self) -> None:
        def upload(request: httpx.Request) -> httpx.Response:
            assert request.headers["authorization"] == f"OAuth {SECRET}" and str(request.url) == UPLOAD
            assert (request.headers["offset"], request.headers["file_size"]) == ("0", "2560")
            assert request.headers["content-length"] == "2560" and request.read() == BYTES
            return httpx.Response(200, json={"success": True})

        assert self._prepare(upload) == self.remote

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/up",
            "http://rupload.facebook.com/77",
            "https://rupload.facebook.com.evil/",
            "https://rupload.facebook.com@evil.example/",
            "https://[",
            7,
            None,
        ],
    )
    def test_the_token_goes_to_no_other_host(self, address: Any) -> None:
        def upload(request: httpx.Request) -> httpx.Response:
            raise AssertionError(request.url)

        with pytest.raises(OutcomeUnknown):
            self._prepare(upload, address)

    @pytest.mark.parametrize(
        ("status", "body", "error"),
        [
            (
                400,
                {"debug_info": {"retriable": False, "type": "ProcessingFailedError", "message": SECRET}},
                NotProcessed,
            ),
            (400, {"debug_info": {"retriable": False, "type": "OffsetInvalidError"}}, Unavailable),
            (400, {"debug_info": {"retriable": True, "type": "Other"}}, Unavailable),
            (400, {"debug_info": {"retriable": False, "type": "Other"}}, Rejected),
            (200, {"success": False}, Unavailable),
            (200, [1], Unavailable),
            (500, {}, Unavailable),
        ],
    )
    def test_a_failed_upload_is_one_of_our_errors(self, status: int, body: Any, error: type[Exception]) -> None:
        with pytest.raises(error) as caught:
            self._prepare(answering(status, body))
        assert SECRET not in str(caught.value)


def _first_then(request: httpx.Request, first: Any, then: Any) -> httpx.Response:
    return httpx.Response(200, json=then if b"video_file_chunk" in request.read() else first)
