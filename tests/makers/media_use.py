"""Rows of later rooms that use a file, written straight into the tables: any state, no act of theirs."""

from psycopg.types.json import Jsonb

from services import media
from tests.makers.cast import Cast
from tests.makers.world import World

_DRAFT = """
insert into app.drafts (id, org_id, brand_id, name, template, fields, created_at, updated_at)
values (%(draft)s, %(org)s, %(brand)s, 'Friday is for sharing', 'photo', %(fields)s, now(), now())"""
_VERSION = """
insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, alt_text, media,
  created_at)
values (%(version)s, %(org)s, %(draft)s, 1, 'Friday is for sharing', 'photo', %(fields)s, '', '', '', %(media)s,
  now())"""
_REVIEW = """
insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at, reason)
values (%(request)s, %(org)s, %(draft)s, %(version)s, %(review)s, now(), 'no')"""
_CHANNEL = """
insert into app.channels (id, org_id, brand_id, platform, is_practice, remote_id, name, state, created_at, updated_at)
values (%(channel)s, %(org)s, %(brand)s, 'instagram', true, %(channel)s::text, 'acme', 'connected', now(), now())"""
_APPROVAL = """
insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at)
values (%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, repeat('a', 64), '{}', now())"""
_POST = """
insert into app.posts (id, org_id, brand_id, channel_id, approval_id, version_id, seal, due_at, time_zone, state,
  state_at, remote_id, created_at)
values (%(post)s, %(org)s, %(brand)s, %(channel)s, %(approval)s, %(version)s, repeat('a', 64), now(), 'UTC', %(state)s,
  now(), 'remote', now())"""


def make_use(
    world: World,
    cast: Cast,
    asset: media.Asset,
    *,
    review: str | None = None,
    post: str | None = None,
    as_field: bool = False,
) -> None:
    """A draft with one version that shows `asset`, or is made from it; its review and post in the given states."""
    names = ("draft", "version", "request", "approval", "channel", "post")
    values = {
        **{name: world.web.ids.new() for name in names},
        "org": cast.acme,
        "brand": cast.brand,
        "fields": Jsonb({"picture": str(asset.id)} if as_field else {}),
        "media": Jsonb([] if as_field else [{"asset_id": str(asset.id), "file_key": asset.file_key}]),
        "review": review,
        "state": post,
    }
    statements = [_DRAFT, _VERSION, *([_REVIEW] if review else []), *([_CHANNEL, _APPROVAL, _POST] if post else [])]
    with world.superuser() as connection:
        for statement in statements:
            connection.execute(statement, values)  # type: ignore[arg-type]
