"""YouTube after a lost answer: by the video, by the session, by the channel's list; and answers that are damaged."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.kit.errors import ProviderError
from services.publishing.platforms.youtube.video import Video
from services.publishing.publisher import Order, Remote, Sighting
from tests.services.publishing.platforms.contract import content
from tests.services.publishing.platforms.test_youtube import SESSION, SETTINGS, WORDS, open_at, video
from tests.services.publishing.platforms.test_youtube_session import order

SINCE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REMOTE = {"session": SESSION, "size": "6", "sent": "0"}
CHANNEL = {"items": [{"id": "17", "contentDetails": {"relatedPlaylists": {"uploads": "UU17"}}}]}


def row(video_id: str, at: str = "2026-11-23T09:00:05Z", title: str = "Boots") -> dict[str, Any]:
    return {"snippet": {"title": title, "publishedAt": at}, "contentDetails": {"videoId": video_id}}


def find(remote: Remote, session: httpx.Response | None, *found: Any, rows: Any = (), **chosen: str) -> Sighting:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            assert request.headers["content-range"] == "bytes */6" and not request.content and session
            return session
        lists = {"channels": CHANNEL, "playlistItems": {"items": list(rows)}, "videos": {"items": list(found)}}
        return httpx.Response(200, json=lists[request.url.path.rsplit("/", 1)[-1]])

    sealed = content("youtube", **(WORDS | {"settings": SETTINGS | chosen}))
    return Video().find(sealed, remote, SINCE, open_at(answer))


def test_an_unfinished_session_proves_absence_and_is_kept() -> None:
    sighting = find(REMOTE, httpx.Response(308, headers={"range": "bytes=0-2"}))
    assert (sighting.is_absent, sighting.is_live, sighting.remote) == (True, False, REMOTE | {"sent": "3"})


def test_a_finished_session_names_the_video_and_its_state_decides() -> None:
    sighting = find(REMOTE, httpx.Response(200, json=video()), video("processed"))
    assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["v1"])
    assert sighting.seen[0].at == datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)


def test_a_video_that_is_still_processed_is_waited_for() -> None:
    for stage in (video(), video() | {"processingDetails": {"processingStatus": "processing"}}):
        sighting = find(REMOTE | {"video": "v1"}, None, stage)
        assert (sighting.is_processing, sighting.is_live, sighting.is_absent) == (True, False, False)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (video("rejected", rejectionReason="duplicate"), "the same video is on the channel already"),
        (video("rejected", rejectionReason="length"), "longer than this channel may upload"),
        (video("rejected", rejectionReason="new one"), "new one"),
        (video("failed", failureReason="codec"), "cannot read this kind of video"),
        (video("failed"), "no reason given"),
        (video("deleted"), "deleted"),
        (video() | {"processingDetails": {"processingStatus": "terminated"}}, "could not process"),
        (video("processed", "private"), "not audited yet"),
        (video("processed", "unlisted"), "as unlisted although public was asked"),
    ],
)
def test_what_youtube_refuses_afterwards_is_said_in_a_sentence(state: dict[str, Any], words: str) -> None:
    sighting = find(REMOTE | {"video": "v1"}, None, state)
    assert words in sighting.refused and not sighting.is_live


def test_a_private_video_that_was_to_be_private_is_live() -> None:
    assert find(REMOTE | {"video": "v1"}, None, video("processed", "private"), privacy="private").is_live


@pytest.mark.parametrize("state", [video("pondering"), {"id": "v1"}, {"id": "other"}])
def test_a_state_nobody_knows_proves_nothing(state: dict[str, Any]) -> None:
    assert find(REMOTE | {"video": "v1"}, None, state) == Sighting()


@pytest.mark.parametrize("status", [404, 410])
def test_without_its_session_the_channels_list_is_looked_through(status: int) -> None:
    rows = [row("v1"), row("v2", title="Else"), row("v0", "2026-11-23T08:58:00Z")]
    sighting = find(REMOTE, httpx.Response(status), video("processed"), rows=rows)
    assert (sighting.is_live, [one.remote_id for one in sighting.seen]) == (True, ["v1"])


def test_a_session_that_is_gone_proves_nothing_while_the_list_is_silent() -> None:
    assert find(REMOTE, httpx.Response(404), rows=[row("v0", "2026-11-23T08:58:00Z")]) == Sighting()
    other = video("processed") | {"snippet": {"title": "Boots", "description": "Not ours."}}
    assert find(REMOTE, httpx.Response(404), other, rows=[row("v1")]) == Sighting()


def test_the_latest_uploads_are_listed_with_their_addresses() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        is_channel = request.url.path.endswith("/channels")
        return httpx.Response(200, json=CHANNEL if is_channel else {"items": [row("v2"), {"snippet": {}}, row("v1")]})

    found = Video().recent(open_at(answer))
    assert [(one.remote_id, one.permalink) for one in found] == [
        ("v2", "https://www.youtube.com/watch?v=v2"),
        ("v1", "https://www.youtube.com/watch?v=v1"),
    ]


words = some.text(max_size=12) | some.sampled_from(["v1", "processed", "uploaded", "2026-11-23T09:00:05Z", "Boots"])
names = some.sampled_from(
    ["id", "items", "status", "snippet", "uploadStatus", "privacyStatus", "contentDetails", "relatedPlaylists",
     "uploads", "videoId", "error", "errors", "reason", "title", "publishedAt", "processingDetails"]
)  # fmt: skip
values = some.recursive(
    some.none() | some.booleans() | some.integers() | words,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(names | words, inner, max_size=5),
    max_leaves=20,
)
answers = some.builds(
    lambda status, body, headers: (
        httpx.Response(status, content=body, headers=headers)
        if isinstance(body, bytes)
        else httpx.Response(status, json=body, headers=headers)
    ),
    some.sampled_from([200, 200, 201, 204, 302, 308, 400, 401, 403, 404, 429, 500]),
    some.binary(max_size=60) | values,
    some.dictionaries(
        some.sampled_from(["range", "location", "retry-after"]),
        some.sampled_from(["", "x", "bytes=0-3", "bytes=0-", "99999999999999999999", SESSION, "https://[bad"]),
        max_size=3,
    ),
)


@settings(max_examples=300)
@given(some.lists(answers, min_size=1, max_size=4), some.sampled_from([REMOTE, REMOTE | {"video": "v1"}, {}]))
def test_damaged_answers_become_our_errors_and_never_a_post_without_an_id(
    given_answers: list[httpx.Response], remote: Remote
) -> None:
    def answering() -> Any:
        queue = [httpx.Response(one.status_code, content=one.content, headers=one.headers) for one in given_answers]
        return open_at(lambda request: queue.pop(0) if len(queue) > 1 else queue[0])

    sealed: Order = order()
    acts = [
        lambda: Video().prepare(sealed, answering()),
        lambda: Video().publish(sealed, REMOTE, answering()),
        lambda: Video().find(sealed.content, remote, SINCE, answering()),
        lambda: Video().recent(answering()),
    ]
    for act in acts:
        try:
            came = act()
        except ProviderError:
            continue
        seen = came.seen if isinstance(came, Sighting) else came if isinstance(came, list) else [came]
        for one in seen:
            assert isinstance(one, dict) or one.remote_id
        if isinstance(came, Sighting):
            assert came.seen or not came.is_live
