"""X, single posts: what is sent, what a refusal means, and how a lost post is known as ours."""

import json
from typing import Any

import httpx
import pytest

from services.kit.errors import CredentialsExpired, OutcomeUnknown, PermissionMissing, RateLimited, Rejected
from services.publishing.errors import NotProcessed
from services.publishing.platforms.x.posts import Images, Text, Video
from services.publishing.publisher import Sighting
from tests.services.publishing.platforms.contract import SECRET, PublisherContract, Refusals, answering, door

CREATED = {"data": {"id": "1990000000000000001", "text": "Fresh today."}}
OURS = {"id": "1990000000000000001", "text": "Fresh today.", "created_at": "2026-11-23T09:00:05.000Z"}
OLD = OURS | {"id": "1980000000000000009", "created_at": "2026-11-23T08:58:00.000Z"}
OTHER = OURS | {"id": "1990000000000000002", "text": "Something else."}
REPLY = OURS | {"id": "1990000000000000003", "referenced_tweets": [{"type": "replied_to", "id": "5"}]}


def problem(status: int, kind: str = "", **more: Any) -> Any:
    told = {"title": "No", "detail": "No.", "type": f"https://x.example/2/problems/{kind}" if kind else "about:blank"}
    return answering(status, told | {"status": status} | more)


def x_refusals() -> Refusals:
    return [
        (answering(201, {"data": {"text": "Fresh today."}}), OutcomeUnknown),
        (answering(201, {"data": {"id": 1990000000000000001}}), OutcomeUnknown),
        (answering(200, {"errors": [{"title": "No"}]}), OutcomeUnknown),
        (problem(403, detail="You are not allowed to create a Tweet with duplicate content."), OutcomeUnknown),
        (problem(503), OutcomeUnknown),
        (problem(429), RateLimited),
        (problem(402), RateLimited),
        (problem(401), CredentialsExpired),
        (problem(403, "user-suspended"), PermissionMissing),
        (problem(403), Rejected),
        (problem(400, "invalid-request"), Rejected),
        (problem(418, "never-heard-of"), Rejected),
    ]


def picture(**changes: Any) -> dict[str, Any]:
    return {
        "sha256": "0" * 64, "alt_text": "A cone.", "asset_id": "00000000-0000-0000-0000-000000000001",
        "file_key": "k.jpg", "width": 1080, "height": 1350, "content_type": "image/jpeg", **changes,
    }  # fmt: skip


