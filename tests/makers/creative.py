"""Drafts ready to be sent, the versions kept of them, and the competitors' ads behind them."""

from uuid import UUID

from services import creative, media
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.media import jpeg_bytes, make_asset
from tests.makers.world import World

CAPTION = "We churn at five, open at ten and stop when it is gone."


def make_draft(world: World, cast: Cast, scope: Scope | None = None, **changes: str) -> creative.Draft:
    """
    A complete draft of the template Headline, made by Ana unless told; `changes` to caption, link, name and the like,
    or to a field of the template.
    """
    by = scope or cast.ana
    picture = make_asset(world, by, cast.brand, name="cone.jpg", data=jpeg_bytes(1200, 1200, "#e8a33d"))
    words = {"name": "Made this morning", "caption": CAPTION, "alt_text": "A cone of strawberry gelato."}
    fields = {"headline": "Made this morning.", "button": "Find a parlour", "picture": str(picture.id)}
    for key, value in changes.items():
        (words if key in ("name", "caption", "alt_text", "link", "template") else fields)[key] = value
    with world.web.tx(by) as tx:
        made = creative.create_draft(tx, cast.brand, name=words["name"], template=words.pop("template", "headline"))
        creative.save_draft(tx, made.id, fields, **words)
        return creative.draft(tx, made.id)


def make_post(
    world: World, cast: Cast, *files: media.Asset, name: str = "Friday", caption: str = "Fresh today.", **words: str
) -> creative.Draft:
    """A draft of a post of Ana's with these files; `words` to link and alt_text."""
    with world.web.tx(cast.ana) as tx:
        made = creative.create_draft(tx, cast.brand, name=name, template="post")
        creative.choose_media(tx, made.id, [file.id for file in files])
        creative.save_draft(tx, made.id, **{"alt_text": "A cone.", "caption": caption} | words)
        return creative.draft(tx, made.id)


def read_draft(world: World, cast: Cast, draft_id: UUID) -> creative.Draft:
    """How the draft stands now, as Ana sees it."""
    with world.web.tx(cast.ana) as tx:
        return creative.draft(tx, draft_id)


def make_version(world: World, cast: Cast, scope: Scope | None = None, **changes: str) -> creative.Version:
    """A version kept of such a draft, its four pictures drawn and stored."""
    by = scope or cast.ana
    return creative.keep_version(world.web, by, make_draft(world, cast, by, **changes).id)


def make_ad(world: World, org_id: UUID, advertiser: str = "Cone & Co", title: str = "The summer you keep.") -> UUID:
    """A competitor's ad as an import leaves it: running since 1 May 2026, last seen 19 November."""
    advertiser_id, ad_id = world.web.ids.new(), world.web.ids.new()
    with world.superuser() as connection:
        connection.execute(
            "insert into app.advertisers (id, org_id, platform, remote_id, name, observed_on, first_seen_at, "
            "last_seen_at) values (%s, %s, 'facebook', %s, %s, '2026-11-19', '2026-05-01', '2026-11-19')",
            [advertiser_id, org_id, advertiser_id.hex, advertiser],
        )
        connection.execute(
            "insert into app.ads (id, org_id, advertiser_id, kind, platform, remote_id, bodies, titles, started_on, "
            "content_hash, collector, observed_on, first_seen_at, last_seen_at) "
            "values (%s, %s, %s, 'ad', 'facebook', %s, '{\"Two scoops, one price.\"}', %s, '2026-05-01', 'x', 'test', "
            "'2026-11-19', '2026-05-01', '2026-11-19')",
            [ad_id, org_id, advertiser_id, ad_id.hex, [title]],
        )
    return ad_id
