"""Posts of practice X: the closed body, the rules of self-serve access, duplicates, the quarter of an hour."""

import re
import unicodedata
from typing import Any

from starlette.responses import JSONResponse, Response

from services.kit.x_text import TEXT_MAX, weighted_length
from services.practice import accepted
from services.practice.accepted import Post
from services.practice.seeds import Account
from services.practice.wire.calls import Call
from services.practice.world import DAY_SECONDS
from services.practice.x.access import account_of, window
from services.practice.x.media import key_of, usable
from services.practice.x.problems import Problem, forbidden, invalid
from services.practice.x.words import shown

_DECIDED: tuple[str, ...] = ("reply_settings", "made_with_ai", "paid_partnership")
_KEYS = {"text", "media", "reply", *_DECIDED}
_NOT_SELF_SERVE = {
    "quote_tweet_id",
    "poll",
    "community_id",
    "share_with_followers",
    "edit_options",
    "card_uri",
    "nullcast",
}
_MAY_REPLY = {"following", "mentionedUsers", "subscribers", "verified"}
_DUPLICATES_AMONG = 100


def create(call: Call) -> Response:
    """Make a post public. :raises Problem: 400 wrong body, 403 not allowed or a duplicate, 429 too many"""
    account = account_of(call, "tweet.read", "tweet.write", "users.read")
    body = _body(call)
    text, media = str(body.get("text", "")), _media(call, account, body.get("media"))
    if not text.strip() and not media:
        raise invalid("A post needs text or media.")
    if weighted_length(text) > TEXT_MAX:
        raise invalid("Your post text is too long.")
    if len(re.findall(r"(?<!\w)\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?\b", text)) > 1:
        raise forbidden("A post may hold at most one cashtag.")
    parent = _parent(call, account, body.get("reply"))
    is_spent = call.fault("quota") is not None
    with call.world.store.act():
        _demand_new(call, account, text, [found["sha256"] for found in media])
        if is_spent or window(call, account.id)[1] <= 0:
            raise Problem(429, "Too Many Requests", "Too Many Requests")
        post = _post(call, account, text, media, parent, body)
        accepted.add(call.world, post)
    return JSONResponse({"data": {"id": post.id, "text": shown(post)}}, status_code=201)


def _body(call: Call) -> dict[str, Any]:
    body = call.json
    if not call.is_json or not isinstance(body, dict):
        raise invalid("The body must be a JSON object.")
    if _NOT_SELF_SERVE & body.keys():
        raise forbidden()
    unknown = sorted(body.keys() - _KEYS)
    if unknown:
        raise invalid(f"Unknown properties: {', '.join(unknown)}.")
    if not isinstance(body.get("text", ""), str):
        raise invalid("The `text` must be a string.")
    for name in ("made_with_ai", "paid_partnership"):
        if not isinstance(body.get(name, False), bool):
            raise invalid(f"The `{name}` must be true or false.")
    if "reply_settings" in body and body["reply_settings"] not in _MAY_REPLY:
        raise invalid(f"The `reply_settings` must be one of {', '.join(sorted(_MAY_REPLY))}.")
    return body


def _media(call: Call, account: Account, sent: Any) -> list[dict[str, Any]]:
    """One to four pictures, or one video; each uploaded by this account, processed, younger than a day."""
    if sent is None:
        return []
    ids = sent.get("media_ids") if isinstance(sent, dict) and sent.keys() <= {"media_ids", "tagged_user_ids"} else None
    if not isinstance(ids, list) or not 1 <= len(ids) <= 4 or not all(isinstance(one, str) for one in ids):
        raise invalid("The `media_ids` must be 1 to 4 strings.")
    found = [usable(call, media_id, account.id) for media_id in ids]
    media = [one for one in found if one is not None]
    kinds = [one["kind"] for one in media]
    if len(media) != len(ids) or len(set(ids)) != len(ids) or ("video" in kinds and len(kinds) > 1):
        raise invalid("Your media IDs are invalid.")
    return media


def _parent(call: Call, account: Account, sent: Any) -> str:
    """The own post that this one replies to, empty for none: others would have had to summon us."""
    if sent is None:
        return ""
    parent = sent.get("in_reply_to_tweet_id") if isinstance(sent, dict) else None
    if not isinstance(parent, str) or not sent.keys() <= {"in_reply_to_tweet_id", "exclude_reply_user_ids"}:
        raise invalid("The `in_reply_to_tweet_id` must be a string.")
    post = accepted.find(call.world, parent)
    if post is None or post.platform != "x":
        raise forbidden("You attempted to reply to a Post that is deleted or not visible to you.")
    if post.account != account.id:
        raise forbidden("You can only reply where the author summoned you.")
    return parent


def _demand_new(call: Call, account: Account, text: str, media: list[str]) -> None:
    """The same words with the same files within a day are refused; how far the real X looks back is not known."""
    for post in accepted.posts_of(call.world, account.id, limit=_DUPLICATES_AMONG, platform="x"):
        is_recent = call.now - post.created_at < DAY_SECONDS
        if is_recent and _plain(post.caption) == _plain(text) and list(post.media) == media:
            raise forbidden("You are not allowed to create a Tweet with duplicate content.")


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _post(
    call: Call, account: Account, text: str, media: list[dict[str, Any]], parent: str, body: dict[str, Any]
) -> Post:
    number = 1_990_000_000_000_000_000 + call.world.store.next_number("x-post")
    decided = {name: str(body[name]) for name in _DECIDED if name in body}
    kinds = {found["kind"] for found in media}
    return Post(
        id=str(number),
        platform="x",
        account=account.id,
        caption=text,
        alt_text=media[0]["alt_text"] if media else "",
        image_sha256=media[0]["sha256"] if media else "",
        created_at=call.now,
        format="reply" if parent else "video" if "video" in kinds else "images" if kinds else "text",
        media=tuple(found["sha256"] for found in media),
        details={
            **decided,
            **({"reply_to": parent} if parent else {}),
            **({"media_keys": " ".join(key_of(found) for found in media)} if media else {}),
        },
        path=f"/x/{account.handle}/status/{number}",
    )
