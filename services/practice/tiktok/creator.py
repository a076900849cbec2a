"""What the creator allows right now, and everything about them that a post must respect. Facts: Query Creator Info."""

from typing import Any

from services.practice import accepted
from services.practice.seeds import Account
from services.practice.tiktok.access import TikTokError, count_call, own_account
from services.practice.wire.calls import Call
from services.practice.world import DAY_SECONDS

FLAGS = ("disable_comment", "disable_duet", "disable_stitch", "brand_content_toggle", "brand_organic_toggle",
         "is_aigc", "auto_add_music")  # fmt: skip
PUBLIC, ONLY_ME = "PUBLIC_TO_EVERYONE", "SELF_ONLY"
# Accounts that are set to private in the app.
PRIVATE_ACCOUNTS = {"practice_bakery"}
SECONDS_MAX = 600
_PUBLIC_LEVELS = (PUBLIC, "MUTUAL_FOLLOW_FRIENDS", ONLY_ME)
_PRIVATE_LEVELS = ("FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", ONLY_ME)


def query(call: Call) -> dict[str, Any]:
    """`creator_info/query/`. :raises TikTokError: as `own_account`; a used-up day is told with status 200"""
    account = own_account(call, "video.publish")
    count_call(call, "creator")
    check_day(call, account, status=200)
    return {
        "creator_avatar_url": f"{call.base}/tiktok/{account.handle}",
        "creator_username": account.handle,
        "creator_nickname": account.name,
        "privacy_level_options": list(levels(account)),
        "comment_disabled": False,
        "duet_disabled": account.handle in PRIVATE_ACCOUNTS,
        "stitch_disabled": account.handle in PRIVATE_ACCOUNTS,
        "max_video_post_duration_sec": SECONDS_MAX,
    }


def levels(account: Account) -> tuple[str, ...]:
    """Who may see this account's posts."""
    return _PRIVATE_LEVELS if account.handle in PRIVATE_ACCOUNTS else _PUBLIC_LEVELS


def check_day(call: Call, account: Account, *, status: int = 403) -> None:
    """About fifteen posts per creator and 24 hours. :raises TikTokError: spam_risk_too_many_posts"""
    made = accepted.posts_since(call.world, account.id, call.now - DAY_SECONDS, platform="tiktok")
    if call.fault("quota") or made >= call.world.setting("tiktok_quota_total"):
        message = "The daily post cap from the API is reached for the current user."
        raise TikTokError("spam_risk_too_many_posts", message, status=status)


def check_post(call: Call, account: Account, info: Any) -> dict[str, Any]:
    """
    `post_info` of a direct post.

    :raises TikTokError: privacy_level_option_mismatch, invalid_params, and of an unaudited app
        unaudited_client_can_only_post_to_private_accounts
    """
    post: dict[str, Any] = info if isinstance(info, dict) else {}
    level = post.get("privacy_level")
    if level not in levels(account):
        message = "privacy_level is not specified or not among the options in the privacy_level_options"
        raise TikTokError("privacy_level_option_mismatch", message, status=403)
    if not call.world.setting("tiktok_audited") and (level != ONLY_ME or account.handle not in PRIVATE_ACCOUNTS):
        message = "Unaudited clients can only post to a private account, with SELF_ONLY."
        raise TikTokError("unaudited_client_can_only_post_to_private_accounts", message, status=403)
    for name in FLAGS:
        if not isinstance(post.get(name, False), bool):
            raise TikTokError("invalid_params", f"{name} must be a boolean")
    cover = post.get("video_cover_timestamp_ms", 0)
    if isinstance(cover, bool) or not isinstance(cover, int) or not 0 <= cover < 2**31:
        raise TikTokError("invalid_params", "video_cover_timestamp_ms must be an int32 of milliseconds")
    if post.get("brand_content_toggle") and level == ONLY_ME:
        raise TikTokError("invalid_params", "Branded content cannot be posted with SELF_ONLY")
    return post


def words(post: dict[str, Any], name: str, most: int) -> str:
    """A text of `post_info`, counted in UTF-16 units. :raises TikTokError: invalid_params"""
    text = post.get(name, "")
    if not isinstance(text, str) or len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        raise TikTokError("invalid_params", f"{name} must be a text of at most {most} UTF-16 units")
    return text
