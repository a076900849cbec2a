"""Any table of posts, once somebody has said which column holds what."""

import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b

from services.research.reading.tables import plain
from services.research.staged import Problem, StagedAd, stage_ad
from services.research.values import Wrong
from services.research.values.dates import DayOrder, day
from services.research.values.ids import label
from services.research.values.ranges import count
from services.research.values.texts import link, text

NAME = "posts_table"
PLATFORMS = ("facebook", "instagram", "tiktok", "youtube", "linkedin", "pinterest", "x", "other")

# Our field -> names such a column often has, likeliest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("post_id", "video_id", "media_id", "tweet_id", "shortcode", "id"),
    "link": ("permalink", "permalink_url", "post_url", "link", "url", "youtube_url", "video_url", "thumbnail_link"),
    "advertiser": ("brand", "advertiser", "page_name", "account_name", "account", "channel_title", "channel", "page"),
    "text": ("caption", "message", "post_text", "text", "body", "description", "content"),
    "title": ("title", "headline"),
    "posted_on": (
        "published_at", "publish_time", "published", "created_time", "posted_at", "timestamp", "taken_at",
        "created_at", "post_date", "date",
    ),
    "likes": ("like_count", "likes", "like", "reactions_summary_total_count", "reactions", "total_reactions"),
    "comments": ("comment_count", "comments_count", "comments_summary_total_count", "comments", "comment"),
    "shares": ("share_count", "shares_count", "shares", "share", "reposts"),
    "views": ("view_count", "views", "video_views", "play_count", "plays"),
    "reach": ("reach", "total_reach", "t_reach"),
    "impressions": ("impressions", "total_impressions", "t_impression"),
}  # fmt: skip
FIELDS = tuple(NAMES)
_FIGURES = ("likes", "comments", "shares", "views", "reach", "impressions")
_KEYS_IN_LINKS = (
    ("youtube", re.compile(r"(?:[?&]v=|youtu\.be/|/vi/|/shorts/|/embed/)([\w-]{11})(?![\w-])")),
    ("instagram", re.compile(r"instagram\.com/(?:p|reel|tv)/([\w-]+)")),
    ("tiktok", re.compile(r"tiktok\.com/.*/(?:video|photo)/(\d+)")),
)
_HOSTS = (
    ("youtube", ("youtube.com", "youtu.be", "ytimg.com")),
    ("instagram", ("instagram.com",)),
    ("tiktok", ("tiktok.com",)),
    ("facebook", ("facebook.com", "fb.watch")),
    ("linkedin", ("linkedin.com",)),
    ("pinterest", ("pinterest.",)),
    ("x", ("twitter.com", "//x.com")),
)


def suggested(columns: tuple[str, ...]) -> dict[str, str]:
    """Our field -> the column that looks like it; no column is used twice."""
    by_name = {plain(column.replace(".", "_")): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        for name in names:
            if name in by_name and by_name[name] not in found.values():
                found[field] = by_name[name]
                break
    return found


def platform_of(file_name: str, cells: str) -> str:
    """The platform a table is probably from: by the addresses in its cells, else by the file's name, else other."""
    low = cells.casefold()
    counts = {name: sum(low.count(host) for host in hosts) for name, hosts in _HOSTS}
    best = max(counts, key=lambda name: counts[name])
    if counts[best]:
        return best
    return next((name for name in PLATFORMS if len(name) > 1 and name in file_name.casefold()), "other")


def posts(
    rows: Iterator[tuple[int, list[object]]],
    columns: tuple[str, ...],
    fields: Mapping[str, str],
    *,
    advertiser: str,
    platform: str,
    order: DayOrder,
) -> Iterator[StagedAd | Problem]:
    """
    The rows, checked.

    :param fields: our field -> column
    :param advertiser: whose posts these are where no column says so
    :raises BrokenOff: from the source
    """
    at = {field: columns.index(column) for field, column in fields.items() if column in columns}
    for number, cells in rows:
        if len(cells) < len(columns):
            yield Problem(number, "", f"has {len(cells)} of {len(columns)} columns: the row is cut off")
            continue
        try:
            yield _post(number, cells, at, advertiser, platform, order)
        except Wrong as wrong:
            yield Problem(number, fields.get(wrong.field, wrong.field), wrong.message)


def _post(
    number: int, cells: list[object], at: Mapping[str, int], advertiser: str, platform: str, order: DayOrder
) -> StagedAd:
    field = "id"
    get = {name: cells[place] for name, place in at.items()}.get
    try:
        post_id = label(get("id"))
        field = "link"
        raw_link = text(get("link"))
        address = link(raw_link)
        field = "advertiser"
        owner = " ".join((text(get("advertiser")) or advertiser).split())[:300]
        if not owner:
            raise Wrong("is missing")
        field = "posted_on"
        posted_on = day(get("posted_on"), order)
        figures: list[int | None] = []
        for field in _FIGURES:
            figures.append(count(get(field)))
        field = "text"
        body, title = text(get("text")), text(get("title"))
        likes, comments, shares, views, reach, impressions = figures
        key = post_id or _key_of(raw_link, address)
        return stage_ad(
            number, "post", platform, key or _fingerprint(cells), f"name:{owner.casefold()}"[:200], owner,
            bodies=[body] if body.strip() else [], titles=[title] if title.strip() else [],
            link=_public(platform, key, address), started_on=posted_on.isoformat() if posted_on else None,
            placements=[platform], impressions=(impressions, impressions),
            likes=likes, comments=comments, shares=shares, views=views, reach=reach,
        )  # fmt: skip
    except Wrong as wrong:
        raise Wrong(wrong.message, wrong.field or field) from None


def _key_of(raw_link: str, address: str) -> str:
    for _, pattern in _KEYS_IN_LINKS:
        if found := pattern.search(raw_link):
            return found[1]
    return address[:200]


def _public(platform: str, key: str, address: str) -> str:
    """The post's page; a thumbnail's address is not one."""
    if platform == "youtube" and re.fullmatch(r"[\w-]{11}", key):
        return f"https://www.youtube.com/watch?v={key}"
    return address


def _fingerprint(cells: list[object]) -> str:
    """A stable id for rows that carry none: the same row is the same post in the next import."""
    return "row-" + blake2b("\x1f".join(map(str, cells)).encode("utf-8", "replace"), digest_size=8).hexdigest()
