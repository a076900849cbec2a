"""A database brought back from before the publish: nothing goes out twice, and nothing stays that certainly is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import datetime

import psycopg
import pytest

from services import publishing
from services.kit.app import App
from services.kit.clock import FixedClock
from services.publishing import PostState, Reason
from services.publishing.mark import read_mark
from tests.makers.accounts import make_channel
from tests.makers.linkedin import ROBIN, SCOPES
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

_KEPT = ("publishing_pulse", "posts", "attempts", "post_history")


@contextmanager
def brought_back(studio: Studio) -> Iterator[None]:
    """What happens inside is unknown to publishing's rows afterwards: a backup of before is there again."""
    url = studio.world.addresses.admin
    with psycopg.connect(url, autocommit=True) as connection:
        for table in _KEPT:
            connection.execute(f"create table app.backup_{table} as select * from app.{table}")
        try:
            yield
            with connection.transaction():
                connection.execute("delete from app.publishing_pulse; delete from app.posts")
                for table in _KEPT:
                    again = f"insert into app.{table} overriding system value select * from app.backup_{table}"
                    connection.execute(again)
        finally:
            for table in _KEPT:
                connection.execute(f"drop table if exists app.backup_{table}")


@pytest.fixture
def planned(studio: Studio) -> publishing.Post:
    post = studio.plan_in(1, "facebook")
    publishing.release_due(studio.app)  # a worker is there
    return post


def _publish_and_restore(studio: Studio, post: publishing.Post) -> publishing.Post:
    with brought_back(studio):
        assert studio.settle(_due(studio, post)).state is PostState.PUBLISHED
    assert studio.read(post).state in (PostState.PLANNED, PostState.DUE)
    studio.world.clock.move(minutes=5)
    return studio.settle(post)


def _due(studio: Studio, post: publishing.Post) -> publishing.Post:
    """Let time go by with a worker at work."""
    while studio.world.clock.now() < post.due_at:
        studio.world.clock.move(seconds=90)
        publishing.release_due(studio.app)
    return post


def test_what_the_account_shows_already_is_held_and_not_sent_again(studio: Studio, planned: publishing.Post) -> None:
    after = _publish_and_restore(studio, planned)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("facebook")) == 1


def test_a_person_who_looked_sends_it_or_cancels_it(studio: Studio, planned: publishing.Post) -> None:
    _publish_and_restore(studio, planned)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, planned.id)
    assert studio.settle(planned).state is PostState.PUBLISHED


def test_a_post_published_early_is_held_at_its_old_time_too(studio: Studio) -> None:
    post = studio.plan_in(48, "instagram")
    publishing.release_due(studio.app)
    with brought_back(studio):
        with studio.world.web.tx(studio.cast.ana) as tx:
            publishing.publish_now(tx, post.id)
        studio.world.clock.move(seconds=10)
        assert studio.settle(post).state is PostState.PUBLISHED
    studio.world.clock.move(minutes=5)
    publishing.release_due(studio.app)  # a worker is there again, and the post's own time comes two days later
    after = studio.settle(_due(studio, post))
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("instagram")) == 1


def test_a_plain_pause_puts_nothing_in_doubt(studio: Studio, planned: publishing.Post) -> None:
    studio.world.clock.move(minutes=75)
    assert studio.settle(planned).state is PostState.PUBLISHED
    assert [call for call in studio.practice.requests("/published_posts") if call["method"] == "GET"] == []


class _Ticking(FixedClock):
    """Moves on whenever somebody looks, as a real one does."""

    def now(self) -> datetime:
        self.move(microseconds=700)
        return super().now()


def test_the_mark_is_the_beat_to_the_microsecond(studio: Studio) -> None:
    app = _with_moving_clock(studio)
    publishing.release_due(app)
    with studio.world.web.tx(studio.cast.ana) as tx:
        beat = tx.value("select beat_at from app.publishing_pulse", {})
    assert read_mark(app) == beat


def _with_moving_clock(studio: Studio) -> App:
    """The studio's app with a database whose clock moves."""
    app = studio.app
    clock = _Ticking(app.clock.now())
    moving = copy(app.db)
    moving._clock = clock
    return replace(app, clock=clock, db=moving)


def test_a_pause_without_a_mark_reads_the_account_and_goes_on(studio: Studio, planned: publishing.Post) -> None:
    (studio.app.settings.loopdesk_data / "publishing.mark").unlink()
    studio.world.clock.move(minutes=75)
    assert studio.settle(planned).state is PostState.PUBLISHED
    assert len([call for call in studio.practice.requests("/published_posts") if call["method"] == "GET"]) == 1


def test_a_backup_of_seconds_ago_is_noticed_too(studio: Studio, planned: publishing.Post) -> None:
    with brought_back(studio):
        with studio.world.web.tx(studio.cast.ana) as tx:
            publishing.publish_now(tx, planned.id)
        studio.world.clock.move(seconds=40)
        assert studio.settle(planned).state is PostState.PUBLISHED
    studio.world.clock.move(seconds=5)
    publishing.release_due(studio.app)
    assert studio.settle(_due(studio, planned)).reason_class == Reason.RESTORED
    assert len(studio.practice.accepted("facebook")) == 1


def test_a_step_that_is_faster_than_the_sweep_waits_for_it(studio: Studio, planned: publishing.Post) -> None:
    """The queue may hand out a job of the restored database before any sweep ran."""
    with brought_back(studio):
        assert studio.settle(_due(studio, planned)).state is PostState.PUBLISHED
    studio.world.clock.move(minutes=5)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.publish_now(tx, planned.id)
    publishing.step(studio.app, studio.cast.acme, planned.id)
    assert studio.read(planned).state is PostState.READY
    assert studio.settle(planned).reason_class == Reason.RESTORED
    assert len(studio.practice.accepted("facebook")) == 1


def test_where_posts_are_listed_to_nobody_a_person_is_asked(studio: Studio) -> None:
    token = studio.practice.token("linkedin", SCOPES, ROBIN)
    make_channel(studio.world, studio.cast, "linkedin", token=token, remote_id=ROBIN)
    publishing.release_due(studio.app)
    post = plan_files(studio, "linkedin", (), "Fresh today.", format="text")
    with brought_back(studio):
        studio.world.clock.move(minutes=1)
        assert studio.settle(post).state is PostState.PUBLISHED
    studio.world.clock.move(minutes=10)
    after = studio.settle(post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert "listed to nobody" in after.reason and len(studio.practice.accepted("linkedin")) == 1
