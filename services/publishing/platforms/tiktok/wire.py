"""What every TikTok format asks: the creator before a post, the list of posts, a post's address."""

from datetime import UTC, datetime
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown, Unavailable
from services.kit.tiktok import tiktok_call
from services.publishing.platforms.tiktok.choices import EVERYONE, PRIVACY, Creator, demand_allowed, utf16_length
from services.publishing.publisher import Door, Order, Receipt, Remote

SOURCE = "TikTok for Developers, Content Posting API v2"
_LIST_FIELDS = {"fields": "id,create_time,title,video_description,share_url"}
# The list cuts words at 150; a text of that length or more may go on.
_CUT_AT = 149
_NO_TIME = 32_503_680_000  # the year 3000 in seconds: what lies after it is no time of a post
_OPTIONS = ("comment", "duet", "stitch")


class TikTok:
    """What the formats share. Formats of one call leave `prepare` and `poll` as they are."""

    def prepare(self, order: Order, door: Door) -> Remote:
        """Nothing: one call carries everything."""
        return {}

    def poll(self, remote: Remote, door: Door) -> bool:
        """Always: nothing was handed over."""
        return True

    def is_listed(self, content: SealedContent) -> bool:
        """Public posts only; a draft is none."""
        return content.settings.get("privacy") == EVERYONE

    def recent(self, door: Door) -> list[Receipt]:
        """Public posts only: TikTok lists no others."""
        return [receipt for receipt, _ in listed(door)]

    def permalink(self, remote_id: str, door: Door) -> str | None:
        """None for posts that are not public: they are known by their publish_id, which has no address."""
        if not is_number(remote_id):
            return None
        asked = {"filters": {"video_ids": [remote_id]}}
        data = call(door, "video/query/", asked, writes=False, params={"fields": "id,share_url"})
        found = [row for row in _rows(data) if row.get("id") == remote_id and isinstance(row.get("share_url"), str)]
        return str(found[0]["share_url"]) if found else None


def call(door: Door, path: str, body: dict[str, Any] | None, *, writes: bool, **more: Any) -> dict[str, Any]:
    """POST to one of TikTok's addresses; returns the answer's `data`. :raises ProviderError: one of our five"""
    url = f"{door.api_url}/{path}"
    return tiktok_call(door.http, "POST", url, token=door.secret, writes=writes, now=door.now, json=body, **more)


def creator(door: Door) -> Creator:
    """
    What the account allows right now: asked before every post, as TikTok demands.

    :raises RateLimited, Rejected, CredentialsExpired: the account may not post now
    """
    data = call(door, "post/publish/creator_info/query/", None, writes=False)
    audiences = data.get("privacy_level_options")
    if not isinstance(audiences, list) or not audiences:
        raise Unavailable("TikTok did not say who may see this account's posts.")
    longest = data.get("max_video_post_duration_sec")
    return Creator(
        audiences=tuple(str(one) for one in audiences),
        off=tuple(name for name in _OPTIONS if data.get(f"{name}_disabled") is True),
        seconds_max=float(longest) if isinstance(longest, int) and longest > 0 else None,
    )


def audiences(door: Door) -> tuple[tuple[str, str], ...]:
    """(value, label) of who may see a post, as far as the account may choose. :raises ProviderError: one of our five"""
    known = dict(PRIVACY.choices)
    return tuple((one, known.get(one, one)) for one in creator(door).audiences)


def ask_first(order: Order, door: Door) -> None:
    """
    Before a call that cannot be taken back and follows this one: what the creator allows, and whether the post is ours.

    :raises ProviderError: one of our five: nothing was sent
    """
    demand_allowed(order.content, creator(door))
    door.keep({"creator": "asked"})  # ends the step if it slept meanwhile and another attempt has taken over


def publish_id_in(data: dict[str, Any]) -> str:
    """:raises OutcomeUnknown: an answer without the id of what was begun"""
    value = data.get("publish_id")
    if not isinstance(value, str) or not value.strip():
        raise OutcomeUnknown("TikTok answered without a publish_id.")
    return value


def look_alikes(words: str, since: datetime, door: Door) -> tuple[Receipt, ...]:
    """
    Public posts since an instant that carry these words, oldest first.

    Without words there is nothing to recognise ours by.
    """
    if not words.strip():
        return ()
    found = [
        receipt
        for receipt, told in listed(door)
        if receipt.at and receipt.at >= since and any(_fits(text, words.strip()) for text in told)
    ]
    return tuple(reversed(found))


def listed(door: Door) -> list[tuple[Receipt, tuple[str, ...]]]:
    """The newest twenty public posts with their words, newest first."""
    data = call(door, "video/list/", {"max_count": 20}, writes=False, params=_LIST_FIELDS)
    return [(_receipt(row), _words(row)) for row in _rows(data) if _id(row)]


def is_number(text: str) -> bool:
    """Is it the id of a public post?"""
    return text.isascii() and text.isdecimal()


def _rows(data: dict[str, Any]) -> list[dict[str, Any]]:
    rows = data.get("videos")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _id(row: dict[str, Any]) -> str:
    value = row.get("id")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _receipt(row: dict[str, Any]) -> Receipt:
    at, link = row.get("create_time"), row.get("share_url")
    made = None
    if isinstance(at, int) and not isinstance(at, bool) and 0 < at < _NO_TIME:
        made = datetime.fromtimestamp(at, UTC)
    return Receipt(_id(row), made, link if isinstance(link, str) else None)


def _words(row: dict[str, Any]) -> tuple[str, ...]:
    told = (row.get("video_description"), row.get("title"))
    return tuple(text.strip() for text in told if isinstance(text, str) and text.strip())


def _fits(told: str, ours: str) -> bool:
    return told == ours or (utf16_length(told) >= _CUT_AT and ours.startswith(told))
