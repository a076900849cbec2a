"""What goes out is what was approved, to the byte, or nothing goes out."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from services import publishing
from services.publishing import PostState, Reason
from tests.makers.publishing import Studio


def _as_superuser(studio: Studio, sql: str, *params: object) -> None:
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        connection.execute(sql, params)


def _stored(studio: Studio, version_id: UUID, placement: str) -> str:
    with studio.world.worker.tx(studio.cast.worker) as tx:
        media = tx.value("select media from app.draft_versions where id = %(id)s", {"id": version_id})
    return str(next(item["file_key"] for item in media if item["placement"] == placement))


def _held_by_seal(studio: Studio, post: publishing.Post) -> bool:
    now = studio.read(post)
    return (now.state, now.reason_class) == (PostState.HELD, Reason.SEAL) and studio.practice.accepted() == []


@pytest.mark.parametrize(("platform", "placement"), [("instagram", "feed"), ("facebook", "square")])
def test_a_changed_picture_holds_the_post(studio: Studio, platform: str, placement: str) -> None:
    post = studio.plan(platform)
    path = studio.app.files.path(_stored(studio, post.version_id, placement))  # type: ignore[attr-defined]
    sealed = path.read_bytes()
    try:
        path.write_bytes(sealed + b" ")
        studio.settle(post)
        assert _held_by_seal(studio, post)
    finally:
        path.write_bytes(sealed)


def test_a_picture_changed_after_the_container_was_made_still_holds_the_post(studio: Studio) -> None:
    post = studio.plan("instagram")
    assert studio.step(post).state is PostState.PROCESSING
    path = studio.app.files.path(_stored(studio, post.version_id, "feed"))  # type: ignore[attr-defined]
    sealed = path.read_bytes()
    try:
        path.write_bytes(b"other")
        studio.settle(post)
        assert _held_by_seal(studio, post)
    finally:
        path.write_bytes(sealed)


def test_a_picture_that_is_gone_holds_the_post(studio: Studio) -> None:
    post = studio.plan("facebook")
    _as_superuser(
        studio,
        "update app.draft_versions set media = replace(media::text, '.jpg', '.png')::jsonb where id = %s",
        post.version_id,
    )
    studio.settle(post)
    assert _held_by_seal(studio, post)


@pytest.mark.parametrize("column", ["caption", "link"])
def test_changed_words_hold_the_post(studio: Studio, column: str) -> None:
    post = studio.plan("instagram", link="https://acme.example/a")
    _as_superuser(
        studio, f"update app.draft_versions set {column} = 'https://b.example' where id = %s", post.version_id
    )
    studio.settle(post)
    assert _held_by_seal(studio, post)


def test_another_target_account_holds_the_post(studio: Studio) -> None:
    post = studio.plan("instagram")
    _as_superuser(studio, "update app.channels set remote_id = '17841400000000002' where id = %s", post.channel_id)
    studio.settle(post)
    assert _held_by_seal(studio, post)


def test_nobodys_retry_frees_a_broken_seal(studio: Studio) -> None:
    post = studio.plan("instagram")
    _as_superuser(studio, "update app.draft_versions set caption = 'Other' where id = %s", post.version_id)
    studio.settle(post)
    with pytest.raises(publishing.SealOnly), studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    studio.world.clock.move(hours=30)
    assert studio.step(post).state is PostState.HELD


def test_a_withdrawn_approval_holds_what_is_already_under_way(studio: Studio) -> None:
    post = studio.plan("instagram")
    assert studio.step(post).state is PostState.PROCESSING
    with studio.world.web.tx(studio.cast.ana) as tx:
        tx.run("update app.approvals set withdrawn_at = now() where id = %(id)s", {"id": post.approval_id})
    held = studio.settle(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.WITHDRAWN)
    assert studio.practice.accepted() == []


def test_ended_rights_hold_the_post(studio: Studio) -> None:
    post = studio.plan_in(48)
    with studio.world.web.tx(studio.cast.ana) as tx:
        day = (tx.now + timedelta(days=1)).date()
        tx.run("update app.assets set rights_end_on = %(day)s", {"day": day})
    studio.world.clock.move(hours=49)
    held = studio.settle(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.RIGHTS)
