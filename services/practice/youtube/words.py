"""What YouTube takes as the words and decisions of a video. Source: videos resource, September 2026."""

from typing import Any

from services.practice.wire.calls import Call
from services.practice.youtube.errors import ApiError

TITLE_MAX, DESCRIPTION_BYTES_MAX, TAGS_MAX = 100, 5_000, 500
PRIVACIES = ("public", "unlisted", "private")
CATEGORIES = {"1", "2", "10", "15", "17", "19", "20", "22", "23", "24", "25", "26", "27", "28", "29"}
_PARTS = {"snippet", "status", "recordingDetails", "localizations"}


def read_words(call: Call) -> dict[str, Any]:
    """The video as it is to be stored. :raises ApiError: 400 with the reason"""
    sent = call.json
    if not isinstance(sent, dict):
        raise ApiError("parseError", "Parse Error", domain="global")
    parts = {part for part in call.need("part").split(",") if part}
    if not parts <= _PARTS:
        raise ApiError("unknownPart", f"'{', '.join(sorted(parts - _PARTS))}'", domain="youtube.part")
    if not set(sent) <= parts:
        message = f"The request body holds parts that `part` does not name: {sorted(set(sent) - parts)}"
        raise ApiError("unexpectedPart", message, domain="youtube.part")
    return _snippet(_object(sent, "snippet")) | _status(_object(sent, "status"))


def _snippet(snippet: dict[str, Any]) -> dict[str, Any]:
    title, description = _text(snippet, "title"), _text(snippet, "description")
    if not 1 <= len(title.strip()) <= len(title) <= TITLE_MAX or _has_angle(title):
        raise ApiError("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    if len(description.encode()) > DESCRIPTION_BYTES_MAX or _has_angle(description):
        raise ApiError("invalidDescription", "The request metadata specifies an invalid video description.")
    tags = snippet.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags) or _length(tags) > TAGS_MAX:
        raise ApiError("invalidTags", "The request metadata specifies invalid video keywords.")
    if any(_has_angle(tag) for tag in tags):
        raise ApiError("invalidTags", "The request metadata specifies invalid video keywords.")
    category = snippet.get("categoryId", "22")
    if category not in CATEGORIES:
        raise ApiError("invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID.")
    return {"title": title, "description": description, "tags": tags, "category": category}


def _status(status: dict[str, Any]) -> dict[str, Any]:
    """Whoever names no privacy gets a public video."""
    privacy = status.get("privacyStatus", "public")
    if privacy not in PRIVACIES:
        raise ApiError("invalidVideoMetadata", "The request metadata is invalid.")
    if "publishAt" in status and privacy != "private":
        raise ApiError("invalidPublishAt", "The request metadata specifies an invalid scheduled publishing time.")
    for name in ("selfDeclaredMadeForKids", "containsSyntheticMedia", "embeddable"):
        if not isinstance(status.get(name, False), bool):
            raise ApiError("invalidVideoMetadata", "The request metadata is invalid.")
    return {
        "asked": privacy,
        "made_for_kids": status.get("selfDeclaredMadeForKids"),
        "altered": status.get("containsSyntheticMedia", False),
    }


def _length(tags: list[str]) -> int:
    """Together, with commas between them and quotes around those with a space."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(0, len(tags) - 1)


def _has_angle(text: str) -> bool:
    return "<" in text or ">" in text


def _object(sent: dict[str, Any], name: str) -> dict[str, Any]:
    value = sent.get(name, {})
    if not isinstance(value, dict):
        raise ApiError("invalidVideoMetadata", "The request metadata is invalid.")
    return value


def _text(snippet: dict[str, Any], name: str) -> str:
    value = snippet.get(name, "")
    if not isinstance(value, str):
        raise ApiError("invalidVideoMetadata", "The request metadata is invalid.")
    return value
