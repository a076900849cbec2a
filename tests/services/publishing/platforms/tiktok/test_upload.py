"""A video sent in parts: everything but the last one is preparation, and one upload becomes at most one post."""

import io
import json
from datetime import timedelta
from typing import Any, ClassVar

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, RateLimited, Rejected, Unavailable
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.tiktok.upload import MIB, Parts
from services.publishing.platforms.tiktok.video import Draft, Video
from services.publishing.publisher import Door, Order, Remote
from tests.services.publishing.platforms.contract import NOW, SECRET, Answer, PublisherContract, Refusals, content, door
from tests.services.publishing.platforms.tiktok.answers import PUBLIC, UPLOAD_URL, clip, tiktok, well

BEGUN = {"publish_id": "v_pub_file~v2-1.7", "upload_url": UPLOAD_URL, "size": "6", "begun_at": NOW.isoformat()}


def put(status: int, **headers: str) -> Answer:
    return lambda request: httpx.Response(status, headers=headers)


def upload(code: int, **told: Any) -> Answer:
    """The upload's answer, and what the status says when it is asked afterwards."""
    return tiktok({"/video/": put(code), "status/fetch/": well(told)})


class TestVideo(PublisherContract):
    publisher = Video()
    remote = BEGUN
    changes = {"media": (clip(),), "settings": PUBLIC}
    refusals: ClassVar[Refusals] = [
        (put(201), Accepted),
        (put(206), OutcomeUnknown),
        (put(200), OutcomeUnknown),
        (put(302), OutcomeUnknown),
        (put(408), OutcomeUnknown),
        (put(403), OutcomeUnknown),  # and the status address refuses too, so nothing is proven
        (put(429), RateLimited),
        (upload(403, status="PROCESSING_UPLOAD", uploaded_bytes=0), NotProcessed),
        (upload(404, status="PROCESSING_UPLOAD", uploaded_bytes=5), NotProcessed),
        (upload(416, status="PROCESSING_UPLOAD", uploaded_bytes=0), NotProcessed),
        (upload(400, status="PROCESSING_UPLOAD", uploaded_bytes=0), NotProcessed),
        (upload(404, status="PROCESSING_UPLOAD", uploaded_bytes=6), OutcomeUnknown),
        (upload(404, status="PROCESSING_UPLOAD"), OutcomeUnknown),
        (upload(404, status="PUBLISH_COMPLETE"), OutcomeUnknown),
    ]

    def at(self, answer: Answer, minutes: float = 0) -> Door:
        here = door(answer, "tiktok")
        return Door(here.http, "tiktok", here.api_url, "17", here.secret, NOW + timedelta(minutes=minutes))

    def look(self, minutes: float = 1, remote: Remote | None = None, **told: Any) -> Any:
        sealed = content("tiktok", **self.changes)
        return self.publisher.find(
            sealed, remote or BEGUN, NOW, self.at(tiktok({"status/fetch/": well(told)}), minutes)
        )

    def test_the_token_travels_in_a_header_and_shows_up_nowhere(self, caplog: pytest.LogCaptureFixture) -> None:
        """The upload's address is a secret by itself: no token goes there."""
        seen: list[httpx.Request] = []
        with pytest.raises(Accepted):
            self.publish(tiktok({"/video/": put(201)}, seen))
        (sent,) = seen
        assert "authorization" not in sent.headers and SECRET not in f"{sent.url}{sent.content!r}{caplog.text}"

    def test_the_last_part_is_the_file_and_what_comes_of_it_is_asked_for_later(self) -> None:
        seen: list[httpx.Request] = []
        with pytest.raises(Accepted) as caught:
            self.publish(tiktok({"/video/": put(201)}, seen))
        assert caught.value.remote == {"publish_id": "v_pub_file~v2-1.7", "taken": "yes"}
        assert (seen[0].content, str(seen[0].url)) == (b"file 0", UPLOAD_URL)
        told = {name: seen[0].headers[name] for name in ("content-type", "content-length", "content-range")}
        assert told == {"content-type": "video/mp4", "content-length": "6", "content-range": "bytes 0-5/6"}

    def test_another_file_than_the_announced_one_is_not_sent(self) -> None:
        order = Order(content("tiktok", **self.changes), (), lambda _place: io.BytesIO(b"longer now"))
        with pytest.raises(Rejected):
            self.publisher.publish(order, BEGUN, self.at(tiktok({})))

    def test_an_upload_whose_address_is_about_to_end_is_begun_anew(self) -> None:
        assert self.publisher.poll(BEGUN, self.at(tiktok({}), 49))
        with pytest.raises(NotProcessed) as caught:
            self.publisher.poll(BEGUN, self.at(tiktok({}), 51))
        assert caught.value.try_again
        with pytest.raises(NotProcessed):
            self.publisher.publish(self.order(), BEGUN, self.at(tiktok({}), 51))

    def test_once_its_last_part_may_be_out_an_ended_address_proves_nothing(self) -> None:
        resent = BEGUN | {"resends": "1"}
        assert self.publisher.poll(resent, self.at(tiktok({}), 51))
        with pytest.raises(OutcomeUnknown):
            self.publisher.publish(self.order(), resent, self.at(tiktok({}), 51))
        answer = upload(404, status="PROCESSING_UPLOAD", uploaded_bytes=0)
        with pytest.raises(OutcomeUnknown):
            self.publisher.publish(self.order(), resent, self.at(answer))

    def test_an_incomplete_upload_is_absent_and_its_last_part_may_be_sent_again(self) -> None:
        found = self.look(status="PROCESSING_UPLOAD", uploaded_bytes=0)
        assert (found.is_absent, found.remote) == (True, BEGUN | {"resends": "1"})
        again = self.look(remote=found.remote, status="PROCESSING_UPLOAD", uploaded_bytes=0)
        assert again.remote["resends"] == "2"

    @pytest.mark.parametrize("minutes", [51, 64])
    def test_near_its_end_an_upload_is_neither_resent_nor_begun_anew(self, minutes: float) -> None:
        found = self.look(minutes, status="PROCESSING_UPLOAD", uploaded_bytes=0)
        assert (found.is_processing, found.is_absent) == (True, False)

    def test_after_many_resends_the_end_of_the_address_is_waited_for(self) -> None:
        found = self.look(remote=BEGUN | {"resends": "10"}, status="PROCESSING_UPLOAD", uploaded_bytes=0)
        assert (found.is_processing, found.is_absent) == (True, False)

    def test_a_dead_upload_is_absent_and_a_new_one_may_be_begun(self) -> None:
        found = self.look(66, status="PROCESSING_UPLOAD", uploaded_bytes=0)
        assert (found.is_absent, found.remote) == (True, {})

    @pytest.mark.parametrize("told", [{"uploaded_bytes": 6}, {}, {"uploaded_bytes": "6"}])
    def test_what_tiktok_may_have_whole_is_never_absent(self, told: dict[str, Any]) -> None:
        assert self.look(66, status="PROCESSING_UPLOAD", **told).is_processing

    def test_what_tiktok_said_it_took_is_never_absent(self) -> None:
        taken = BEGUN | {"taken": "yes"}
        assert self.look(remote=taken, status="PROCESSING_UPLOAD", uploaded_bytes=0).is_processing

    def test_a_failure_inside_tiktok_is_worth_a_new_upload(self) -> None:
        found = self.look(status="FAILED", fail_reason="internal")
        assert (found.is_absent, found.remote) == (True, {})

    def test_a_post_that_only_its_owner_sees_is_known_by_its_publish_id(self) -> None:
        sealed = content("tiktok", **(self.changes | {"settings": PUBLIC | {"privacy": "SELF_ONLY"}}))
        here = self.at(tiktok({"status/fetch/": well({"status": "PUBLISH_COMPLETE"})}))
        found = self.publisher.find(sealed, BEGUN, NOW, here)
        assert (found.is_live, [one.remote_id for one in found.seen]) == (True, ["v_pub_file~v2-1.7"])


