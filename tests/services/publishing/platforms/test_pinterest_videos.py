"""Pinterest's clips: registered, sent to its file store, asked for, pinned with a cover."""

import io
import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.approvals import SealedMedia
from services.kit.errors import OutcomeUnknown, Rejected, Unavailable
from services.publishing.errors import NotProcessed
from services.publishing.platforms.pinterest.video import PinterestVideo
from tests.services.publishing.platforms.contract import SECRET, answering
from tests.services.publishing.platforms.test_pinterest import SETTINGS, PinterestContract, open_at

STORE = "https://pinterest-media-upload.s3-accelerate.amazonaws.com/"
FIELDS = {"key": "uploads/1", "policy": "p", "Content-Type": "multipart/form-data"}
CLIP = SealedMedia(
    sha256="a" * 64, alt_text="A cone.", asset_id=UUID(int=1), file_key="k.mp4", width=1080, height=1920,
    content_type="video/mp4", duration_ms=5_000,
)  # fmt: skip


class TestVideoPin(PinterestContract):
    publisher = PinterestVideo()
    remote = {"media_id": "12345"}
    changes = {"settings": SETTINGS, "media": (CLIP,)}

    def _prepare(self, stored: httpx.Response, address: str = STORE, **changes: Any) -> tuple[Any, httpx.Request]:
        seen: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            told = {"media_id": "12345", "upload_url": address, "upload_parameters": FIELDS} | changes
            request.read()
            return httpx.Response(201, json=told) if request.url.path.endswith("/media") else stored

        return self.publisher.prepare(self.order(), open_at(answer)), seen[-1]

    def test_the_clip_goes_to_the_store_with_its_fields_first_and_without_the_token(self) -> None:
        remote, upload = self._prepare(httpx.Response(204))
        assert remote == self.remote and str(upload.url) == STORE
        assert "authorization" not in upload.headers and SECRET.encode() not in upload.content
        places = [upload.content.index(f'name="{name}"'.encode()) for name in (*FIELDS, "file")]
        assert places == sorted(places) and b"file 0" in upload.content

    @pytest.mark.parametrize(("status", "again"), [(403, True), (429, True), (400, False), (301, False)])
    def test_a_store_that_refuses_leaves_nothing_behind(self, status: int, again: bool) -> None:
        with pytest.raises(NotProcessed) as caught:
            self._prepare(httpx.Response(status, text="<Error/>"))
        assert caught.value.try_again is again

    def test_a_store_that_is_down_is_tried_again(self) -> None:
        with pytest.raises(Unavailable):
            self._prepare(httpx.Response(503))

    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/",
            "http://x.amazonaws.com/",
            "https://a@b.amazonaws.com/",
            "https://amazonaws.com.evil.example/",
            "https://x.amazonaws.com:99999/",
        ],
    )
    def test_bytes_go_to_pinterests_own_store_only(self, address: str) -> None:
        with pytest.raises(Rejected):
            self._prepare(httpx.Response(204), address)

    @pytest.mark.parametrize("changes", [{"media_id": None}, {"upload_url": 7}, {"upload_parameters": []}])
    def test_a_registration_without_an_address_is_no_registration(self, changes: dict[str, Any]) -> None:
        with pytest.raises(OutcomeUnknown):
            self._prepare(httpx.Response(204), **changes)

    @pytest.mark.parametrize(
        ("status", "is_ready"), [("registered", False), ("processing", False), ("succeeded", True), (None, False)]
    )
    def test_polling_tells_whether_it_is_ready(self, status: str | None, is_ready: bool) -> None:
        assert self.publisher.poll(self.remote, open_at(answering(200, {"status": status}))) is is_ready

    def test_a_failed_clip_may_pass_as_a_new_upload(self) -> None:
        with pytest.raises(NotProcessed) as caught:
            self.publisher.poll(self.remote, open_at(answering(200, {"status": "failed"})))
        assert caught.value.try_again

    @pytest.mark.parametrize(("told", "second"), [("", 1), ("0", 0), ("4", 4), ("5", None), ("-1", None), ("½", None)])
    def test_the_cover_is_a_second_of_the_clip(self, told: str, second: int | None) -> None:
        sent: list[Any] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(json.loads(request.read())["media_source"])
            return httpx.Response(201, json={"id": "1"})

        chosen = self.order().content.model_copy(update={"settings": {**SETTINGS, "cover_second": told}})
        order = replace(self.order(), content=chosen, open_media=lambda place: io.BytesIO())
        if second is None:
            with pytest.raises(Rejected):
                self.publisher.publish(order, self.remote, open_at(answer))
        else:
            self.publisher.publish(order, self.remote, open_at(answer))
            assert sent == [{"source_type": "video_id", "media_id": "12345", "cover_image_key_frame_time": second}]
