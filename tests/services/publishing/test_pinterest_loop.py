"""Pinterest end to end: the adapters against the practice platform over real HTTP, one pin per post and no more."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from pydantic import SecretStr

from services.approvals import SealedContent, SealedMedia
from services.kit.clock import FixedClock
from services.kit.errors import (
    CredentialsExpired,
    OutcomeUnknown,
    PermissionMissing,
    RateLimited,
    Rejected,
    Unavailable,
)
from services.publishing.errors import NotProcessed
from services.publishing.platforms.pinterest.boards import boards
from services.publishing.publisher import Door, Order, Receipt, Remote
from tests.makers.clips import clip_bytes
from tests.makers.practice import running_practice
from tests.makers.under_way import UnderWay
from tests.services.practice.conftest import picture

ACME = "549755885100000001"
SCOPES = ("boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read")
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINK = "https://shop.example/boots?utm_content=p_81f0aa"
PIN = {"match": "/v5/pins", "method": "POST", "count": 1}
FORMATS = ["image", "video"]


@dataclass
class Desk(UnderWay):
    """One post of one format under way."""

    platform = "pinterest"
    link: str = LINK

    @property
    def file(self) -> bytes:
        return picture() if self.format == "image" else clip_bytes()

    @property
    def door(self) -> Door:
        api = f"{self.practice.base}/pinterest/v5"
        return Door(self.http, "pinterest", api, ACME, SecretStr(self.token), self.clock.now())

    @property
    def content(self) -> SealedContent:
        kind = "image/jpeg" if self.format == "image" else "video/mp4"
        item = SealedMedia(
            sha256=sha256(self.file).hexdigest(), alt_text="Brown boots", asset_id=UUID(int=1), file_key="k", width=320,
            height=480, content_type=kind, duration_ms=0 if self.format == "image" else 5_000,
        )  # fmt: skip
        chosen = {"format": self.format, "board": boards(self.door)[0][0], "title": "Boots & <b>more</b>"}
        words = {"platform": "pinterest", "is_practice": True, "target": ACME, "text": "Fresh today: Grüße 👟"}
        return SealedContent(**words, link=self.link, media=(item,), settings=chosen)

    @property
    def order(self) -> Order:
        return Order(self.content, ("http://files.example/k",), lambda place: io.BytesIO(self.file))

    def ready(self) -> Remote:
        """Everything before the pin itself, as the steps do it."""
        if not self.adapter.spec.prepares:
            return {}
        remote = self.adapter.prepare(self.order, self.door)
        self.clock.move(seconds=5)
        assert self.adapter.poll(remote, self.door)
        return remote

    def publish(self, remote: Remote | None = None) -> Receipt:
        return self.adapter.publish(self.order, self.ready() if remote is None else remote, self.door)

    def lost(self, kind: str = "lose_reply", **terms: object) -> datetime:
        """A publication whose answer is lost; returns the instant of its intent."""
        remote = self.ready()
        self.practice.admin.fault(kind, **PIN, **terms)
        since = self.clock.now()
        with pytest.raises(OutcomeUnknown):
            self.publish(remote)
        self.clock.move(seconds=10)
        return since


@pytest.fixture(params=FORMATS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    clock = FixedClock(START)
    with running_practice(tmp_path, clock=clock) as practice, httpx.Client(trust_env=False) as http:
        yield Desk(practice, clock, http, request.param, practice.admin.token("pinterest", SCOPES, ACME))


def test_one_pin_carries_the_sealed_bytes_and_every_word(desk: Desk) -> None:
    receipt = desk.publish()
    (post,) = desk.practice.admin.accepted()
    assert (post["id"], post["format"], post["caption"]) == (receipt.remote_id, desk.format, desk.content.text)
    assert post["media"] == [desk.content.media[0].sha256] and post["alt_text"] == "Brown boots"
    board = desk.content.settings["board"]
    key_frame = {"cover_second": "1"} if desk.format == "video" else {}
    assert post["details"] == {"board": board, "title": "Boots & <b>more</b>", "link": LINK, **key_frame}
    assert receipt.permalink == desk.adapter.permalink(receipt.remote_id, desk.door)
    assert receipt.permalink is not None and receipt.permalink.startswith(desk.practice.base)
    shown = desk.http.get(receipt.permalink)
    assert shown.status_code == 200 and "Grüße" in shown.text and "<b>more" not in shown.text
    assert [one.remote_id for one in desk.adapter.recent(desk.door)] == [receipt.remote_id]


@pytest.mark.parametrize("link", [LINK, ""])
def test_a_lost_answer_is_found_by_the_link_or_the_words_and_never_sent_again(desk: Desk, link: str) -> None:
    desk.link = link
    since = desk.lost()
    sighting = desk.adapter.find(desk.content, {}, since, desk.door)
    (post,) = desk.practice.admin.accepted()
    assert sighting.is_live and [one.remote_id for one in sighting.seen] == [post["id"]]
    assert sighting.seen[0].at == since


def test_an_answer_of_five_hundred_after_the_act_is_found_too(desk: Desk) -> None:
    since = desk.lost("http", status=502, body="<h1>Bad gateway</h1>", perform=True)
    assert desk.adapter.find(desk.content, {}, since, desk.door).is_live
    assert len(desk.practice.admin.accepted()) == 1


def test_a_call_that_never_arrived_is_neither_found_nor_proven_absent(desk: Desk) -> None:
    since = desk.lost("http", status=503)
    sighting = desk.adapter.find(desk.content, {}, since, desk.door)
    assert (sighting.seen, sighting.is_live, sighting.is_absent) == ((), False, False)
    assert desk.practice.admin.accepted() == []


def test_an_earlier_pin_with_the_same_words_is_not_taken_for_ours(desk: Desk) -> None:
    desk.publish()
    desk.clock.move(minutes=5)
    since = desk.lost("http", status=503)
    assert desk.adapter.find(desk.content, {}, since, desk.door).seen == ()


def test_a_used_up_rate_limit_says_when_it_is_new(desk: Desk) -> None:
    remote = desk.ready()
    desk.practice.admin.fault("quota", **PIN)
    with pytest.raises(RateLimited) as caught:
        desk.publish(remote)
    assert caught.value.retry_at == desk.clock.now() + timedelta(seconds=60)
    assert desk.publish(remote).remote_id and len(desk.practice.admin.accepted()) == 1


@pytest.mark.parametrize("fault", ["expire_token", "revoked"])
def test_a_token_that_ended_ends_the_connection_and_posts_nothing(desk: Desk, fault: str) -> None:
    remote, order = desk.ready(), desk.order
    if fault == "revoked":
        desk.practice.admin.fault("rotate_token", match="/boards", count=1)
        boards(desk.door)
    else:
        desk.practice.admin.fault("expire_token", **PIN)
    with pytest.raises(CredentialsExpired):
        desk.adapter.publish(order, remote, desk.door)
    assert desk.practice.admin.accepted() == []


def test_a_right_that_was_not_given_is_told_as_such(desk: Desk) -> None:
    remote, order = desk.ready(), desk.order
    desk.token = desk.practice.admin.token("pinterest", SCOPES[:1], ACME)
    with pytest.raises(PermissionMissing):
        desk.adapter.publish(order, remote, desk.door)


def test_an_app_on_trial_is_told_what_it_lacks(desk: Desk) -> None:
    desk.practice.admin.settings(pinterest_trial=1)
    with pytest.raises(Rejected) as caught:
        desk.publish()
    assert "Standard access" in caught.value.sentence and desk.practice.admin.accepted() == []


def test_a_spam_block_is_a_no_and_not_a_wait(desk: Desk) -> None:
    remote = desk.ready()
    desk.practice.admin.fault("http", **PIN, status=429, body={"code": 8, "message": "Blocked as spam"})
    with pytest.raises(Rejected):
        desk.publish(remote)


@pytest.mark.parametrize("desk", ["video"], indirect=True)
def test_a_clip_that_is_not_processed_is_never_pinned(desk: Desk) -> None:
    desk.practice.admin.fault("fail_processing", platform="pinterest", count=1)
    remote = desk.adapter.prepare(desk.order, desk.door)
    assert not desk.adapter.poll(remote, desk.door)
    desk.clock.move(seconds=5)
    with pytest.raises(NotProcessed) as caught:
        desk.adapter.poll(remote, desk.door)
    assert caught.value.try_again
    with pytest.raises(Rejected):
        desk.publish(remote)
    assert desk.publish().remote_id and len(desk.practice.admin.accepted()) == 1


@pytest.mark.parametrize("desk", ["video"], indirect=True)
def test_forty_minutes_of_processing_are_waited_for(desk: Desk) -> None:
    desk.practice.admin.fault("slow_processing", platform="pinterest", seconds=2_400, count=1)
    remote = desk.adapter.prepare(desk.order, desk.door)
    desk.clock.move(seconds=2_399)
    assert not desk.adapter.poll(remote, desk.door)
    desk.clock.move(seconds=2)
    assert desk.adapter.poll(remote, desk.door) and desk.publish(remote).remote_id


@pytest.mark.parametrize("desk", ["video"], indirect=True)
def test_a_lost_upload_is_simply_made_again(desk: Desk) -> None:
    desk.practice.admin.fault("lose_reply", match="/upload/", count=1)
    with pytest.raises((OutcomeUnknown, Unavailable)):
        desk.adapter.prepare(desk.order, desk.door)
    assert desk.publish().remote_id and len(desk.practice.admin.accepted()) == 1
