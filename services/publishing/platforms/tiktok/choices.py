"""
What a person decides for a TikTok post, and what those decisions are on the wire.

Facts: Content Sharing Guidelines (privacy without a default, interactions unticked, commercial content declared).
"""

from dataclasses import dataclass
from typing import Any

from services.approvals import SealedContent
from services.kit.errors import Rejected
from services.publishing.covers import moment_ms
from services.publishing.publisher import COVER_SECOND, Setting

ONLY_ME, EVERYONE = "SELF_ONLY", "PUBLIC_TO_EVERYONE"
_AUDIENCES = (
    (EVERYONE, "Everyone"),
    ("FOLLOWER_OF_CREATOR", "Followers"),
    ("MUTUAL_FOLLOW_FRIENDS", "Friends"),
    (ONLY_ME, "Only me"),
)
_NO_YES = (("no", "No"), ("yes", "Yes"))

PRIVACY = Setting(
    "privacy",
    "Who can see this",
    _AUDIENCES,
    required=True,
    reads="audiences",
    help="The account offers some of these. Until TikTok has audited this app, only “Only me” is possible.",
)
COMMENT = Setting("comment", "Allow comments", _NO_YES, default="no")
DUET = Setting("duet", "Allow Duets", _NO_YES, default="no")
STITCH = Setting("stitch", "Allow Stitches", _NO_YES, default="no")
YOUR_BRAND = Setting(
    "your_brand", "Promotes your own brand", _NO_YES, default="no", help="TikTok labels it “Promotional content”."
)
BRANDED_CONTENT = Setting(
    "branded_content",
    "Promotes another brand for pay",
    _NO_YES,
    default="no",
    help="TikTok labels it “Paid partnership”. Such a post cannot be “Only me”.",
)
AI_GENERATED = Setting("ai_generated", "Made with AI", _NO_YES, default="no", help="TikTok labels it so.")
TITLE = Setting("title", "Title", text_max=90, help="Shown above the caption.")
COVER = Setting(COVER_SECOND, "Cover: second of the clip", text_max=7, help="Empty: the first picture.")
MUSIC = Setting("music", "Let TikTok add music", _NO_YES, default="no")

_TOGGLES = (COMMENT, DUET, STITCH, YOUR_BRAND, BRANDED_CONTENT, AI_GENERATED, MUSIC)
VIDEO_SETTINGS = (PRIVACY, COMMENT, DUET, STITCH, YOUR_BRAND, BRANDED_CONTENT, AI_GENERATED, COVER)
PHOTO_SETTINGS = (PRIVACY, TITLE, COMMENT, YOUR_BRAND, BRANDED_CONTENT, MUSIC)


@dataclass(frozen=True)
class Creator:
    """What the account allows right now. `off`: comment, duet, stitch as far as its owner switched them off."""

    audiences: tuple[str, ...]
    off: tuple[str, ...] = ()
    seconds_max: float | None = None


def demand_allowed(content: SealedContent, creator: Creator) -> None:
    """
    Nothing goes out that the account would not allow, or with another audience than the approved one.

    :raises Rejected: in a sentence that says what to choose instead
    """
    settings = content.settings
    privacy = settings.get("privacy", "")
    if not privacy:
        raise Rejected("Choose who can see this on TikTok: there is no default.")
    for toggle in _TOGGLES:
        if settings.get(toggle.name, "no") not in ("no", "yes"):
            raise Rejected(f"“{toggle.label}” must be yes or no.")
    if privacy not in creator.audiences:
        offered = ", ".join(dict(_AUDIENCES).get(one, one) for one in creator.audiences) or "nothing"
        chosen = dict(_AUDIENCES).get(privacy, privacy)
        raise Rejected(f"This TikTok account does not offer “{chosen}” right now; it offers: {offered}.")
    if privacy == ONLY_ME and is_on(content, BRANDED_CONTENT):
        raise Rejected("Branded content cannot be “Only me” on TikTok. Choose another audience.")
    for toggle in (COMMENT, DUET, STITCH):
        if is_on(content, toggle) and toggle.name in creator.off:
            raise Rejected(f"“{toggle.label}” is switched off in the TikTok account. Choose no, or switch it on there.")
    for item in content.media:
        seconds = item.duration_ms / 1_000
        if creator.seconds_max is not None and seconds > creator.seconds_max:
            raise Rejected(
                f"This TikTok account may post up to {creator.seconds_max:g} s; the video has {seconds:g} s."
            )


def is_on(content: SealedContent, toggle: Setting) -> bool:
    """Did a person say yes?"""
    return content.settings.get(toggle.name, toggle.default) == "yes"


def video_info(content: SealedContent) -> dict[str, Any]:
    """`post_info` of a video."""
    return {
        "title": content.text,
        **_common(content),
        "disable_duet": not is_on(content, DUET),
        "disable_stitch": not is_on(content, STITCH),
        "is_aigc": is_on(content, AI_GENERATED),
        **_cover(content),
    }


def _cover(content: SealedContent) -> dict[str, Any]:
    """Nothing for the first picture. :raises Rejected: no number of seconds"""
    told = content.settings.get(COVER_SECOND, "")
    at = moment_ms(told) if told else None
    if told and at is None:
        raise Rejected("The cover's second must be a number, such as 2.5.")
    return {} if at is None else {"video_cover_timestamp_ms": at}


def photo_info(content: SealedContent) -> dict[str, Any]:
    """`post_info` of photos."""
    return {
        "title": content.settings.get("title", ""),
        "description": content.text,
        **_common(content),
        "auto_add_music": is_on(content, MUSIC),
    }


def utf16_length(text: str) -> int:
    """How TikTok counts: in UTF-16 units, so an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _common(content: SealedContent) -> dict[str, Any]:
    return {
        "privacy_level": content.settings["privacy"],
        "disable_comment": not is_on(content, COMMENT),
        "brand_content_toggle": is_on(content, BRANDED_CONTENT),
        "brand_organic_toggle": is_on(content, YOUR_BRAND),
    }
