"""X, a thread: parts in order, each kept before the next, and what a look may claim."""

import dataclasses
import json
from typing import Any

import httpx
import pytest

from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.publishing.errors import NotProcessed
from services.publishing.platforms.x.thread import Thread
from services.publishing.publisher import Remote, Sighting
from tests.services.publishing.platforms.contract import Answer, answering, breaking, door
from tests.services.publishing.platforms.test_x_posts import XContract, problem

TEXT = "One.\n---\nTwo, see foo.jp\n---\nThree."
DUPLICATE = problem(403, detail="You are not allowed to create a Tweet with duplicate content.")


class Posting:
    """Gives ids from 501 on, then answers as told for one of its calls."""

    def __init__(self, ends_at: int = 0, end: Answer | None = None) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.kept: list[Remote] = []
        self.ends_at, self.end = ends_at, end

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(json.loads(request.content))
        if self.end is not None and len(self.bodies) == self.ends_at:
            return self.end(request)
        return httpx.Response(201, json={"data": {"id": str(500 + len(self.bodies))}})


def row(post_id: str, text: str, reply_to: str = "", **more: Any) -> dict[str, Any]:
    said = {"referenced_tweets": [{"type": "replied_to", "id": reply_to}]} if reply_to else {}
    return {"id": post_id, "text": text, "created_at": f"2026-11-23T09:00:0{post_id[-1]}Z", **said, **more}


class TestThread(XContract):
    publisher = Thread()
    changes = {"text": TEXT, "media": ()}

    def send(self, posting: Posting, remote: Remote | None = None) -> Any:
        opened = dataclasses.replace(door(posting, "x"), keep=lambda given: posting.kept.append(dict(given)))
        return self.publisher.publish(self.order(), self.remote if remote is None else remote, opened)

    def look(self, remote: Remote, rows: list[Any]) -> Sighting:
        self.remote = remote
        return self.looked(list(reversed(rows)))

    def test_every_part_replies_to_the_former_and_is_kept_before_the_next(self) -> None:
        posting = Posting()
        receipt = self.send(posting)
        assert posting.bodies == [
            {"text": "One."},
            {"text": "Two, see foo.jp", "reply": {"in_reply_to_tweet_id": "501"}},
            {"text": "Three.", "reply": {"in_reply_to_tweet_id": "502"}},
        ]
        assert posting.kept == [
            {"part1": "501"},
            {"part1": "501", "part2": "502"},
            {"part1": "501", "part2": "502", "part3": "503"},
        ]
        assert receipt.remote_id == "501"

    def test_pictures_and_who_may_reply_belong_to_the_first_part(self) -> None:
        self.changes = {"text": "One.\n---\nTwo.", "settings": {"reply_settings": "verified", "made_with_ai": "yes"}}
        posting = Posting()
        self.send(posting, {"media1": "188", "key1": "3_188"})
        first, second = posting.bodies
        assert first == {
            "text": "One.",
            "media": {"media_ids": ["188"]},
            "reply_settings": "verified",
            "made_with_ai": True,
        }
        assert second == {"text": "Two.", "reply": {"in_reply_to_tweet_id": "501"}, "made_with_ai": True}

    @pytest.mark.parametrize("parts", [1, 2])
    def test_parts_that_are_there_are_never_sent_again(self, parts: int) -> None:
        posting = Posting()
        receipt = self.send(posting, {f"part{number}": f"{number}" for number in range(1, parts + 1)})
        assert [body["text"] for body in posting.bodies] == ["One.", "Two, see foo.jp", "Three."][parts:]
        assert posting.bodies[0]["reply"] == {"in_reply_to_tweet_id": str(parts)}
        assert receipt.remote_id == "1"

    def test_a_thread_that_is_there_is_not_sent_at_all(self) -> None:
        posting = Posting()
        assert self.send(posting, {"part1": "1", "part2": "2", "part3": "3"}).remote_id == "1"
        assert posting.bodies == []

    @pytest.mark.parametrize(
        ("end", "error"),
        [
            (breaking(httpx.ReadTimeout), OutcomeUnknown),
            (answering(201, {"data": {}}), OutcomeUnknown),
            (breaking(httpx.ConnectError), Unavailable),
            (problem(429), RateLimited),
            (problem(401), CredentialsExpired),
            (problem(403), Rejected),
            (DUPLICATE, OutcomeUnknown),
        ],
    )
    def test_an_end_in_the_middle_keeps_its_kind_and_tells_what_is_public(
        self, end: Answer, error: type[ProviderError]
    ) -> None:
        posting = Posting(ends_at=3, end=end)
        with pytest.raises(ProviderError) as caught:
            self.send(posting)
        assert type(caught.value) is error
        assert caught.value.sentence.startswith("2 of 3 parts are public. ")
        assert posting.kept[-1] == {"part1": "501", "part2": "502"}

    def test_old_media_stop_a_thread_only_before_its_first_part(self) -> None:
        old = {"media1": "188", "until": "2026-11-23T08:00:00+00:00"}
        opened = door(answering(500, {}), "x")
        with pytest.raises(NotProcessed):
            self.publisher.poll(old, opened)
        assert self.publisher.poll(old | {"part1": "501"}, opened)
        assert self.publisher.poll({}, opened)

    def test_a_first_part_that_is_found_lets_the_rest_be_sent(self) -> None:
        sighting = self.look({}, [row("501", "One.")])
        assert (sighting.is_absent, sighting.is_live, sighting.seen) == (True, False, ())
        assert sighting.remote == {"part1": "501"}

    def test_a_later_part_is_found_as_a_reply_to_the_former(self) -> None:
        there = [row("502", "Two, see https://t.co/a", "501", entities={"urls": [
            {"url": "https://t.co/a", "expanded_url": "http://foo.jp"}]})]  # fmt: skip
        assert self.look({"part1": "501"}, there).remote == {"part1": "501", "part2": "502"}
        assert self.look({"part1": "777"}, there) == Sighting()

    def test_a_part_in_doubt_that_is_not_found_proves_nothing(self) -> None:
        assert self.look({}, []) == Sighting()
        assert self.look({"part1": "501"}, [row("501", "One."), row("509", "Three.", "501")]) == Sighting()
        assert self.look({"part1": "501"}, [row("502", "Two, see foo.jp")]) == Sighting()

    def test_when_every_part_is_there_the_thread_is_live(self) -> None:
        remote = {"part1": "501", "part2": "502"}
        sighting = self.look(remote, [row("501", "One."), row("503", "Three.", "502")])
        assert sighting.is_live and [one.remote_id for one in sighting.seen] == ["501"]
        assert sighting.seen[0].at is not None
        assert self.look(remote | {"part3": "503"}, []).is_live

    def test_the_same_words_that_have_a_reply_already_are_another_thread(self) -> None:
        assert self.look({}, [row("401", "One."), row("402", "Two, see foo.jp", "401")]) == Sighting()

    def test_the_same_words_after_a_duplicate_refusal_are_another_post(self) -> None:
        posting = Posting(ends_at=1, end=DUPLICATE)
        with pytest.raises(OutcomeUnknown):
            self.send(posting)
        (kept,) = posting.kept
        assert self.look(kept, [row("401", "One.")]) == Sighting()

    def test_with_pictures_the_media_key_decides_about_the_first_part(self) -> None:
        remote = {"media1": "188", "key1": "3_188"}
        ours = row("501", "One. https://t.co/pic", attachments={"media_keys": ["3_188"]})
        assert self.look(remote, [row("401", "One."), ours]).remote == remote | {"part1": "501"}
        assert self.look(remote, [row("401", "One.")]) == Sighting()
