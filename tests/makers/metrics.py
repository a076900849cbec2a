"""Published posts and readings of them, written as the worker leaves them."""

from datetime import datetime
from uuid import UUID

from services.kit.db import Tx, json_value
from tests.makers.cast import Cast
from tests.makers.world import World


def make_published_post(
    world: World,
    cast: Cast,
    channel_id: UUID,
    *,
    remote_id: str = "18050000000000001",
    name: str = "Winter hours",
    published_at: datetime | None = None,
    state: str = "published",
) -> UUID:
    """A post of Acme that went out on this channel, with its draft, version and approval; returns its id."""
    ids = {key: world.worker.ids.new() for key in ("draft", "version", "request", "approval", "post")}
    at = published_at or world.clock.now()
    values = {
        **ids,
        "org": cast.acme,
        "brand": cast.brand,
        "channel": channel_id,
        "name": name,
        "at": at,
        "state": state,
        "remote": remote_id if state == "published" else None,
        "link": f"http://127.0.0.1:8601/instagram/p/{remote_id}" if state == "published" else None,
        "seal": "0" * 64,
        "empty": json_value([]),
    }
    with world.worker.admin_tx() as tx:
        _approve(tx, values)
        tx.run(
            "insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, "
            "time_zone, state, state_at, published_at, remote_id, permalink, created_at) values (%(post)s, %(org)s, "
            "%(brand)s, %(channel)s, %(approval)s, %(version)s, %(seal)s, %(at)s, 'Europe/Berlin', %(state)s, %(at)s, "
            "case when %(state)s = 'published' then %(at)s end, %(remote)s, %(link)s, %(at)s)",
            values,
        )
    return ids["post"]


def _approve(tx: Tx, values: dict[str, object]) -> None:
    """The draft, its version, the request and its approval."""
    tx.run(
        "insert into app.drafts (id, org_id, brand_id, name, template, created_at, updated_at) "
        "values (%(draft)s, %(org)s, %(brand)s, %(name)s, 'headline', %(at)s, %(at)s)",
        values,
    )
    tx.run(
        "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, "
        "alt_text, media, created_at) values (%(version)s, %(org)s, %(draft)s, 1, %(name)s, 'headline', '{}', "
        "'We are open.', '', '', %(empty)s, %(at)s)",
        values,
    )
    tx.run(
        "insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at) "
        "values (%(request)s, %(org)s, %(draft)s, %(version)s, 'approved', %(at)s)",
        values,
    )
    tx.run(
        "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at) "
        "values (%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, '{}', %(at)s)",
        values,
    )


def make_reading(world: World, cast: Cast, post_id: UUID, taken_at: datetime, **figures: int | None) -> None:
    """A stored reading; figures not given are missing."""
    names = ("views", "reach", "likes", "comments", "shares", "saves", "clicks")
    with world.worker.tx(cast.worker) as tx:
        tx.run(
            "insert into app.metric_snapshots (id, org_id, post_id, taken_at, views, reach, likes, comments, shares, "
            "saves, clicks, raw) values (%(id)s, %(org)s, %(post)s, %(at)s, %(views)s, %(reach)s, %(likes)s, "
            "%(comments)s, %(shares)s, %(saves)s, %(clicks)s, '{}')",
            {
                "id": tx.new_id(),
                "org": cast.acme,
                "post": post_id,
                "at": taken_at,
                **{name: figures.get(name) for name in names},
            },
        )