class TestDraft(TestVideo):
    publisher = Draft()
    changes = {"media": (clip(),), "settings": {"format": "draft"}}

    def test_a_draft_carries_the_file_and_nothing_else(self) -> None:
        seen: list[httpx.Request] = []
        init = well({"publish_id": "v_inbox_file~v2.7", "upload_url": UPLOAD_URL})
        remote = self.publisher.prepare(self.order(), self.at(tiktok({"inbox/video/init/": init}, seen)))
        assert (len(seen), remote["publish_id"]) == (1, "v_inbox_file~v2.7")
        assert json.loads(seen[0].content).keys() == {"source_info"}

    def test_done_is_when_the_inbox_has_it(self) -> None:
        found = self.look(status="SEND_TO_USER_INBOX")
        assert (found.is_live, found.seen[0].remote_id) == (True, BEGUN["publish_id"])


class TestPreparing:
    """Files over 10 MiB go in two parts or more."""

    body = bytes(range(256)) * (11 * 4096)

    def prepare(self, parts: Answer, seen: list[httpx.Request] | None = None, **init: Any) -> Remote:
        data = {"publish_id": "v_pub_file~v2-1.7", "upload_url": UPLOAD_URL} | init
        order = Order(content("tiktok", media=(clip(),), settings=PUBLIC), (), lambda _place: io.BytesIO(self.body))
        answer = tiktok({"post/publish/video/init/": well(data), "/video/": parts}, seen)
        return Video().prepare(order, door(answer, "tiktok"))

    @pytest.mark.parametrize("size", [1, 5 * MIB - 1, 5 * MIB, 10 * MIB - 1, 10 * MIB, 19 * MIB + 1, 64 * MIB + 7])
    def test_parts_keep_every_rule_of_the_platform(self, size: int) -> None:
        self.check(size)

    def test_the_largest_file_keeps_them_too(self) -> None:
        self.check(4096 * MIB)

    def check(self, size: int) -> None:
        parts = Parts.of(size)
        spans = [parts.span(place) for place in range(parts.count)]
        assert parts.count == size // parts.part and 1 <= parts.count <= 1000
        assert parts.count > 1 or parts.part == size
        assert [first for first, _ in spans] == [0, *(last + 1 for _, last in spans[:-1])] and spans[-1][1] == size - 1
        assert all(5 * MIB <= last - first + 1 <= 64 * MIB for first, last in spans[:-1])
        assert spans[-1][1] - spans[-1][0] < 128 * MIB and (size < 5 * MIB or parts.part >= 5 * MIB)

    def test_all_but_the_last_part_is_sent_and_remembered(self) -> None:
        seen: list[httpx.Request] = []
        remote = self.prepare(put(206), seen)
        creator, init, first = seen
        assert creator.url.path.endswith("creator_info/query/") and creator.content == b""
        source = {"source": "FILE_UPLOAD", "video_size": 11 * MIB, "chunk_size": 11 * MIB // 2, "total_chunk_count": 2}
        assert json.loads(init.content)["source_info"] == source
        assert first.content == self.body[: 11 * MIB // 2]
        assert remote == BEGUN | {"size": str(11 * MIB)}

    def test_a_part_whose_answer_was_lost_is_sent_once_more(self) -> None:
        answers = [None, httpx.Response(416, headers={"content-range": f"bytes 0-{11 * MIB // 2 - 1}/{11 * MIB}"})]

        def part(request: httpx.Request) -> httpx.Response:
            given = answers.pop(0)
            if given is None:
                raise httpx.ReadTimeout("lost", request=request)
            return given

        assert self.prepare(part)["publish_id"] == "v_pub_file~v2-1.7"

    @pytest.mark.parametrize(
        ("status", "error"),
        [(403, NotProcessed), (404, NotProcessed), (416, NotProcessed), (400, Rejected), (429, RateLimited),
         (500, Unavailable), (201, Unavailable)],
    )  # fmt: skip
    def test_a_refused_part_is_one_of_our_errors(self, status: int, error: type[Exception]) -> None:
        with pytest.raises(error):
            self.prepare(put(status))

    @pytest.mark.parametrize(
        "address",
        ["", 7, "https://evil.example/video/", "http://open-upload.tiktokapis.com/",
         "http://graph.example/v", "https://graph.example:8443/v", "https://graph.example.evil.net/v",
         "https://[", "ftp://graph.example/v"],
    )  # fmt: skip
    def test_the_file_goes_to_the_platforms_own_hosts_only(self, address: Any) -> None:
        with pytest.raises(Unavailable):
            self.prepare(put(206), upload_url=address)

    def test_an_empty_file_is_not_announced(self) -> None:
        order = Order(content("tiktok", media=(clip(),), settings=PUBLIC), (), lambda _place: io.BytesIO())
        with pytest.raises(Rejected):
            Video().prepare(order, door(tiktok({}), "tiktok"))
