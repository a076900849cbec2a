"""A thread against a platform that loses answers, refuses and dies anywhere: no part ever stands there twice."""

import dataclasses
import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kit.errors import OutcomeUnknown, ProviderError
from services.publishing.platforms.x.thread import Thread
from services.publishing.publisher import Door, Order, Remote
from tests.services.publishing.platforms.contract import NOW, content, door

# What befalls each call that creates a post.
FATES = ("ok", "ok", "lost after", "lost before", "refused", "busy", "dies before keeping", "dies after keeping")


class Died(BaseException):
    """The worker's process is gone."""


@dataclass
class Timeline:
    """The account; the first look at it misses the latest `late` posts."""

    fates: list[str]
    late: int
    posts: list[dict[str, Any]] = field(default_factory=list)
    fate: str = "ok"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            shown = self.posts[: max(0, len(self.posts) - self.late)]
            self.late = 0
            return httpx.Response(200, json={"data": list(reversed(shown))})
        self.fate = self.fates.pop(0) if self.fates else "ok"
        if self.fate in ("refused", "busy"):
            return httpx.Response(403 if self.fate == "refused" else 429, json={"title": "No", "type": "about:blank"})
        if self.fate != "lost before":
            self._add(json.loads(request.content))
        if self.fate.startswith("lost"):
            raise httpx.ReadTimeout("lost", request=request)
        return httpx.Response(201, json={"data": {"id": self.posts[-1]["id"]}})

    def _add(self, body: dict[str, Any]) -> None:
        reply = body.get("reply", {}).get("in_reply_to_tweet_id")
        made = (NOW + timedelta(seconds=len(self.posts))).isoformat()
        post = {"id": str(700 + len(self.posts)), "text": body["text"], "created_at": made}
        told = {"referenced_tweets": [{"type": "replied_to", "id": reply}]} if reply else {}
        self.posts.append(post | told)


@dataclass
class Desk:
    """What the core does around an adapter: keeps, attempts, looks, and at last asks a person who looks closely."""

    timeline: Timeline
    order: Order
    remote: Remote = field(default_factory=dict)

    def keep(self, given: Remote) -> None:
        if self.timeline.fate == "dies before keeping":
            raise Died
        self.remote = self.remote | given
        if self.timeline.fate == "dies after keeping":
            raise Died

    def attempt(self) -> str:
        """One attempt and what follows it: "published" or "again"."""
        opened = dataclasses.replace(door(self.timeline, "x"), keep=self.keep)
        try:
            Thread().publish(self.order, dict(self.remote), opened)
        except (OutcomeUnknown, Died):
            return self._look(opened)
        except ProviderError:
            return "again"  # certainly not done: after the wait, or by a person's "try again"
        return "published"

    def _look(self, opened: Door) -> str:
        for _ in range(3):
            sighting = Thread().find(self.order.content, dict(self.remote), NOW, opened)
            if sighting.is_live:
                assert [one.remote_id for one in sighting.seen] == [self.timeline.posts[0]["id"]]
                return "published"
            if sighting.is_absent:
                assert not sighting.seen and sighting.remote.items() > self.remote.items()
                self.remote = dict(sighting.remote)
                return "again"
        # Nobody found the part in doubt, and the timeline shows everything by now: a person says that it is not there.
        return "again"


@settings(max_examples=400)
@given(
    st.integers(1, 5),
    st.lists(st.sampled_from(FATES), max_size=14),
    st.integers(0, 1),
)
def test_whatever_happens_each_part_stands_there_once_and_in_order(parts: int, fates: list[str], late: int) -> None:
    words = [f"Part {number}." for number in range(1, parts + 1)]
    timeline = Timeline(list(fates), late)
    desk = Desk(timeline, Order(content("x", text="\n---\n".join(words), media=()), ()))
    for _ in range(len(fates) + 2):
        if desk.attempt() == "published":
            break
        texts = [post["text"] for post in timeline.posts]
        assert texts == words[: len(texts)]
    assert [post["text"] for post in timeline.posts] == words
    for former, post in pairwise(timeline.posts):
        assert post["referenced_tweets"] == [{"type": "replied_to", "id": former["id"]}]
