"""A day and an hour before its time, a post is checked; what stands in its way is told at once."""

import psycopg
import pytest

from services import notifications, publishing
from services.events import PreflightDue
from services.publishing import PostState, Reason
from tests.makers.publishing import Studio


def _told(studio: Studio) -> list[str]:
    with studio.world.web.tx(studio.cast.ana) as tx:
        return [notice.body for notice in notifications.notices(tx)]


def _as_superuser(studio: Studio, sql: str, *params: object) -> None:
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        connection.execute(sql, params)


def test_a_post_is_checked_a_day_before_and_an_hour_before(studio: Studio) -> None:
    post = studio.plan_in(30)
    counts = []
    for hours in (0, 5.5, 1, 22.75, 0.1):
        studio.world.clock.move(hours=hours)
        publishing.queue_preflights(studio.app)
        counts.append(studio.queued(PreflightDue, post))
        _as_superuser(studio, "update queue.procrastinate_jobs set queueing_lock = null where args ->> 'post_id' = %s",
                      str(post.id))  # fmt: skip
    assert counts == [0, 0, 1, 2, 2]


def test_a_moved_post_is_checked_anew(studio: Studio) -> None:
    post = studio.plan_in(2)
    publishing.queue_preflights(studio.app)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.move_post(tx, post.id, post.due_at.replace(minute=1))
        assert tx.value("select preflights from app.posts where id = %(id)s", {"id": post.id}) == 0


def test_a_post_that_can_go_out_is_not_talked_about(studio: Studio) -> None:
    post = studio.plan_in(2)
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    assert _told(studio) == []
    assert studio.read(post).reason == ""


@pytest.mark.parametrize(
    ("spoil", "told", "kind"),
    [
        ("state = 'needs_reconnect'", "must be connected again", Reason.TOKEN),
        ("missing_scopes = '{publish}'", "lacks the right publish", Reason.TOKEN),
        ("quota_used = 50, quota_total = 50", "its 50 posts", Reason.QUOTA),
        ("remote_id = '17841400000000009'", "differs from what was approved", Reason.SEAL),
        ("remote_id = '17841400000000009', state = 'needs_reconnect'", "connected again", Reason.AT_RISK),
    ],
)
def test_what_stands_in_the_way_is_told_at_once_and_once(studio: Studio, spoil: str, told: str, kind: Reason) -> None:
    post = studio.plan_in(2)
    just_read = "quota_read_at = '2026-11-23 09:00+00'"
    _as_superuser(studio, f"update app.channels set {spoil}, {just_read} where id = %s", post.channel_id)
    for _ in range(2):
        publishing.preflight(studio.app, studio.cast.acme, post.id)
    (sentence,) = _told(studio)
    assert told in sentence
    now = studio.read(post)
    assert (now.state, now.reason_class) == (PostState.PLANNED, kind)


def test_what_was_put_right_is_no_longer_said(studio: Studio) -> None:
    post = studio.plan_in(2)
    _as_superuser(studio, "update app.channels set state = 'needs_reconnect' where id = %s", post.channel_id)
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    _as_superuser(studio, "update app.channels set state = 'connected' where id = %s", post.channel_id)
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).reason == ""


def test_a_post_that_is_out_is_not_checked(studio: Studio) -> None:
    post = studio.plan("facebook")
    studio.settle(post)
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).state is PostState.PUBLISHED


def test_a_planned_post_at_risk_is_named(studio: Studio) -> None:
    post = studio.plan_in(2)
    _as_superuser(studio, "update app.channels set state = 'needs_reconnect'")
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    with studio.world.web.tx(studio.cast.ana) as tx:
        [told] = notifications.notices(tx)
        name = publishing.post_detail(tx, post.id).post.title
    assert told.title.startswith(f"“{name}” could not go out on ") and told.link == f"/calendar?post={post.id}"
