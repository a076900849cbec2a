"""What became of a publish_id: TikTok's own account of one post, and what each of its words means for us."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.publishing.platforms.tiktok.choices import EVERYONE
from services.publishing.platforms.tiktok.wire import call, is_number, look_alikes
from services.publishing.publisher import Door, Receipt, Remote, Sighting

_CLOCKS_APART = timedelta(seconds=60)
# Reasons after which the same post may pass when it is begun anew (fail_reason table of the platform).
_TRY_AGAIN = {"internal", "video_pull_failed", "photo_pull_failed"}
_REASONS = {
    "file_format_check_failed": "TikTok does not take this file format.",
    "duration_check_failed": "TikTok does not take a video of this length from this account.",
    "frame_rate_check_failed": "TikTok does not take this frame rate: 23 to 60 frames per second are possible.",
    "picture_size_check_failed": "TikTok does not take a picture of this size.",
    "auth_removed": "The account withdrew our access while TikTok was processing. Reconnect it, then try again.",
    "spam_risk_too_many_posts": "The account has made as many posts today as TikTok allows. Try again tomorrow.",
    "spam_risk_user_banned_from_posting": "TikTok does not let this account post. Its owner sees why in TikTok.",
    "spam_risk_text": "TikTok takes the text for spam. Change it before another try.",
    "spam_risk": "TikTok takes this post for spam.",
    "publish_cancelled": "The post was cancelled on TikTok.",
}


def ask(publish_id: str, door: Door) -> dict[str, Any]:
    """The status as TikTok tells it. :raises ProviderError: one of our five"""
    return call(door, "post/publish/status/fetch/", {"publish_id": publish_id}, writes=False)


def sighting(state: dict[str, Any], content: SealedContent, remote: Remote) -> Sighting:
    """
    Read a status, all but the upload that is not complete.

    Posts that not everybody sees never get a public id; they are known by their publish_id.
    """
    public = _public_id(state)
    match state.get("status"):
        case "PUBLISH_COMPLETE" if public:
            return Sighting((Receipt(public),), is_live=True)
        case "PUBLISH_COMPLETE" if content.settings.get("privacy") == EVERYONE:
            return Sighting(is_processing=True)  # TikTok still looks it over; the public id comes after that
        case "PUBLISH_COMPLETE" | "SEND_TO_USER_INBOX":
            return Sighting((Receipt(remote["publish_id"]),), is_live=True)
        case "PROCESSING_UPLOAD" | "PROCESSING_DOWNLOAD":
            return Sighting(is_processing=True)
        case "FAILED":
            return _failed(str(state.get("fail_reason") or "no reason given"))
    return Sighting()


def look(content: SealedContent, remote: Remote, since: datetime, door: Door, words: str) -> Sighting:
    """
    For what TikTok fetches: the status where we have a publish_id; without one, public posts with the same words.

    Neither proves that nothing was begun: then a person is asked.
    """
    if remote.get("publish_id"):
        return _once_more(sighting(ask(remote["publish_id"], door), content, remote), remote)
    if content.settings.get("privacy") != EVERYONE:
        return Sighting()  # TikTok lists public posts only
    seen = look_alikes(words, since - _CLOCKS_APART, door)
    return Sighting(seen, is_live=bool(seen))


def _once_more(found: Sighting, remote: Remote) -> Sighting:
    """What could not be fetched is worth one more try, after which our address is the likelier fault."""
    if found.is_absent and remote.get("tries"):
        return Sighting(
            refused="TikTok could not take the media, twice. Check that our media host can be reached from outside."
        )
    return replace(found, remote={"tries": "1"}) if found.is_absent else found


def uploaded_bytes(state: dict[str, Any]) -> int | None:
    """How much TikTok holds of an upload; None where it does not say."""
    told = state.get("uploaded_bytes")
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def _failed(reason: str) -> Sighting:
    if reason in _TRY_AGAIN:
        return Sighting(is_absent=True)
    return Sighting(refused=_REASONS.get(reason, f"TikTok did not publish it: {reason[:80]}."))


def _public_id(state: dict[str, Any]) -> str:
    """Spelled so by the platform; numbers beyond what a float holds, so kept as text."""
    told = state.get("publicaly_available_post_id")
    first = told[0] if isinstance(told, list) and told else None
    text = str(first) if isinstance(first, str | int) and not isinstance(first, bool) else ""
    return text if is_number(text) else ""
