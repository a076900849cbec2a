"""A video from the library on YouTube, step by step through the worker: taken, processed, public, once."""

from uuid import UUID

import pytest

from services import approvals, media, publishing
from services.kit.db import json_value
from services.practice.seeds import ACCOUNTS
from services.practice.youtube.access import SCOPES
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.clips import clip_bytes
from tests.makers.publishing import Studio

ACME = next(iter(ACCOUNTS["youtube"]))
CHOSEN = {"title": "Boots", "privacy": "public", "made_for_kids": "no"}
LAST_BYTES = {"match": "/upload/youtube/v3/videos", "method": "PUT", "count": 1}


def approve(studio: Studio, **chosen: str) -> UUID:
    """A post of one clip, approved for the organisation's channel; returns the approval's id."""
    cast, world = studio.cast, studio.world
    clip = media.store_upload(studio.app, cast.worker, cast.brand, "clip.mp4", clip_bytes(), source=media.Source.AD)
    assert clip.asset is not None
    token = studio.practice.token("youtube", SCOPES, ACME)
    channel = make_channel(world, cast, "youtube", token=token, remote_id=ACME)
    placed = {
        "placement": "1", "asset_id": str(clip.asset.id), "sha256": clip.asset.sha256,
        "file_key": clip.asset.file_key, "width": 320, "height": 480, "alt_text": "", "content_type": "video/mp4",
        "size_bytes": clip.asset.size_bytes, "duration_seconds": 5.0,
    }  # fmt: skip
    with world.worker.tx(cast.worker) as tx:
        draft, version, request, approval = (tx.new_id() for _ in range(4))
        ids = {"draft": draft, "version": version, "request": request, "approval": approval, "channel": channel}
        row = {**ids, "org": tx.org_id, "brand": cast.brand, "now": tx.now, "media": json_value([placed])}
        row["own"] = json_value({"youtube": CHOSEN | chosen})
        tx.run(
            "insert into app.drafts (id, org_id, brand_id, name, template, caption, created_at, updated_at) values "
            "(%(draft)s, %(org)s, %(brand)s, 'Clip', 'post', 'Fresh today.', %(now)s, %(now)s)",
            row,
        )
        tx.run(
            "insert into app.draft_versions (id, org_id, draft_id, number, name, template, fields, caption, link, "
            "alt_text, media, per_channel, created_at) values (%(version)s, %(org)s, %(draft)s, 1, 'Clip', 'post', "
            "'{}', 'Fresh today.', '', '', %(media)s, %(own)s, %(now)s)",
            row,
        )
        tx.run(
            "insert into app.review_requests (id, org_id, draft_id, version_id, state, asked_at, decided_at) values "
            "(%(request)s, %(org)s, %(draft)s, %(version)s, 'approved', %(now)s, %(now)s)",
            row,
        )
        content = approvals.content_for(tx, version, channel)
        sealed = {"seal": content.seal(), "sealed": json_value(content.model_dump(mode="json"))}
        tx.run(
            "insert into app.approvals (id, org_id, request_id, version_id, channel_id, seal, sealed, approved_at) "
            "values (%(approval)s, %(org)s, %(request)s, %(version)s, %(channel)s, %(seal)s, %(sealed)s, %(now)s)",
            row | sealed,
        )
    return approval


def plan(studio: Studio, **chosen: str) -> publishing.Post:
    approval = approve(studio, **chosen)
    with studio.world.web.tx(studio.cast.ana) as tx:
        return publishing.plan_post(tx, approval, None, "Europe/Berlin")


def test_an_upright_clip_becomes_a_short_once_youtube_has_processed_it(studio: Studio) -> None:
    post = plan(studio)
    studio.step(post)
    taken = studio.wait_and_step(post)
    assert (taken.state, taken.reason_class) == (PostState.UNCONFIRMED, Reason.ACCEPTED)
    done = studio.settle(post)
    (accepted,) = studio.practice.accepted("youtube")
    assert (done.state, done.remote_id, accepted["format"]) == (PostState.PUBLISHED, accepted["id"], "short")
    publishing.fetch_permalink(studio.app, studio.cast.acme, post.id)
    assert str(studio.read(post).permalink).endswith(f"/youtube/shorts/{accepted['id']}")


def test_a_lost_answer_to_the_last_byte_is_found_and_nothing_is_sent_again(studio: Studio) -> None:
    post = plan(studio)
    studio.step(post)
    studio.practice.fault("lose_reply", **LAST_BYTES)
    lost = studio.wait_and_step(post)
    assert (lost.state, lost.reason_class) == (PostState.UNCONFIRMED, Reason.LOOKING)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("youtube")) == 1
    assert len([call for call in studio.practice.requests("/upload/") if call["method"] == "POST"]) == 1


def test_bytes_that_did_not_arrive_are_sent_in_the_same_session(studio: Studio) -> None:
    post = plan(studio)
    studio.step(post)
    studio.practice.fault("http", status=503, **LAST_BYTES)
    assert studio.wait_and_step(post).state is PostState.UNCONFIRMED
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("youtube")) == 1
    assert len([call for call in studio.practice.requests("/upload/") if call["method"] == "POST"]) == 1


@pytest.mark.parametrize(
    ("fault", "settings", "sentence"),
    [
        ("fail_processing", {}, "it could not convert the video"),
        ("", {"youtube_audited": 0.0}, "the app is not audited yet"),
    ],
)
def test_what_youtube_refuses_after_the_upload_fails_with_its_reason(
    studio: Studio, fault: str, settings: dict[str, float], sentence: str
) -> None:
    studio.practice.settings(**settings)
    if fault:
        studio.practice.fault(fault, platform="youtube", count=1)
    done = studio.settle(plan(studio))
    assert (done.state, done.reason_class) == (PostState.FAILED, Reason.REFUSED)
    assert sentence in done.reason and studio.practice.accepted("youtube") == []


def test_a_used_up_quota_holds_the_post_until_midnight_in_california(studio: Studio) -> None:
    studio.practice.fault("quota", platform="youtube", count=1)
    post = plan(studio)
    held = studio.step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.QUOTA)
    assert held.wake_at is not None and held.wake_at.hour in (7, 8) and held.wake_at.minute == 0
    assert studio.practice.accepted("youtube") == []
