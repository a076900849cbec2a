"""Videos and reels on a practice Page: sent in pieces, finished once, processed, refused."""

import hashlib
from typing import Any

import httpx
import pytest

from tests.makers.clips import clip_bytes
from tests.makers.practice import PAGE_ACME
from tests.services.practice.conftest import Platforms, error, picture

GRAPH = f"/facebook/v26.0/{PAGE_ACME}"
FIELDS = "status,post_id,permalink_url"


def reel_bytes(**changes: Any) -> bytes:
    return clip_bytes(**({"width": 540, "height": 960, "seconds": 3} | changes))


def sent(platforms: Platforms, token: str, body: bytes, **headers: str) -> httpx.Response:
    """Start a reel and send its bytes; the answer tells its id."""
    begun = platforms.post(f"{GRAPH}/video_reels", token, upload_phase="start").json()
    usual = {"Authorization": f"OAuth {token}", "offset": "0", "file_size": str(len(body))}
    answer = platforms.http.post(begun["upload_url"], content=body, headers=usual | headers)
    answer.headers["video"] = begun["video_id"]
    return answer


def reel(platforms: Platforms, token: str, body: bytes) -> str:
    """An uploaded reel; returns its id."""
    answer = sent(platforms, token, body)
    assert answer.json() == {"success": True}
    return str(answer.headers["video"])


def finish(platforms: Platforms, token: str, video: str, **form: str) -> httpx.Response:
    terms = {"upload_phase": "finish", "video_id": video, "video_state": "PUBLISHED", "description": "Moving"}
    return platforms.post(f"{GRAPH}/video_reels", token, **(terms | form))


def state(platforms: Platforms, token: str, video: str) -> dict[str, Any]:
    told: dict[str, Any] = platforms.get(f"/facebook/v26.0/{video}", token, fields=FIELDS).json()
    return told


def status(platforms: Platforms, token: str, video: str) -> str:
    return str(state(platforms, token, video)["status"]["video_status"])


def test_a_reel_goes_from_upload_to_public_in_its_own_time(platforms: Platforms) -> None:
    token, body = platforms.admin.page_token(), reel_bytes()
    video = reel(platforms, token, body)
    assert status(platforms, token, video) == "upload_complete" and platforms.admin.accepted() == []
    assert finish(platforms, token, video, title="Cones").json() == {"success": True}
    assert status(platforms, token, video) == "processing"
    assert platforms.get(f"{GRAPH}/published_posts", token).json() == {"data": []}
    platforms.clock.move(seconds=1)
    told = state(platforms, token, video)
    assert told["status"]["publishing_phase"]["publish_status"] == "published"
    (post,) = platforms.admin.accepted()
    assert (post["id"], post["format"], post["caption"]) == (told["post_id"], "reel", "Moving")
    assert post["media"] == [hashlib.sha256(body).hexdigest()] and post["details"]["title"] == "Cones"
    (row,) = platforms.get(f"{GRAPH}/published_posts", token, fields="id,permalink_url").json()["data"]
    assert row == {"id": told["post_id"], "permalink_url": told["permalink_url"]}
    assert "<video" in platforms.get(told["permalink_url"]).text


def test_a_reel_is_finished_once(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    video = reel(platforms, token, reel_bytes())
    assert finish(platforms, token, video).status_code == 200
    assert error(finish(platforms, token, video)) == (100, None)
    assert len(platforms.admin.accepted()) == 1


def test_bytes_may_follow_bytes_but_only_where_they_belong(platforms: Platforms) -> None:
    token, body = platforms.admin.page_token(), reel_bytes()
    answer = sent(platforms, token, body[:1_000], file_size=str(len(body)))
    video = answer.headers["video"]
    assert answer.json() == {"success": True} and status(platforms, token, video) == "uploading"
    assert state(platforms, token, video)["status"]["uploading_phase"]["bytes_transfered"] == 1_000
    assert error(finish(platforms, token, video)) == (100, None)
    address = f"/facebook/rupload/video-upload/{video}"
    headers = {"Authorization": f"OAuth {token}", "offset": "7", "file_size": str(len(body))}
    wrong = platforms.http.post(address, content=body[1_000:], headers=headers)
    assert wrong.json()["debug_info"]["type"] == "OffsetInvalidError"
    assert platforms.http.post(address, content=body[1_000:], headers=headers | {"offset": "1000"}).status_code == 200
    assert status(platforms, token, video) == "upload_complete"


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Authorization": "Bearer x"}, "NotAuthorizedError"),
        ({"offset": "all"}, "HeaderError"),
        ({"file_size": "3"}, "PartialRequestError"),
        ({"file_url": "http://media.example/gone.mp4"}, "FileUrlError"),
    ],
)
def test_a_wrong_upload_is_refused_by_the_upload_host(platforms: Platforms, headers: dict[str, str], kind: str) -> None:
    answer = sent(platforms, platforms.admin.page_token(), b"1234", **headers)
    assert answer.status_code >= 400 and answer.json()["debug_info"]["type"] == kind


