"""The posts that the platforms took: the record against which exactly-once is judged."""

import json
import sqlite3
from dataclasses import asdict, dataclass, field
from typing import Any

from services.practice.world import World, iso_time


@dataclass(frozen=True, kw_only=True)
class Post:
    """
    One accepted post. `media` holds the sha256 of each file in order, `image_sha256` the one that stands for the post.

    `details["cover"]` is the sha256 of the picture that is shown before a clip plays.
    `path` is the post's public page under the platforms' address, from its first slash; Instagram and Facebook have
    `photo_id` on Facebook, `container_id` and `shortcode` on Instagram instead.
    """

    id: str
    platform: str
    account: str
    caption: str = ""
    alt_text: str = ""
    image_sha256: str = ""
    created_at: float
    published: bool = True
    format: str = ""
    media: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    path: str = ""
    photo_id: str | None = None
    container_id: str | None = None
    shortcode: str | None = None

    def permalink(self, base: str) -> str:
        """The address of the post's public page."""
        if self.path:
            return f"{base}{self.path}"
        if self.platform == "instagram":
            return f"{base}/instagram/p/{self.shortcode}"
        return f"{base}/facebook/{self.account}/posts/{self.id.partition('_')[2]}"

    def image_address(self, base: str) -> str:
        """The address of the stored picture or clip that stands for the post."""
        return self.file_address(base, self.image_sha256)

    def file_address(self, base: str, sha256: str) -> str:
        """The address of one stored file."""
        return f"{base}/{self.platform}/images/{sha256}"


def add(world: World, post: Post) -> None:
    """Accept a post."""
    values = asdict(post)
    world.store.run(
        "insert into posts (id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256,"
        " created_at, published, format, media_json, details_json, path) values (:id, :platform, :account, :photo_id,"
        " :container_id, :shortcode, :caption, :alt_text, :image_sha256, :created_at, :published, :format, :media_json,"
        " :details_json, :path)",
        media_json=json.dumps(values.pop("media")),
        details_json=json.dumps(values.pop("details")),
        **values,
    )


def describe(world: World, post_id: str, **details: str) -> None:
    """Add to what a post's page tells, after it was accepted."""
    with world.store.act():
        post = find(world, post_id)
        if post is not None:
            told = json.dumps(post.details | details)
            world.store.run("update posts set details_json = :told where id = :id", told=told, id=post.id)


def remove(world: World, post_id: str) -> None:
    """Take a post away, as its owner's deletion does."""
    world.store.run("delete from posts where id = :id", id=post_id)


def find(world: World, post_id: str) -> Post | None:
    """Read one post by its id, or by its photo's id."""
    return _first(world, "where id = :id or photo_id = :id", id=post_id)


def find_by_shortcode(world: World, shortcode: str) -> Post | None:
    """Read the post behind a public Instagram address."""
    return _first(world, "where shortcode = :shortcode", shortcode=shortcode)


def find_by_path(world: World, platform: str, path: str) -> Post | None:
    """Read the public post behind its page's path."""
    return _first(world, "where platform = :platform and path = :path and published = 1", platform=platform, path=path)


def posts_of(world: World, account: str, *, limit: int, before: str = "", platform: str = "") -> list[Post]:
    """An account's public posts, newest first; `before` is the id of the last post already seen."""
    return _all(
        world,
        "where account = :account and published = 1 and :platform in ('', platform)"
        " and (:before = '' or rowid < (select rowid from posts where id = :before)) order by rowid desc limit :limit",
        account=account,
        platform=platform,
        before=before,
        limit=limit,
    )


def posts_since(world: World, account: str, since: float, *, platform: str = "") -> int:
    """How many posts an account made after an instant."""
    row = world.store.one(
        "select count(*) as made from posts where account = :account and published = 1 and created_at > :since"
        " and :platform in ('', platform)",
        account=account,
        since=since,
        platform=platform,
    )
    return 0 if row is None else int(row["made"])


def report(world: World) -> list[dict[str, Any]]:
    """Every public post in the order of acceptance, for the operator."""
    posts = _all(world, "where published = 1 order by rowid")
    return [{**asdict(post), "created_at": iso_time(post.created_at)} for post in posts]


def page_of(posts: list[dict[str, Any]], ids: list[str]) -> dict[str, Any]:
    """Wrap a list the way the graph does: `after` is given back to read on."""
    if not ids:
        return {"data": []}
    return {"data": posts, "paging": {"cursors": {"before": ids[0], "after": ids[-1]}}}


_SELECT = (
    "select id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256, created_at,"
    " published, format, media_json, details_json, path from posts"
)


def _all(world: World, which: str, **values: Any) -> list[Post]:
    return [_post(row) for row in world.store.all(f"{_SELECT} {which}", **values)]


def _first(world: World, which: str, **values: Any) -> Post | None:
    row = world.store.one(f"{_SELECT} {which}", **values)
    return None if row is None else _post(row)


def _post(row: sqlite3.Row) -> Post:
    values = dict(row)
    media = tuple(json.loads(values.pop("media_json"))) or ((row["image_sha256"],) if row["image_sha256"] else ())
    details = json.loads(values.pop("details_json"))
    return Post(**{**values, "published": bool(row["published"]), "media": media, "details": details})
