"""Posts in any state, as rows: for screens and lists, which only read. Drawing and sealing are left out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services import publishing
from tests.makers.cast import Cast
from tests.makers.world import World

SEAL = "3f9a" * 16
WORDS = "We churn at five, open at ten and stop when it is gone."


def make_listed(
    world: World,
    cast: Cast,
    channel_id: UUID,
    due_at: datetime,
    state: str = "planned",
    *,
    title: str = "Made this morning",
    platform: str = "instagram",
    **columns: Any,
) -> UUID:
    """A post of Acme with its draft, version, request and approval (asked by Ana, given by Ben); returns its id."""
    draft, version, request, approval, post = (world.web.ids.new() for _ in range(5))
    now = world.clock.now()
    if state == "published":
        columns = {"remote_id": post.hex, "published_at": due_at, "started_at": due_at, **columns}
    sealed = {"platform": platform, "is_practice": True, "target": "1", "text": WORDS}
    names = {
        "draft": draft,
        "version": version,
        "request": request,
        "approval": approval,
        "post": post,
        "org": cast.acme,
        "brand": cast.brand,
        "channel": channel_id,
        "ana": cast.ana.user_id,
        "ben": cast.ben.user_id,
        "now": now,
        "title": title,
        "words": WORDS,
        "seal": SEAL,
        "sealed": Jsonb(sealed),
        "due": due_at,
        "state": state,
    }
    with world.superuser() as connection:
        for statement in _ROWS:
            connection.execute(statement, names)
        for name, value in columns.items():
            connection.execute(f"update app.posts set {name} = %s where id = %s", [value, post])
    return post


def due_of(world: World, cast: Cast, post_id: UUID) -> datetime:
    """When the post is due now, as Ana sees it."""
    with world.web.tx(cast.ana) as tx:
        return publishing.post_detail(tx, post_id).post.due_at


_ROWS = (
    "insert into app.drafts (id, org_id, brand_id, name, template, created_by, created_at, updated_at) "
    "values (%(draft)s, %(org)s, %(brand)s, %(title)s, 'headline', %(ana)s, %(now)s, %(now)s)",
    "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, alt_text, "
    "media, created_by, created_at) values (%(version)s, %(org)s, %(draft)s, 1, %(title)s, 'headline', '{}', "
    "%(words)s, '', '', '[]', %(ana)s, %(now)s)",
    "insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_by, asked_at, decided_by, "
    "decided_at) values (%(request)s, %(org)s, %(draft)s, %(version)s, 'approved', %(ana)s, %(now)s, %(ben)s, %(now)s)",
    "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_by, "
    "approved_at) values (%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, %(sealed)s, "
    "%(ben)s, %(now)s)",
    "insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, "
    "state, state_at, remote_id, created_by, created_at) values (%(post)s, %(org)s, %(brand)s, %(channel)s, "
    "%(approval)s, %(version)s, %(seal)s, %(due)s, 'Europe/Berlin', %(state)s, %(now)s, "
    "case when %(state)s = 'published' then %(post)s::text end, %(ben)s, %(now)s)",
    "insert into app.post_history (org_id, post_id, at, to_state, actor_id) "
    "values (%(org)s, %(post)s, %(now)s, 'planned', %(ben)s)",
)
