"""The lists of the Data API: channels, the uploads of a channel, videos. One unit each."""

from collections.abc import Iterable
from typing import Any

from services.practice import things
from services.practice.seeds import ACCOUNTS, Account
from services.practice.wire.calls import Call
from services.practice.youtube import videos
from services.practice.youtube.access import READ, channel, spend
from services.practice.youtube.errors import ApiError

_CHANNEL_PARTS = ("id", "snippet", "contentDetails", "statistics", "status")
_PLAYLIST_PARTS = ("id", "snippet", "contentDetails", "status")
_PAGE_MOST, _PAGE_USUAL = 50, 5


def list_channels(call: Call) -> dict[str, Any]:
    """`GET /channels?part=&mine=true` or `id=`."""
    account, parts = _open(call, _CHANNEL_PARTS)
    if call.get("mine") == "true":
        found = [account]
    else:
        found = [one for one in map(ACCOUNTS["youtube"].get, call.need("id").split(",")) if one]
    return _listed("channel", [_channel(call, one, parts) for one in found])


def list_playlist_items(call: Call) -> dict[str, Any]:
    """`GET /playlistItems?part=&playlistId=UU...`: the uploads of one's own channel, newest first."""
    account, parts = _open(call, _PLAYLIST_PARTS)
    playlist = call.need("playlistId")
    if playlist != _uploads_list(account):
        message = "The playlist identified with the request's playlistId parameter cannot be found."
        raise ApiError("playlistNotFound", message, status=404, domain="youtube.playlistItem")
    told = call.get("maxResults", str(_PAGE_USUAL))
    if not told.isdecimal() or not 0 <= int(told) <= _PAGE_MOST:
        raise ApiError("invalidParameter", "Invalid value for maxResults.", domain="youtube.parameter")
    found = videos.uploads_of(call, account.id)
    rows = [_playlist_item(playlist, video, place, parts) for place, video in enumerate(found)]
    return _listed("playlistItem", rows[: int(told)], total=len(rows))


def list_videos(call: Call) -> dict[str, Any]:
    """`GET /videos?part=&id=`: one's own; those of others, and those that are not there, are left out."""
    account, parts = _open(call, videos.PARTS)
    ids = call.need("id").split(",")
    if len(ids) > _PAGE_MOST:
        raise ApiError("invalidParameter", "Invalid value for id.", domain="youtube.parameter")
    found = [things.get(call.world, "youtube", "video", one) for one in ids]
    own = [one["id"] for one in found if one is not None and one["account"] == account.id]
    return _listed("video", [videos.resource(call, one, parts) for one in own])


def _open(call: Call, known: Iterable[str]) -> tuple[Account, tuple[str, ...]]:
    """Whose call it is and which parts it wants; it is charged even when it is refused."""
    account = channel(call, READ)
    spend(call, 1)
    parts = tuple(part.strip() for part in call.need("part").split(","))
    if not set(parts) <= set(known):
        raise ApiError("unknownPart", f"'{', '.join(sorted(set(parts) - set(known)))}'", domain="youtube.part")
    return account, parts


def _channel(call: Call, account: Account, parts: tuple[str, ...]) -> dict[str, Any]:
    count = len(videos.uploads_of(call, account.id))
    node = {
        "snippet": {"title": account.name, "customUrl": f"@{account.handle}", "description": ""},
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": _uploads_list(account)}},
        "statistics": {"viewCount": "0", "subscriberCount": "1200", "videoCount": str(count)},
        "status": {"privacyStatus": "public", "isLinked": True, "longUploadsStatus": "allowed"},
    }
    shown = {name: node[name] for name in parts if name in node}
    return {"kind": "youtube#channel", "etag": "practice", "id": account.id, **shown}


def _playlist_item(playlist: str, video: dict[str, Any], place: int, parts: tuple[str, ...]) -> dict[str, Any]:
    at = videos.moment(video["made_at"])
    node = {
        "snippet": {
            "publishedAt": at,
            "channelId": video["account"],
            "title": video["title"],
            "description": video["description"],
            "playlistId": playlist,
            "position": place,
            "resourceId": {"kind": "youtube#video", "videoId": video["id"]},
        },
        "contentDetails": {"videoId": video["id"], "videoPublishedAt": at},
        "status": {"privacyStatus": video["privacy"]},
    }
    shown = {name: node[name] for name in parts if name in node}
    return {"kind": "youtube#playlistItem", "etag": "practice", "id": f"{playlist}.{video['id']}", **shown}


def _listed(kind: str, rows: list[dict[str, Any]], total: int | None = None) -> dict[str, Any]:
    page = {"totalResults": len(rows) if total is None else total, "resultsPerPage": len(rows)}
    return {"kind": f"youtube#{kind}ListResponse", "etag": "practice", "pageInfo": page, "items": rows}


def _uploads_list(account: Account) -> str:
    return f"UU{account.id[2:]}"