def test_a_reel_may_be_fetched_but_from_no_redirect(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    there = platforms.serve("reel.mp4", reel_bytes(), "video/mp4")
    assert sent(platforms, token, b"", file_url=there).json() == {"success": True}
    moved = platforms.serve("moved.mp4", b"", "video/mp4", status=302, location=there)
    assert sent(platforms, token, b"", file_url=moved).status_code == 400


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (reel_bytes(width=960, height=540), "9:16"),
        (reel_bytes(width=270, height=480), "at least 540"),
        (reel_bytes(seconds=2), "3 to 90 seconds"),
        (reel_bytes(rate=15), "pictures a second"),
        (reel_bytes(codec="mpeg4"), "codec"),
        (picture(), "codec"),
    ],
)
def test_a_file_that_is_no_reel_fails_when_it_is_processed(platforms: Platforms, body: bytes, reason: str) -> None:
    token = platforms.admin.page_token()
    video = reel(platforms, token, body)
    assert finish(platforms, token, video).status_code == 200
    platforms.clock.move(seconds=1)
    told = state(platforms, token, video)["status"]
    assert told["video_status"] == "error" and reason in told["processing_phase"]["error"]["message"]
    assert platforms.admin.accepted() == []


def test_processing_may_fail_or_take_its_time(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    platforms.admin.fault("fail_processing", match="/video_reels", count=1)
    first, second = reel(platforms, token, reel_bytes()), reel(platforms, token, reel_bytes())
    finish(platforms, token, first)
    platforms.admin.clear_faults()
    platforms.admin.fault("slow_processing", match="/video_reels", seconds=2_400, count=1)
    finish(platforms, token, second)
    platforms.clock.move(minutes=39)
    assert [status(platforms, token, one) for one in (first, second)] == ["error", "processing"]
    platforms.clock.move(minutes=1)
    assert status(platforms, token, second) == "ready" and len(platforms.admin.accepted()) == 1


def test_thirty_reels_are_the_days_most(platforms: Platforms) -> None:
    token, body = platforms.admin.page_token(), reel_bytes()
    platforms.admin.settings(facebook_reels_total=2)
    videos = [reel(platforms, token, body) for _ in range(3)]
    assert [finish(platforms, token, video).status_code for video in videos] == [200, 200, 403]
    assert error(finish(platforms, token, videos[2])) == (1390008, None)
    platforms.clock.move(hours=23, minutes=59)
    assert error(finish(platforms, token, videos[2])) == (1390008, None)


def test_an_upload_is_kept_for_a_day_and_seen_by_its_page_only(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    video = reel(platforms, token, reel_bytes())
    bakery = platforms.admin.page_token(page="100000000000002")
    assert error(platforms.get(f"/facebook/v26.0/{video}", bakery)) == (100, 33)
    assert error(finish(platforms, token, video, video_state="DRAFT")) == (100, None)
    platforms.clock.move(hours=24)
    assert status(platforms, token, video) == "expired"
    assert error(finish(platforms, token, video)) == (100, None)


def piece(platforms: Platforms, token: str, session: str, start: int, body: bytes) -> httpx.Response:
    form = {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(start)}
    return platforms.http.post(
        f"{GRAPH}/videos", data={**form, "access_token": token}, files={"video_file_chunk": ("p", body)}
    )


def test_a_video_is_sent_piece_by_piece_and_finished_once(platforms: Platforms) -> None:
    token, body = platforms.admin.page_token(), clip_bytes()
    begun = platforms.post(f"{GRAPH}/videos", token, upload_phase="start", file_size=len(body)).json()
    video, session = begun["video_id"], begun["upload_session_id"]
    assert (begun["start_offset"], begun["end_offset"]) == ("0", str(len(body)))
    assert error(piece(platforms, token, session, 5, body)) == (100, 1363037)
    assert error(piece(platforms, token, session, 0, body + b"x")) == (100, None)
    half = piece(platforms, token, session, 0, body[:900]).json()
    assert half == {"start_offset": "900", "end_offset": str(len(body))}
    ending = {"upload_phase": "finish", "upload_session_id": session, "description": "Words", "title": "Cones"}
    assert error(platforms.post(f"{GRAPH}/videos", token, **ending)) == (100, None)
    whole = piece(platforms, token, session, 900, body[900:]).json()
    assert whole["start_offset"] == whole["end_offset"] == str(len(body))
    assert platforms.post(f"{GRAPH}/videos", token, **ending).json() == {"success": True}
    assert error(platforms.post(f"{GRAPH}/videos", token, **ending)) == (100, None)
    platforms.clock.move(seconds=1)
    (post,) = platforms.admin.accepted()
    assert (post["format"], post["caption"], post["id"]) == (
        "video",
        "Words",
        state(platforms, token, video)["post_id"],
    )


def test_what_is_no_upload_is_refused(platforms: Platforms) -> None:
    token = platforms.admin.page_token()
    for form in (
        {"upload_phase": "start"},
        {"upload_phase": "start", "file_size": "-1"},
        {"upload_phase": "dance"},
        {},
    ):
        assert error(platforms.post(f"{GRAPH}/videos", token, **form)) == (100, None)
    assert error(platforms.post(f"{GRAPH}/video_reels", token, upload_phase="dance")) == (100, None)
    assert error(platforms.post(f"{GRAPH}/videos", token, upload_phase="finish", upload_session_id="1")) == (100, None)
    assert error(platforms.post(f"{GRAPH}/videos", platforms.admin.user_token(), upload_phase="start")) == (
        190,
        2069032,
    )