class XContract(PublisherContract):
    refusals = x_refusals()
    quoting = {"title": "Invalid Request", "detail": f"Bad {SECRET} here", "type": "about:blank", "status": 400}

    def sent(self, answer: Any = CREATED, **changes: Any) -> dict[str, Any]:
        """The body of the one call that publishing makes."""
        seen: list[httpx.Request] = []

        def respond(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(201, json=answer)

        self.changes = type(self).changes | changes
        receipt = self.publish(respond)
        assert [(one.method, one.url.path) for one in seen] == [("POST", "/v26.0/tweets")]
        assert (receipt.remote_id, receipt.permalink) == (
            "1990000000000000001",
            "https://graph.example/v26.0/i/status/1990000000000000001",
        )
        body: dict[str, Any] = json.loads(seen[0].content)
        return body

    def looked(self, rows: Any, **changes: Any) -> Sighting:
        sighting: Sighting = self.find(answering(200, {"data": rows} if rows else {"meta": {}}), **changes)
        return sighting


class TestText(XContract):
    publisher = Text()
    changes = {"media": ()}

    def test_only_what_was_decided_is_sent(self) -> None:
        assert self.sent() == {"text": "Fresh today."}
        decided = {"reply_settings": "following", "made_with_ai": "yes", "paid_partnership": "no", "format": "text"}
        assert self.sent(settings=decided) == {
            "text": "Fresh today.",
            "reply_settings": "following",
            "made_with_ai": True,
        }

    def test_our_words_since_the_intent_are_a_find_the_oldest_first(self) -> None:
        later = OURS | {"id": "1990000000000000007", "created_at": "2026-11-23T09:00:09.000Z"}
        sighting = self.looked([later, OTHER, REPLY, OURS, OLD])
        assert sighting.is_live
        assert [one.remote_id for one in sighting.seen] == [OURS["id"], later["id"]]

    @pytest.mark.parametrize("rows", [[], [OLD, OTHER], [REPLY], ["?"], [{"id": 5}], [OURS | {"created_at": "soon"}]])
    def test_a_timeline_without_ours_proves_nothing(self, rows: Any) -> None:
        assert self.looked(rows) == Sighting()

    def test_the_words_are_known_again_behind_x_own_links_and_signs(self) -> None:
        row = OURS | {
            "text": "Ben &amp; Ana: https://t.co/a1 — see  https://t.co/b2",
            "entities": {
                "urls": [
                    {"url": "https://t.co/a1", "expanded_url": "http://foo.jp"},
                    {"url": "https://t.co/b2", "expanded_url": "https://acme.example.com/?utm_content=p_1"},
                ]
            },
        }
        ours = "Ben & Ana: foo.jp — see https://acme.example.com/?utm_content=p_1"
        assert self.looked([row], text=ours).is_live
        assert not self.looked([row], text=ours.replace("p_1", "p_2")).is_live

    def test_a_look_asks_for_the_posts_since_the_intent_only(self) -> None:
        seen: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            seen.append(request)
            return httpx.Response(200, json={"meta": {"result_count": 0}})

        self.find(answer)
        assert seen[0].url.path == "/v26.0/users/17/tweets"
        assert seen[0].url.params["start_time"] == "2026-11-23T08:59:00Z"
        assert seen[0].url.params["exclude"] == "replies,retweets"

    def test_the_public_page_needs_no_call(self) -> None:
        opened = door(answering(500, {}), "x")
        assert self.publisher.permalink("5", opened) == "https://graph.example/v26.0/i/status/5"

    def test_the_latest_posts_are_those_a_person_can_point_at(self) -> None:
        rows = self.publisher.recent(door(answering(200, {"data": [OURS, OTHER]}), "x"))
        assert [one.remote_id for one in rows] == [OURS["id"], OTHER["id"]]


class TestImages(XContract):
    publisher = Images()
    remote = {"media1": "188", "key1": "3_188", "until": "2026-11-24T08:50:00+00:00"}

    def test_the_uploaded_pictures_go_with_the_words(self) -> None:
        assert self.sent() == {"text": "Fresh today.", "media": {"media_ids": ["188"]}}
        assert self.sent(text="") == {"media": {"media_ids": ["188"]}}

    def test_our_own_media_key_is_the_proof_whatever_the_words(self) -> None:
        row = OTHER | {"attachments": {"media_keys": ["3_188"]}}
        assert self.looked([row]).is_live
        assert self.looked([row], text="").is_live

    def test_our_words_under_another_picture_are_another_post(self) -> None:
        assert not self.looked([OURS | {"attachments": {"media_keys": ["3_999"]}}, OURS]).is_live

    def test_media_of_yesterday_are_uploaded_anew(self) -> None:
        opened = door(answering(200, {}), "x")
        assert self.publisher.poll(self.remote, opened)
        with pytest.raises(NotProcessed) as caught:
            self.publisher.poll(self.remote | {"until": "2026-11-23T09:00:00+00:00"}, opened)
        assert caught.value.try_again


class TestVideo(XContract):
    publisher = Video()
    remote = {"media1": "188", "key1": "13_188"}
    changes = {"media": (picture(content_type="video/mp4", file_key="k.mp4"),)}

    @pytest.mark.parametrize(
        ("told", "is_ready"),
        [
            ({"processing_info": {"state": "pending", "check_after_secs": 5}}, False),
            ({"processing_info": {"state": "in_progress", "progress_percent": 8}}, False),
            ({"processing_info": {"state": "succeeded"}}, True),
            ({"processing_info": "?"}, False),
            ({"id": "188"}, True),
        ],
    )
    def test_polling_tells_whether_it_is_processed(self, told: Any, is_ready: bool) -> None:
        assert self.publisher.poll(self.remote, door(answering(200, {"data": told}), "x")) is is_ready

    @pytest.mark.parametrize(
        "answer", [answering(200, {"data": {"processing_info": {"state": "failed"}}}), problem(404)]
    )
    def test_a_video_that_failed_or_is_gone_is_worth_another_upload(self, answer: Any) -> None:
        with pytest.raises(NotProcessed) as caught:
            self.publisher.poll(self.remote, door(answer, "x"))
        assert caught.value.try_again
