"""Approved posts of stored files, in one format of one platform, without drawing and asking."""

from collections.abc import Mapping
from uuid import UUID

from services import approvals, media, publishing
from services.kit.db import Tx, json_value
from tests.makers.clips import clip_bytes
from tests.makers.graph import still, upright
from tests.makers.publishing import Studio

FILES = {
    "picture": ("a.jpg", still, 1080, 1080, "image/jpeg"),
    "wide picture": ("w.jpg", lambda: still(1280, 720), 1280, 720, "image/jpeg"),
    "clip": ("v.mp4", upright, 540, 960, "video/mp4"),
    "long clip": ("l.mp4", clip_bytes, 320, 480, "video/mp4"),
    "square clip": ("s.mp4", lambda: clip_bytes(width=320, height=320), 320, 320, "video/mp4"),
}


def plan_files(
    studio: Studio, platform: str, files: tuple[str, ...], caption: str, link: str = "", cover: str = "", **own: str
) -> publishing.Post:
    """A post of these files (`picture`, `clip`) and a cover, with a platform's own choices, to be published now."""
    placed = [_stored(studio, str(place), kind) for place, kind in enumerate(files, start=1)]
    if cover:
        placed.append(_stored(studio, f"cover {platform}", cover))
        own["cover"] = str(placed[-1]["asset_id"])
    channel = studio.channel(platform)
    with studio.world.worker.tx(studio.cast.worker) as tx:
        approval = approve_files(tx, studio.cast.brand, channel, (caption, link), placed, {platform: own})
    with studio.world.web.tx(studio.cast.ana) as tx:
        return publishing.plan_post(tx, approval, None, "Europe/Berlin")


def _stored(studio: Studio, place: str, kind: str) -> dict[str, object]:
    name, body, width, height, content_type = FILES[kind]
    cast, data, is_clip = studio.cast, body(), content_type.startswith("video/")
    kept = media.store_upload(studio.app, cast.worker, cast.brand, name, data, source=media.Source.AD).asset
    assert kept is not None
    return {
        "placement": place, "asset_id": str(kept.id), "sha256": kept.sha256, "file_key": kept.file_key,
        "width": width, "height": height, "alt_text": "" if is_clip else "A cone.",
        "content_type": content_type, "size_bytes": len(data), "duration_seconds": 5.0 if is_clip else None,
    }  # fmt: skip


def approve_files(
    tx: Tx,
    brand: UUID,
    channel: UUID,
    words: tuple[str, str],
    placed: list[dict[str, object]],
    own: Mapping[str, object],
) -> UUID:
    """A version of these files, as `draft_versions.media` has them; `words` are text and link. Its approval's id."""
    draft, version, request, approval = (tx.new_id() for _ in range(4))
    ids = {"draft": draft, "version": version, "request": request, "approval": approval, "channel": channel}
    row = {**ids, "org": tx.org_id, "brand": brand, "now": tx.now, "caption": words[0], "link": words[1]}
    tx.run(
        "insert into app.drafts (id, org_id, brand_id, name, template, caption, created_at, updated_at) values "
        "(%(draft)s, %(org)s, %(brand)s, 'Post', 'post', %(caption)s, %(now)s, %(now)s)",
        row,
    )
    tx.run(
        "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, alt_text,"
        " media, per_channel, created_at) values (%(version)s, %(org)s, %(draft)s, 1, 'Post', 'post', '{}', "
        "%(caption)s, %(link)s, '', %(media)s, %(own)s, %(now)s)",
        {**row, "media": json_value(placed), "own": json_value(dict(own))},
    )
    tx.run(
        "insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at, decided_at) values "
        "(%(request)s, %(org)s, %(draft)s, %(version)s, 'approved', %(now)s, %(now)s)",
        row,
    )
    content = approvals.content_for(tx, version, channel)
    tx.run(
        "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at) values "
        "(%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, %(sealed)s, %(now)s)",
        {**row, "seal": content.seal(), "sealed": json_value(content.model_dump(mode="json"))},
    )
    return approval
