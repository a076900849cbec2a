"""What a version becomes on each platform when nobody chose: the format by what it shows, and which size of an ad."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict


class Usual(BaseModel):
    """The usual format for words alone, one picture, several, a clip; None where the platform takes none of it."""

    model_config = ConfigDict(frozen=True)

    text: str | None = None
    image: str | None = None
    images: str | None = None
    video: str | None = None
    upright: str | None = None  # a clip that is higher than wide, where that is a format of its own
    placement: str = "feed"  # which size of a drawn ad


USUAL: Mapping[str, Usual] = {
    "instagram": Usual(image="image", images="carousel", video="reel"),  # takes 4:5 to 1.91:1
    "facebook": Usual(text="text", image="photo", images="photos", video="video", placement="square"),
    "tiktok": Usual(image="photos", images="photos", video="video", placement="story"),
    "linkedin": Usual(text="text", image="image", images="images", video="video", placement="square"),
    "pinterest": Usual(image="image", video="video"),
    "x": Usual(text="text", image="images", images="images", video="video", placement="link"),
    "youtube": Usual(video="video", upright="short"),
}
# Where the link has a place of its own beside the text, and what has no words at all: by platform and format.
LINKS_APART = frozenset({("pinterest", "image"), ("pinterest", "video"), ("facebook", "text"), ("linkedin", "link")})
WORDLESS = frozenset({("instagram", "story"), ("tiktok", "draft")})
# What the platform is told of a setting that nobody chose. It is sealed, so what reviewers see is what goes out.
_X = {"reply_settings": "everyone", "made_with_ai": "no", "paid_partnership": "no"}
_TIKTOK = dict.fromkeys(("comment", "duet", "stitch", "your_brand", "branded_content", "ai_generated"), "no")
_TIKTOK_PHOTOS = dict.fromkeys(("comment", "your_brand", "branded_content", "music"), "no")
DEFAULTS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("instagram", "reel"): {"share_to_feed": "yes"},
    ("tiktok", "video"): _TIKTOK,
    ("tiktok", "video_url"): _TIKTOK,
    ("tiktok", "photos"): _TIKTOK_PHOTOS,
    **{("linkedin", one): {"privacy": "PUBLIC"} for one in ("text", "image", "images", "video", "link")},
    ("pinterest", "video"): {"cover_second": "1"},
    **{("x", one): _X for one in ("text", "images", "video", "thread")},
    **{("youtube", one): {"category": "22"} for one in ("video", "short")},
}
_TALL = ("story",)  # formats that show an ad in another size than the platform's usual one


def placement_of(platform: str, chosen: str) -> str:
    """Which of an ad's four sizes a platform shows in this format."""
    return "story" if chosen in _TALL else USUAL.get(platform, Usual()).placement


def has_words(platform: str, chosen: str) -> bool:
    """Do words of ours reach the platform in this format?"""
    return (platform, chosen) not in WORDLESS


def defaults_of(platform: str, chosen: str) -> Mapping[str, str]:
    """What the platform is told in this format where nobody chose anything, by setting."""
    return DEFAULTS.get((platform, chosen), {})


def usual_format(platform: str, types: list[str], *, is_upright: bool = False) -> str:
    """
    The format for files of these content types, in order; empty where the platform has none for them.

    Files of both kinds count as several pictures: carousels take both.
    """
    usual = USUAL.get(platform, Usual())
    clips = sum(kind.startswith("video/") for kind in types)
    if not types:
        return usual.text or ""
    if len(types) == 1 and clips:
        return (usual.upright if is_upright else None) or usual.video or ""
    return (usual.images if len(types) > 1 else usual.image) or ""
