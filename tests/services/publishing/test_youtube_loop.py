"""YouTube end to end: the adapters against the practice platform over real HTTP, one video per post and no more."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.kit.errors import CredentialsExpired, OutcomeUnknown, PermissionMissing, RateLimited, Rejected
from services.practice.seeds import ACCOUNTS
from services.practice.youtube.access import SCOPES, UPLOAD
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.publisher import Door, Order, Remote, Sighting
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.makers.under_way import UnderWay

ACME = next(iter(ACCOUNTS["youtube"]))
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SETTINGS = {"title": "Boots in 30 s", "privacy": "public", "made_for_kids": "no", "tags": "boots,autumn"}
LAST_BYTES = {"match": "/upload/youtube/v3/videos", "method": "PUT"}


@dataclass
class Desk(UnderWay):
    """One post of one format under way."""

    platform = "youtube"
    file: bytes
    settings: dict[str, str]

    @property
    def content(self) -> SealedContent:
        clip = SealedMedia(
            sha256=sha256(self.file).hexdigest(), alt_text="", asset_id=UUID(int=1), file_key="k.mp4", width=320,
            height=480, content_type="video/mp4",
        )  # fmt: skip
        chosen = {"format": self.format, **self.settings}
        words = {"platform": "youtube", "is_practice": True, "target": ACME, "text": "Fresh today: Grüße 👟"}
        return SealedContent(**words, media=(clip,), settings=chosen)

    @property
    def order(self) -> Order:
        return Order(self.content, ("http://files.example/k",), lambda place: io.BytesIO(self.file))

    @property
    def door(self) -> Door:
        api = f"{self.practice.base}/youtube/youtube/v3"
        return Door(self.http, "youtube", api, ACME, SecretStr(self.token), self.clock.now())

    def prepare(self) -> Remote:
        return self.adapter.prepare(self.order, self.door)

    def publish(self, remote: Remote) -> Remote:
        """Publishes; returns what is then known of the video, which is still processed."""
        with pytest.raises(Accepted) as caught:
            self.adapter.publish(self.order, remote, self.door)
        return caught.value.remote

    def find(self, remote: Remote) -> Sighting:
        return self.adapter.find(self.content, remote, START, self.door)


@pytest.fixture(params=["video", "short"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(START)
    shape = {"width": 480, "height": 320} if request.param == "video" else {}
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False, timeout=20) as http:
        token = practice.admin.token("youtube", SCOPES, ACME, expires_in=3_599)
        yield Desk(practice, clock, http, request.param, token, clip_bytes(**shape), SETTINGS)


def test_a_post_goes_out_once_with_the_sealed_bytes_and_words(desk: Desk) -> None:
    remote = desk.prepare()
    assert desk.accepted() == [] and desk.adapter.poll(remote, desk.door)
    remote = desk.publish(remote)
    assert desk.find(remote).is_processing
    desk.clock.move(seconds=2)
    sighting = desk.find(remote)
    (post,) = desk.accepted()
    assert sighting.is_live and [one.remote_id for one in sighting.seen] == [post["id"]] == [remote["video"]]
    assert post["media"] == [sha256(desk.file).hexdigest()] and post["caption"] == desk.content.text
    assert post["format"] == desk.format and post["account"] == ACME
    assert {name: post["details"][name] for name in ("title", "privacy", "made_for_kids", "tags")} == SETTINGS
    link = desk.adapter.permalink(post["id"], desk.door)
    assert link is not None
    shown = httpx.get(link, follow_redirects=True)
    assert shown.status_code == 200 and "Grüße" in shown.text
    assert [(one.remote_id, one.permalink) for one in desk.adapter.recent(desk.door)] == [(post["id"], link)]


def test_a_file_of_several_chunks_arrives_whole(desk: Desk) -> None:
    box = (9 * 1024 * 1024).to_bytes(4, "big") + b"free"
    desk.file = desk.file + box + bytes(9 * 1024 * 1024 - 8)  # players skip what lies in a free box
    remote = desk.prepare()
    assert desk.accepted() == []
    desk.publish(remote)
    (post,) = desk.accepted()
    assert post["media"] == [sha256(desk.file).hexdigest()]
    assert [call["status"] for call in desk.practice.admin.requests("/upload/")] == [200, 308, 200]


def test_a_lost_answer_to_the_last_byte_is_found_by_its_session(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.fault("lose_reply", **LAST_BYTES, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, remote, desk.door)
    desk.clock.move(seconds=10)
    sighting = desk.find(remote)
    (post,) = desk.accepted()
    assert sighting.is_live and not sighting.is_absent and sighting.seen[0].remote_id == post["id"]


def test_a_failure_at_the_last_byte_that_took_nothing_is_proven_absent(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.fault("http", **LAST_BYTES, status=503, count=1)
    with pytest.raises(OutcomeUnknown):
        desk.adapter.publish(desk.order, remote, desk.door)
    sighting = desk.find(remote)
    assert sighting.is_absent and desk.accepted() == []
    desk.publish(dict(sighting.remote))
    assert len(desk.accepted()) == 1


def test_bytes_that_never_arrived_are_proven_absent_and_sent_in_the_same_session(desk: Desk) -> None:
    remote = desk.prepare()
    sighting = desk.find(remote)
    assert sighting.is_absent and desk.accepted() == []
    desk.publish(dict(sighting.remote))
    assert len(desk.accepted()) == 1
    starts = [call for call in desk.practice.admin.requests("/upload/") if call["method"] == "POST"]
    assert len(starts) == 1


def test_publishing_a_finished_session_again_makes_no_second_video(desk: Desk) -> None:
    remote = desk.prepare()
    first, second = desk.publish(remote), desk.publish(remote)
    assert first["video"] == second["video"] and len(desk.accepted()) == 1


def test_a_session_that_ended_before_its_last_byte_published_nothing(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.settings(youtube_session_seconds=60)
    desk.clock.move(seconds=61)
    with pytest.raises(NotProcessed) as caught:
        desk.adapter.publish(desk.order, remote, desk.door)
    assert caught.value.try_again and desk.accepted() == []


def test_without_its_session_the_video_is_found_in_the_channels_list(desk: Desk) -> None:
    remote = desk.prepare()
    desk.publish(remote)
    desk.practice.admin.settings(youtube_session_seconds=0)
    desk.clock.move(seconds=10)
    sighting = desk.find(remote)
    assert sighting.is_live and sighting.seen[0].remote_id == desk.accepted()[0]["id"]
    desk.settings = SETTINGS | {"title": "Another"}
    assert desk.find(remote) == Sighting()


def test_a_used_up_quota_waits_for_midnight_in_california(desk: Desk) -> None:
    desk.practice.admin.settings(quota_total=1)
    desk.prepare()
    with pytest.raises(RateLimited, match="quota for today") as caught:
        desk.prepare()
    assert caught.value.retry_at == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    desk.clock.move(seconds=(caught.value.retry_at - START).total_seconds())
    desk.token = desk.practice.admin.token("youtube", SCOPES, ACME)
    assert desk.prepare()["session"]


def test_an_expired_token_and_a_missing_scope_are_told_apart(desk: Desk) -> None:
    remote = desk.prepare()
    desk.practice.admin.fault("expire_token", count=1, platform="youtube")
    with pytest.raises(CredentialsExpired) as caught:
        desk.adapter.publish(desk.order, remote, desk.door)
    assert type(caught.value) is CredentialsExpired and desk.accepted() == []
    desk.token = desk.practice.admin.token("youtube", (UPLOAD,), ACME)
    desk.publish(remote)
    with pytest.raises(PermissionMissing):
        desk.find(remote)


def test_a_processing_failure_and_a_rejection_are_told_in_plain_words(desk: Desk) -> None:
    desk.practice.admin.fault("fail_processing", platform="youtube", count=1)
    failed = desk.publish(desk.prepare())
    desk.publish(desk.prepare())
    duplicate = desk.publish(desk.prepare())
    desk.clock.move(seconds=2)
    assert desk.find(failed).refused == "YouTube could not process the video: it could not convert the video."
    assert "is on the channel already" in desk.find(duplicate).refused
    assert len(desk.accepted()) == 1


def test_slow_processing_of_hours_is_waited_for(desk: Desk) -> None:
    desk.practice.admin.fault("slow_processing", platform="youtube", seconds=2_400, count=1)
    remote = desk.publish(desk.prepare())
    desk.clock.move(seconds=2_399)
    assert desk.find(remote).is_processing
    desk.clock.move(seconds=1)
    assert desk.find(remote).is_live


def test_an_app_that_is_not_audited_gets_private_videos_and_says_so(desk: Desk) -> None:
    desk.practice.admin.settings(youtube_audited=0)
    remote = desk.publish(desk.prepare())
    assert "the app is not audited yet" in desk.find(remote).refused and remote["video"] in desk.find(remote).refused
    assert desk.accepted() == []


def test_words_that_youtube_refuses_open_no_session(desk: Desk) -> None:
    desk.settings = SETTINGS | {"title": "a > b"}
    with pytest.raises(Rejected, match="without < and >"):
        desk.prepare()
    sealed = desk.content.model_copy(update={"text": "ü" * 2_501, "settings": SETTINGS})
    with pytest.raises(Rejected, match="5,000 bytes"):
        desk.adapter.prepare(replace(desk.order, content=sealed), desk.door)
