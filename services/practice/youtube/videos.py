"""Videos: judged and made by the last byte of an upload, processed for a while, read by their owner."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.practice import accepted, clips, things
from services.practice.accepted import Post
from services.practice.curves import figures
from services.practice.seeds import ACCOUNTS
from services.practice.wire.calls import Call
from services.practice.youtube.errors import ApiError

PARTS = ("id", "snippet", "status", "processingDetails", "contentDetails", "statistics")
SECONDS_MAX, SHORT_SECONDS_MAX = 43_200.0, 180.0


@dataclass(frozen=True)
class Judgement:
    """What processing will come to: a failure or a rejection by its reason, or neither. `seconds` until then."""

    clip: clips.Clip | None
    seconds: float
    failure: str = ""
    rejection: str = ""


def judge(call: Call, body: bytes) -> Judgement:
    """Look at a file as processing will."""
    failing, slow = call.fault("fail_processing"), call.fault("slow_processing")
    seconds = slow.seconds if slow else call.world.setting("processing_seconds")
    if failing:
        return Judgement(None, seconds, failure="conversion")
    try:
        clip = clips.measure(body)
    except clips.NotAClip:
        return Judgement(None, seconds, failure="invalidFile")
    return Judgement(clip, seconds, rejection="length" if clip.seconds > SECONDS_MAX else "")


def make(call: Call, account: str, words: dict[str, Any], body: bytes, judged: Judgement) -> str:
    """Make the video and, unless processing or the owner's lock keeps it back, the post. Call it inside an act."""
    world, sha256 = call.world, hashlib.sha256(body).hexdigest()
    made = secrets.token_urlsafe(8)
    rejection = judged.rejection
    if world.setting("youtube_duplicates") == 0 and any(
        one["sha256"] == sha256 and not one["failure"] and not one["rejection"] for one in _of(call, account)
    ):
        rejection = "duplicate"
    is_locked = world.setting("youtube_audited") == 0
    privacy = "private" if is_locked else words["asked"]
    state = {
        **words,
        "sha256": sha256,
        "privacy": privacy,
        "made_at": call.now,
        "ready_at": call.now + judged.seconds,
        "failure": judged.failure,
        "rejection": rejection,
        "seconds": judged.clip.seconds if judged.clip else 0.0,
    }
    things.put(world, "youtube", "video", made, account, state)
    if judged.clip is not None and not rejection and not judged.failure:
        clips.keep(world, judged.clip, body)
        accepted.add(world, _post(made, account, state, judged.clip, call.now))
    return made


def _post(made: str, account: str, state: dict[str, Any], clip: clips.Clip, now: float) -> Post:
    """A Short is what is upright or square and short enough; nobody says so. Locked away is not published."""
    is_short = clip.ratio <= 1 and clip.seconds <= SHORT_SECONDS_MAX
    return Post(
        id=made,
        platform="youtube",
        account=account,
        caption=state["description"],
        image_sha256=state["sha256"],
        created_at=now,
        published=state["privacy"] == state["asked"],
        format="short" if is_short else "video",
        media=(state["sha256"],),
        details={
            "title": state["title"],
            "privacy": state["privacy"],
            "made_for_kids": {True: "yes", False: "no", None: ""}[state["made_for_kids"]],
            "altered": "yes" if state["altered"] else "no",
            "category": state["category"],
            "tags": ",".join(state["tags"]),
        },
        path=f"/youtube/watch/{made}",
    )


def resource(call: Call, video_id: str, parts: tuple[str, ...]) -> dict[str, Any]:
    """A video as its owner sees it. :raises ApiError: 404 videoNotFound"""
    video = things.get(call.world, "youtube", "video", video_id)
    if video is None:
        raise ApiError("videoNotFound", "The video that you are trying to retrieve cannot be found.", status=404)
    makers = {
        "snippet": _snippet,
        "status": _status,
        "processingDetails": _processing,
        "contentDetails": _content,
        "statistics": _statistics,
    }
    shown = {name: makers[name](call, video) for name in parts if name in makers}
    return {"kind": "youtube#video", "etag": _etag(video_id), "id": video_id, **shown}


def uploads_of(call: Call, account: str) -> list[dict[str, Any]]:
    """A channel's videos, newest first, without those that failed or were rejected."""
    found = [one for one in _of(call, account) if _stage(call, one) in ("uploaded", "processed")]
    return list(reversed(found))


def moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of(call: Call, account: str) -> list[dict[str, Any]]:
    return things.all_of(call.world, "youtube", "video", account)


def _stage(call: Call, video: dict[str, Any]) -> str:
    if call.now < video["ready_at"]:
        return "uploaded"
    return "failed" if video["failure"] else "rejected" if video["rejection"] else "processed"


def _snippet(call: Call, video: dict[str, Any]) -> dict[str, Any]:
    return {
        "publishedAt": moment(video["made_at"]),
        "channelId": video["account"],
        "title": video["title"],
        "description": video["description"],
        "channelTitle": ACCOUNTS["youtube"][video["account"]].name,
        "tags": video["tags"],
        "categoryId": video["category"],
        "liveBroadcastContent": "none",
    }


def _status(call: Call, video: dict[str, Any]) -> dict[str, Any]:
    stage = _stage(call, video)
    told: dict[str, Any] = {"uploadStatus": stage, "privacyStatus": video["privacy"], "license": "youtube"}
    if stage == "failed":
        told["failureReason"] = video["failure"]
    if stage == "rejected":
        told["rejectionReason"] = video["rejection"]
    if video["made_for_kids"] is not None:
        told["selfDeclaredMadeForKids"] = video["made_for_kids"]
    return {**told, "containsSyntheticMedia": video["altered"], "embeddable": True, "publicStatsViewable": True}


def _processing(call: Call, video: dict[str, Any]) -> dict[str, Any]:
    words = {"uploaded": "processing", "processed": "succeeded", "rejected": "terminated", "failed": "failed"}
    return {"processingStatus": words[_stage(call, video)]}


def _content(call: Call, video: dict[str, Any]) -> dict[str, Any]:
    return {"duration": f"PT{round(video['seconds'])}S", "dimension": "2d", "definition": "hd"}


def _statistics(call: Call, video: dict[str, Any]) -> dict[str, str]:
    now = figures(video["id"], call.now - video["made_at"])
    counts = {"viewCount": now.views, "likeCount": now.likes, "favoriteCount": 0, "commentCount": now.comments}
    return {name: str(count) for name, count in counts.items()}


def _etag(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:27]
