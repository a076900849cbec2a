"""The posts that the platforms took: the record against which exactly-once is judged."""

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from services.practice.world import World, iso_time


@dataclass(frozen=True)
class Post:
    """One accepted post: `photo_id` on Facebook, `container_id` and `shortcode` on Instagram."""

    id: str
    platform: str
    account: str
    photo_id: str | None
    container_id: str | None
    shortcode: str | None
    caption: str
    alt_text: str
    image_sha256: str
    created_at: float
    published: bool

    def permalink(self, base: str) -> str:
        """The address of the post's public page."""
        if self.platform == "instagram":
            return f"{base}/instagram/p/{self.shortcode}"
        return f"{base}/facebook/{self.account}/posts/{self.id.partition('_')[2]}"

    def image_address(self, base: str) -> str:
        """The address of the stored picture."""
        return f"{base}/{self.platform}/images/{self.image_sha256}"


def add(world: World, post: Post) -> None:
    """Accept a post."""
    world.store.run(
        "insert into posts (id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256,"
        " created_at, published) values (:id, :platform, :account, :photo_id, :container_id, :shortcode, :caption,"
        " :alt_text, :image_sha256, :created_at, :published)",
        **asdict(post),
    )


def find(world: World, post_id: str) -> Post | None:
    """Read one post by its id, or by its photo's id."""
    row = world.store.one(
        "select id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256, created_at,"
        " published from posts where id = :id or photo_id = :id",
        id=post_id,
    )
    return None if row is None else _post(row)


def find_by_shortcode(world: World, shortcode: str) -> Post | None:
    """Read the post behind a public Instagram address."""
    row = world.store.one("select id from posts where shortcode = :shortcode", shortcode=shortcode)
    return None if row is None else find(world, row["id"])


def posts_of(world: World, account: str, *, limit: int, before: str = "") -> list[Post]:
    """An account's public posts, newest first; `before` is the id of the last post already seen."""
    rows = world.store.all(
        "select id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256, created_at,"
        " published from posts where account = :account and published = 1"
        " and (:before = '' or rowid < (select rowid from posts where id = :before)) order by rowid desc limit :limit",
        account=account,
        before=before,
        limit=limit,
    )
    return [_post(row) for row in rows]


def posts_since(world: World, account: str, since: float) -> int:
    """How many posts an account made after an instant."""
    row = world.store.one(
        "select count(*) as made from posts where account = :account and published = 1 and created_at > :since",
        account=account,
        since=since,
    )
    return 0 if row is None else int(row["made"])


def report(world: World) -> list[dict[str, Any]]:
    """Every public post in the order of acceptance, for the operator."""
    rows = world.store.all(
        "select id, platform, account, photo_id, container_id, shortcode, caption, alt_text, image_sha256, created_at,"
        " published from posts where published = 1 order by rowid"
    )
    return [{**asdict(post), "created_at": iso_time(post.created_at)} for post in map(_post, rows)]


def page_of(posts: list[dict[str, Any]], ids: list[str]) -> dict[str, Any]:
    """Wrap a list the way the platforms do: `after` is given back to read on."""
    if not ids:
        return {"data": []}
    return {"data": posts, "paging": {"cursors": {"before": ids[0], "after": ids[-1]}}}


def _post(row: sqlite3.Row) -> Post:
    return Post(**{**dict(row), "published": bool(row["published"])})
