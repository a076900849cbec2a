"""Every platform and format of the registry as the suite plays it: files, choices, and the call that counts."""

from dataclasses import dataclass, field
from typing import Any

from services.practice.pinterest.boards import first_board
from services.publishing.registry import ADAPTERS, publisher

REMOTES = {
    "instagram/0": "17841400000000001",
    "instagram/1": "17841400000000002",
    "facebook/0": "100000000000001",
    "facebook/1": "100000000000002",
    "tiktok/0": "afd97af1-0001-4c5b-9e7d-000000000001",
    "tiktok/1": "afd97af1-0002-4c5b-9e7d-000000000002",
    "linkedin/0": "urn:li:organization:100000001",
    "linkedin/1": "urn:li:organization:100000002",
    "pinterest/0": "549755885100000001",
    "pinterest/1": "549755885100000002",
    "youtube/0": "UCpracticeAcme0000000001",
    "youtube/1": "UCpracticeBakery00000001",
    "x/0": "1700000000000000001",
    "x/1": "1700000000000000002",
}
# Refuses the same words twice, and rightly. LinkedIn and YouTube do too, unless the suite tells them otherwise.
NO_REPEATS = frozenset({"x"})
ONLY_ME = "tiktok/1"  # a private account: it offers no other audience, and its posts are listed to nobody


@dataclass(frozen=True)
class Form:
    """
    One format. `files`: which kinds it is made of. `own`: its choices. `call`: path and method of the call that cannot
    be taken back. `has_words`: the platform shows the text; else a post is known by its file. `has_alt`: and the
    picture's alt text. `tells`: fields of the platform's record that must be as they were chosen.
    """

    files: tuple[str, ...]
    call: tuple[str, str]
    own: dict[str, str] = field(default_factory=dict)
    has_words: bool = True
    has_alt: bool = False
    link: str = ""
    tells: tuple[str, ...] = ()

    def fault(self, kind: str, **terms: Any) -> dict[str, Any]:
        """A fault at the call that counts."""
        return {"kind": kind, "match": self.call[0], "method": self.call[1], **terms}


_IG, _FEED, _ROWS = ("/media_publish", "POST"), ("/feed", "POST"), ("/rest/posts", "POST")
_PIN, _TWEET, _PUT = ("/v5/pins", "POST"), ("/x/2/tweets", "POST"), ("/upload/youtube/v3/videos", "PUT")
_PART, _INIT = ("/tiktok/upload/", "PUT"), ("/publish/video/init/", "POST")
_LINK = "https://acme.example/boots"
_EVERYONE = {"privacy": "PUBLIC_TO_EVERYONE"}
_SEEN = {"title": "Boots", "privacy": "public", "made_for_kids": "no"}
_BOARD = {"title": "Boots"}
_PINNED, _SHOWN = ("title", "link", "board"), ("title", "privacy", "made_for_kids")

FORMS: dict[tuple[str, str], Form] = {
    ("instagram", "image"): Form(("picture",), _IG, has_alt=True),
    ("instagram", "carousel"): Form(("picture", "square clip"), _IG),
    ("instagram", "reel"): Form(("clip",), _IG),
    ("instagram", "story"): Form(("picture",), _IG, has_words=False),
    ("facebook", "photo"): Form(("picture",), ("/photos", "POST"), has_alt=True),
    ("facebook", "text"): Form((), _FEED, link=_LINK, tells=("link",)),
    ("facebook", "photos"): Form(("picture", "second"), _FEED),
    ("facebook", "video"): Form(("clip",), ("/videos", "POST")),
    ("facebook", "reel"): Form(("clip",), ("/video_reels", "POST")),
    ("tiktok", "video"): Form(("clip",), _PART, _EVERYONE),
    ("tiktok", "video_url"): Form(("clip",), _INIT, _EVERYONE),
    ("tiktok", "photos"): Form(("picture", "second"), ("/content/init/", "POST"), _EVERYONE),
    ("tiktok", "draft"): Form(("clip",), _PART, has_words=False),
    ("linkedin", "text"): Form((), _ROWS),
    ("linkedin", "image"): Form(("picture",), _ROWS, has_alt=True),
    ("linkedin", "images"): Form(("picture", "second"), _ROWS, has_alt=True),
    ("linkedin", "video"): Form(("clip",), _ROWS, {"title": "Boots"}, tells=("title",)),
    ("linkedin", "link"): Form(("picture",), _ROWS, {"title": "Boots"}, link=_LINK, tells=("title", "link")),
    ("pinterest", "image"): Form(("picture",), _PIN, _BOARD, has_alt=True, link=_LINK, tells=_PINNED),
    ("pinterest", "video"): Form(("clip",), _PIN, _BOARD, link=_LINK, tells=_PINNED),
    ("youtube", "video"): Form(("wide clip",), _PUT, _SEEN, tells=_SHOWN),
    ("youtube", "short"): Form(("clip",), _PUT, _SEEN, tells=_SHOWN),
    ("x", "images"): Form(("picture", "second"), _TWEET, has_alt=True),
    ("x", "text"): Form((), _TWEET),
    ("x", "video"): Form(("clip",), _TWEET),
    ("x", "thread"): Form(("picture",), _TWEET, has_alt=True),
}
UNSEEN = frozenset({("instagram", "story"), ("tiktok", "draft")})
ALL = tuple((platform, kind) for platform, rows in ADAPTERS.items() for kind in rows)


def channels_of(platform: str) -> list[str]:
    return [name for name in REMOTES if name.startswith(f"{platform}/")]


def proves(platform: str, kind: str) -> bool:
    """Does a lost answer always end there without a person?"""
    return publisher(platform, kind).spec.proves_absence


def is_listed(channel: str, kind: str) -> bool:
    """Can a look see such a post once it is out, so that nobody has to be asked about it?"""
    return channel != ONLY_ME and (channel.split("/")[0], kind) not in UNSEEN


def choices(channel: str, kind: str) -> dict[str, str]:
    """What a person decided, as the version keeps it for the platform."""
    platform = channel.split("/")[0]
    own = {**FORMS[platform, kind].own, "format": kind}
    if channel == ONLY_ME and kind != "draft":
        own["privacy"] = "SELF_ONLY"
    if platform == "pinterest":
        own["board"] = first_board(REMOTES[channel])
    return own


def words_of(seed: int, number: int, kind: str) -> str:
    """The text of a post; a thread's parts stand apart by a line `---`."""
    text = f"Seed {seed}, words {number}."
    return "\n---\n".join((text, f"{text} Second.", f"{text} Third.")) if kind == "thread" else text
