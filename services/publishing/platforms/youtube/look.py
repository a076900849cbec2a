"""What became of a video: by its upload session, by its own status, and, where both are lost, by the channel's list."""

from datetime import datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import Rejected
from services.kit.youtube import is_gone, object_in, objects_in, text_of, youtube_call
from services.publishing.platforms.youtube.upload import ask
from services.publishing.publisher import Door, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
_LISTED = "25"
_FAILURES = {
    "codec": "it cannot read this kind of video",
    "conversion": "it could not convert the video",
    "emptyFile": "the file is empty",
    "invalidFile": "the file is no video",
    "tooSmall": "the file is too small",
    "uploadAborted": "the upload was cut off",
}
_REJECTIONS = {
    "claim": "somebody claims its content",
    "copyright": "it infringes a copyright",
    "duplicate": "the same video is on the channel already",
    "inappropriate": "its content is inappropriate",
    "legal": "for a legal reason",
    "length": "it is longer than this channel may upload; a confirmed phone number allows more than 15 minutes",
    "termsOfUse": "it breaks the terms of use",
    "trademark": "it infringes a trademark",
    "uploaderAccountClosed": "the channel is closed",
    "uploaderAccountSuspended": "the channel is suspended",
}


def by_session(content: SealedContent, remote: Remote, since: datetime, door: Door) -> Sighting:
    """The session is the proof: unfinished means absent, finished names the video."""
    size = int(remote["size"])
    try:
        progress = ask(remote["session"], size, door)
    except Rejected as error:
        # A session that is gone proves nothing: it may have been finished before.
        if not is_gone(error):
            raise
        return by_words(content, since, door)
    if progress.video is None:
        return Sighting(is_absent=True, remote=remote | {"sent": str(progress.have)})
    made = text_of(progress.video, "id")
    return by_id(content, made, door) if made else by_words(content, since, door)


def exists(video_id: str, door: Door) -> bool:
    """Is this video on the channel, in whatever state?"""
    return any(video.get("id") == video_id for video in _videos([video_id], door))


def by_id(content: SealedContent, video_id: str, door: Door) -> Sighting:
    """The state of one video; nothing where YouTube does not show it."""
    found = [video for video in _videos([video_id], door) if video.get("id") == video_id]
    return judged(found[0], content) if found else Sighting()


def by_words(content: SealedContent, since: datetime, door: Door) -> Sighting:
    """Uploads since the intent with our title and description. None of them proves nothing."""
    title = content.settings.get("title", "")
    rows = [row for row in uploads(door) if text_of(object_in(row, "snippet"), "title") == title]
    recent = [one for one in map(receipt_of, rows) if one and one.at and one.at >= since - _CLOCKS_APART]
    if not title or not recent:
        return Sighting()
    times = {one.remote_id: one.at for one in recent}
    ours = [video for video in _videos(list(times), door) if text_of(video, "id") in times and _is_ours(video, content)]
    found = [judged(video, content) for video in ours]
    live = [Receipt(one.remote_id, times[one.remote_id]) for each in found if each.is_live for one in each.seen]
    if live:
        return Sighting(tuple(sorted(live, key=lambda one: one.at or since)), is_live=True)
    return found[0] if len(found) == 1 else Sighting()


def judged(video: dict[str, Any], content: SealedContent) -> Sighting:
    """What a video resource says about our post; an unknown state proves nothing."""
    status, made = object_in(video, "status"), text_of(video, "id")
    stage = text_of(status, "uploadStatus")
    processing = text_of(object_in(video, "processingDetails"), "processingStatus")
    if stage == "rejected":
        reason = text_of(status, "rejectionReason")
        return Sighting(refused=f"YouTube rejected the video: {_REJECTIONS.get(reason, reason or 'no reason given')}.")
    if stage == "failed" or processing in ("failed", "terminated"):
        reason = text_of(status, "failureReason")
        words = _FAILURES.get(reason, reason or "no reason given")
        return Sighting(refused=f"YouTube could not process the video: {words}.")
    if stage == "deleted":
        return Sighting(refused="The video was deleted on YouTube.")
    asked, stored = content.settings.get("privacy", ""), text_of(status, "privacyStatus")
    if stage in ("uploaded", "processed") and stored and stored != asked:
        return Sighting(refused=_not_as_asked(made, asked, stored), remote={"video": made})
    if made and stored and (stage == "processed" or (stage, processing) == ("uploaded", "succeeded")):
        return Sighting((Receipt(made, _instant(object_in(video, "snippet"))),), is_live=True)
    return Sighting(is_processing=stage == "uploaded")


def uploads(door: Door) -> list[dict[str, Any]]:
    """The channel's latest uploads, newest first, private ones too."""
    mine = _get("channels", door, part="contentDetails", mine="true")
    lists = [object_in(object_in(row, "contentDetails"), "relatedPlaylists") for row in objects_in(mine)]
    names = [text_of(one, "uploads") for one in lists if text_of(one, "uploads")]
    if not names:
        return []
    return objects_in(
        _get("playlistItems", door, part="snippet,contentDetails", playlistId=names[0], maxResults=_LISTED)
    )


def receipt_of(row: dict[str, Any]) -> Receipt | None:
    """A row of the list of uploads; None where it names no video."""
    made = text_of(object_in(row, "contentDetails"), "videoId")
    return Receipt(made, _instant(object_in(row, "snippet"))) if made else None


def _not_as_asked(made: str, asked: str, stored: str) -> str:
    then = f"It is on the channel as {made}: change it in YouTube Studio, or delete it before another try."
    if stored == "private":
        return f"YouTube keeps the video private although {asked} was asked: the app is not audited yet. {then}"
    return f"YouTube shows the video as {stored} although {asked} was asked. {then}"


def _videos(ids: list[str], door: Door) -> list[dict[str, Any]]:
    return objects_in(_get("videos", door, part="status,processingDetails,snippet", id=",".join(ids)))


def _is_ours(video: dict[str, Any], content: SealedContent) -> bool:
    words = text_of(object_in(video, "snippet"), "description")
    return words.split() == content.text.split()  # their line ends are not ours


def _get(path: str, door: Door, **asked: str) -> dict[str, Any]:
    url = f"{door.api_url}/{path}"
    reply = youtube_call(door.http, "GET", url, token=door.secret, writes=False, now=door.now, params=asked)
    body: dict[str, Any] = reply.body
    return body


def _instant(node: dict[str, Any]) -> datetime | None:
    """`publishedAt`, None where it is missing or no instant with a zone."""
    try:
        at = datetime.fromisoformat(text_of(node, "publishedAt"))
    except ValueError:
        return None
    return at if at.tzinfo else None
