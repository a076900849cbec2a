"""What X's formats share: the calls, the account's own timeline, the post's body, and the limits."""

from datetime import date, datetime, timedelta
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import OutcomeUnknown
from services.kit.x import x_call
from services.kit.x_text import TEXT_MAX, weighted_length
from services.publishing.platforms.x.costs import cost_of, paid_post, paid_reads
from services.publishing.publisher import Door, PlatformSpec, Receipt, Setting

CLOCKS_APART = timedelta(seconds=60)
IMAGES = ("image/jpeg", "image/png", "image/webp")
RECENT_MOST = 20  # each post read is paid for

_YES_NO = (("no", "No"), ("yes", "Yes"))
SETTINGS = (
    Setting(
        "reply_settings",
        "Who may reply",
        choices=(
            ("everyone", "Everyone"),
            ("following", "Accounts this one follows"),
            ("mentionedUsers", "Accounts the post mentions"),
            ("subscribers", "Subscribers"),
            ("verified", "Verified accounts"),
        ),
        default="everyone",
    ),
    Setting("made_with_ai", "Made with AI", choices=_YES_NO, default="no"),
    Setting("paid_partnership", "Paid partnership", choices=_YES_NO, default="no"),
)

Row = dict[str, Any]


def spec(name: str, label: str, **limits: Any) -> PlatformSpec:
    """One format's limits; X tells of none for the shape of pictures, so every shape passes."""
    usual: dict[str, Any] = {
        "platform": "x",
        "label": "X",
        "look": "short_post",
        "text_max": TEXT_MAX,
        "hashtags_max": None,
        "mentions_max": None,
        "alt_text_max": 1_000,
        "media_types": (),
        "media_min": 0,
        "media_max": 0,
        "ratio_min": 0.01,
        "ratio_max": 100.0,
        "width_min": 4,
        "prepares": True,
        "proves_absence": False,
        "source": "X API v2, OpenAPI 2.167; media best practices",
        "checked_on": date(2026, 11, 21),
        "format": name,
        "format_label": label,
        "count": weighted_length,
        "unit": "own",
        "cost": lambda text, alt_texts: cost_of(text, alt_texts=alt_texts),
        "settings": SETTINGS,
    }
    return PlatformSpec(**(usual | limits))


def call(door: Door, method: str, path: str, *, writes: bool, **sent: Any) -> dict[str, Any]:
    """One call to the API. :raises ProviderError: as `kit.x`"""
    url = f"{door.api_url}/{path}"
    return x_call(door.http, method, url, token=door.secret, writes=writes, now=door.now, **sent)


def create(door: Door, body: dict[str, Any]) -> str:
    """The call that cannot be taken back; returns the post's id. :raises OutcomeUnknown: also an answer without one"""
    with paid_post(str(body.get("text", ""))):
        made = call(door, "POST", "tweets", writes=True, json=body).get("data")
    post_id = made.get("id") if isinstance(made, dict) else None
    if not is_id(post_id):
        raise OutcomeUnknown("X answered without the id of the post.")
    return str(post_id)


def body_of(content: SealedContent, text: str, media: list[str], reply_to: str = "") -> dict[str, Any]:
    """What `create` sends. The body is closed: a key that X does not know is refused, so nothing empty is sent."""
    body: dict[str, Any] = {"text": text} if text else {}
    if media:
        body["media"] = {"media_ids": media}
    if reply_to:
        body["reply"] = {"in_reply_to_tweet_id": reply_to}
    may_reply = content.settings.get("reply_settings", "everyone")
    if may_reply not in ("", "everyone") and not reply_to:
        body["reply_settings"] = may_reply
    for name in ("made_with_ai", "paid_partnership"):
        if content.settings.get(name) == "yes":
            body[name] = True
    return body


def timeline(door: Door, *, since: datetime | None = None, replies: bool = False, most: int = 100) -> list[Row]:
    """The account's own posts, newest first; `since` keeps a look cheap: X bills every post that it returns."""
    asked = {
        "max_results": str(most),
        "exclude": "retweets" if replies else "replies,retweets",
        "tweet.fields": "created_at,text,entities,attachments,referenced_tweets",
    }
    if since is not None:
        asked["start_time"] = (since - CLOCKS_APART).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = call(door, "GET", f"users/{door.account}/tweets", writes=False, params=asked).get("data")
    found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    paid_reads(len(found))
    return [row for row in found if is_id(row.get("id")) and made_at(row) is not None]


def receipt(door: Door, row: Row) -> Receipt:
    return Receipt(row["id"], made_at(row), address(door, row["id"]))


def address(door: Door, post_id: str) -> str:
    """The public page of a post. X finds it by its id alone, under any name."""
    site = door.api_url.removesuffix("/2").replace("://api.", "://")
    return f"{site}/{door.handle or 'i'}/status/{post_id}"


def made_at(row: Row) -> datetime | None:
    try:
        told = datetime.fromisoformat(row["created_at"])
    except (KeyError, TypeError, ValueError):
        return None
    return told if told.tzinfo else None


def is_id(value: object) -> bool:
    """Ids are strings of digits; a number would have lost its last ones on the way."""
    return isinstance(value, str) and value.isascii() and value.isdecimal()
