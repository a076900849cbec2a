"""
Videos and reels: started, sent, finished, then processed for a while. The state is the platform's own answer.

A finished video counts as accepted from that moment, and is shown to others once it is processed.
Facts: Reels Publishing API, Page videos.
"""

from typing import Any

from services.practice import accepted, clips, things
from services.practice.accepted import Post
from services.practice.clips import Clip
from services.practice.facebook.access import checked_token
from services.practice.seeds import Page
from services.practice.wire.calls import Call
from services.practice.wire.errors import bad_parameter, not_visible
from services.practice.wire.fields import pick
from services.practice.world import DAY_SECONDS, World, graph_time

KIND = "video"
_NOT_STARTED = {"status": "not_started"}
_DONE = {"status": "complete"}


def begin(call: Call, page: Page, form: str, size: int | None) -> str:
    """A new video of the form video or reel; `size` in bytes where it is known already. Returns its id."""
    with call.world.store.act():
        video_id = f"77{call.world.store.next_number('video'):014d}"
        state = {"form": form, "size": size, "received": 0, "ready_at": None, "refusal": "", "post": ""}
        things.put(call.world, "facebook", KIND, video_id, page.id, state)
    return video_id


def own(call: Call, page: Page, video_id: str, form: str) -> dict[str, Any]:
    """A video of this Page and form. :raises GraphError: 100/33"""
    video = things.get(call.world, "facebook", KIND, video_id)
    if video is None or video["account"] != page.id or video["form"] != form:
        raise not_visible(video_id, "facebook")
    return video


def receive(world: World, video: dict[str, Any], body: bytes, size: int) -> dict[str, Any]:
    """Keep the next piece; returns the video."""
    with world.store.act():
        things.put_piece(world, "facebook", KIND, video["id"], video["received"], body)
        received = video["received"] + len(body)
        return things.change(world, "facebook", KIND, video["id"], received=received, size=size)


def is_whole(video: dict[str, Any]) -> bool:
    """Has every byte arrived?"""
    return video["size"] is not None and video["received"] >= video["size"] > 0


def finish(call: Call, page: Page, video: dict[str, Any], words: str, title: str, refusal: str) -> None:
    """Accept it, or let its processing fail with the sentence `refusal`. In one act with the checks before."""
    slow, failing = call.fault("slow_processing"), call.fault("fail_processing")
    refusal = refusal or (f"Processing failed with {failing.subcode}." if failing else "")
    ready_at = call.world.now() + (slow.seconds if slow else call.world.setting("processing_seconds"))
    changes: dict[str, Any] = {"ready_at": ready_at, "refusal": refusal, "post": ""}
    if not refusal:
        body = things.joined(call.world, "facebook", KIND, video["id"])
        sha256 = clips.keep(call.world, clips.measure(body), body)
        changes["post"] = f"{page.id}_1220{call.world.store.next_number('page_post'):011d}"
        post = Post(
            id=changes["post"],
            platform="facebook",
            account=page.id,
            caption=words,
            image_sha256=sha256,
            created_at=ready_at,
            format=video["form"],
            media=(sha256,),
            details={"video": video["id"], **({"title": title} if title else {})},
        )
        accepted.add(call.world, post)
    things.change(call.world, "facebook", KIND, video["id"], **changes)


def measured(world: World, video: dict[str, Any]) -> Clip | None:
    """What was sent, as a clip; None when it is none."""
    try:
        return clips.measure(things.joined(world, "facebook", KIND, video["id"]))
    except clips.NotAClip:
        return None


def find(call: Call, node: str) -> dict[str, Any] | None:
    """The video, if it belongs to the Page that asks."""
    video = things.get(call.world, "facebook", KIND, node)
    return video if video is not None and video["account"] == checked_token(call).subject else None


def read(call: Call, video: dict[str, Any]) -> dict[str, Any]:
    """`GET /{video-id}?fields=status,post_id,permalink_url`."""
    post = accepted.find(call.world, video["post"]) if video["post"] and call.now >= video["ready_at"] else None
    node = {
        "id": video["id"],
        "status": _status(video, call.now),
        "post_id": post.id if post else None,
        "permalink_url": post.permalink(call.base) if post else None,
        "description": post.caption or None if post else None,
        "created_time": graph_time(video["created_at"]),
        "from": {"id": video["account"]},
    }
    return pick(node, call.get("fields"), kind="Video")


def demand_whole(video: dict[str, Any], now: float) -> None:
    """:raises GraphError: 100 not all there, expired, or finished before"""
    if video["ready_at"] is not None:
        raise bad_parameter("The video was finished already")
    if not is_whole(video) or now - video["created_at"] >= DAY_SECONDS:
        raise bad_parameter("The video has not been uploaded, or too long ago")


def _status(video: dict[str, Any], now: float) -> dict[str, Any]:
    sent = {"status": "complete" if is_whole(video) else "in_progress", "bytes_transfered": video["received"]}
    working: dict[str, Any] = _NOT_STARTED
    shown: dict[str, Any] = _NOT_STARTED
    if video["ready_at"] is None:
        is_late = now - video["created_at"] >= DAY_SECONDS
        state = "expired" if is_late else "upload_complete" if is_whole(video) else "uploading"
    elif now < video["ready_at"]:
        state, working = "processing", {"status": "in_progress"}
    elif video["refusal"]:
        state, working = "error", {"status": "error", "error": {"message": video["refusal"]}}
    else:
        state, working = "ready", _DONE
        shown = {**_DONE, "publish_status": "published", "publish_time": int(video["ready_at"])}
    return {"video_status": state, "uploading_phase": sent, "processing_phase": working, "publishing_phase": shown}
