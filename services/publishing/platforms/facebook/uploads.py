"""
Videos and reels have one thing in common: the platform names the video before it is visible, so its state is the proof.

`finish` is the call that cannot be taken back. It belongs to one video id, and a video is one post, so finishing the
same video again cannot make a second one. Facts: Reels Publishing API, Page videos, Graph v26.0.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, ProviderError, Rejected
from services.kit.graph import fault_of
from services.publishing.errors import Accepted, NotProcessed
from services.publishing.platforms.facebook.wire import OnPage, call, link_of, made_id
from services.publishing.publisher import Door, Receipt, Remote, Sighting

_KEPT = timedelta(hours=23)  # how long an unfinished upload is kept is not published; a container's day is assumed
_UNFINISHED = ("uploading", "upload_complete")
_NEVER = ("expired", "upload_failed")
_NO_SUCH_OBJECT = 100


class Uploaded(OnPage):
    """Polls and finds a post that is one uploaded video."""

    def poll(self, remote: Remote, door: Door) -> bool:
        """:raises NotProcessed: uploaded too long ago to be still there"""
        if door.now - datetime.fromisoformat(remote["made_at"]) > _KEPT:
            raise NotProcessed("The uploaded video was older than 23 hours.", try_again=True)
        return True

    def find(self, content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
        """The video's own state says whether it is public, being processed, refused, or was never finished."""
        told = _read(remote["video"], door)
        state, phase = _state(told), _phase(told, "publishing_phase")
        if phase.get("publish_status") == "published" or (state == "ready" and not phase and told.get("post_id")):
            return Sighting((_receipt(told, phase, remote, door),), is_live=True)
        if state == "error":
            return Sighting(refused=f"Facebook could not process the video. {_why(told)}".strip())
        if state in _UNFINISHED:
            return Sighting(is_absent=True, remote=remote)
        return Sighting(is_absent=state in _NEVER, is_processing=state in ("processing", "ready"))


def finish(door: Door, remote: Remote, edge: str, form: dict[str, str]) -> NoReturn:
    """
    Hand the video over to be published.

    :raises Accepted: taken; public once processed
    :raises OutcomeUnknown: no clear answer, or a refusal by which the video may be out all the same
    :raises NotProcessed: refused, and this video never will be out
    """
    try:
        answer = call(door, "POST", f"{door.account}/{edge}", form={"upload_phase": "finish", **form})
    except Rejected as error:
        _judge_refused(remote, door, error)
        raise
    if answer.get("success") is not True:
        raise OutcomeUnknown("Facebook did not say whether it took the video.")
    raise Accepted("Facebook has the video and is processing it.", remote)


def _judge_refused(remote: Remote, door: Door, error: Rejected) -> None:
    """
    After a refusal: did an earlier try get through, or is the video dead? Returns where it may still be finished.

    :raises Accepted: it got through
    :raises NotProcessed: it is dead, or there is no such video
    :raises OutcomeUnknown: that cannot be read now
    """
    try:
        told = _read(remote["video"], door)
    except Rejected as unknown:
        fault = fault_of(unknown)
        if fault is not None and fault.code == _NO_SUCH_OBJECT:
            raise NotProcessed(error.sentence, try_again=False) from error
        return
    except ProviderError as unreadable:
        raise OutcomeUnknown("Facebook refused the video, and its state cannot be read.") from unreadable
    state, phase = _state(told), _phase(told, "publishing_phase")
    if state in ("processing", "ready") or phase.get("publish_status") == "published":
        raise Accepted("Facebook has the video and is processing it.", remote) from error
    if state == "error" or state in _NEVER:
        raise NotProcessed(f"{error.sentence} {_why(told)}".strip(), try_again=False) from error


def _read(video: str, door: Door) -> dict[str, Any]:
    return call(door, "GET", video, params={"fields": "status,post_id,permalink_url"})


def _status(told: dict[str, Any]) -> dict[str, Any]:
    status = told.get("status")
    return status if isinstance(status, dict) else {}


def _state(told: dict[str, Any]) -> str:
    return str(_status(told).get("video_status", ""))


def _phase(told: dict[str, Any], name: str) -> dict[str, Any]:
    phase = _status(told).get(name)
    return phase if isinstance(phase, dict) else {}


def _why(told: dict[str, Any]) -> str:
    error = _phase(told, "processing_phase").get("error")
    return str(error.get("message", ""))[:200] if isinstance(error, dict) else ""


def _receipt(told: dict[str, Any], phase: dict[str, Any], remote: Remote, door: Door) -> Receipt:
    """Posts are known as `<page>_<post>`; a video that tells no post keeps its own id."""
    post = made_id({**told, "video": remote["video"]}, "post_id", "video")
    if post != remote["video"] and "_" not in post:
        post = f"{door.account}_{post}"
    seconds = phase.get("publish_time")
    return Receipt(post, _instant(seconds), link_of(told))


def _instant(seconds: object) -> datetime | None:
    """From seconds since 1970; None for anything else."""
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < 4_000_000_000:
        return None
    return datetime.fromtimestamp(seconds, UTC)
