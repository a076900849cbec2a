"""A backup of a moment before the publish, brought back at once: the seconds between two beats hide nothing."""

import pytest

from services import publishing
from services.kit.app import App
from services.publishing import PostState, Reason
from services.publishing.sent_list import read_sent
from tests.makers.accounts import make_channel
from tests.makers.linkedin import ROBIN, SCOPES
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.services.publishing.test_restored import brought_back


def _publish_at_once_and_restore(studio: Studio, post: publishing.Post) -> None:
    """Out within a second of the backup, and no beat in between."""
    with brought_back(studio):
        if studio.read(post).state is PostState.PLANNED:
            with studio.world.web.tx(studio.cast.ana) as tx:
                publishing.publish_now(tx, post.id)
        studio.world.clock.move(seconds=1)
        assert studio.settle(post).state is PostState.PUBLISHED


@pytest.mark.parametrize("seconds", [1, 30, 10_000])
def test_what_went_out_a_second_after_the_backup_is_not_sent_again(studio: Studio, seconds: int) -> None:
    publishing.release_due(studio.app)
    post = studio.plan("facebook")
    _publish_at_once_and_restore(studio, post)
    studio.world.clock.move(seconds=seconds)
    after = studio.settle(post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("facebook")) == 1
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.try_again(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED  # a person looked, and wants it


def test_a_step_before_any_sweep_of_the_restored_database_waits(studio: Studio) -> None:
    publishing.release_due(studio.app)
    post = studio.plan("facebook")
    _publish_at_once_and_restore(studio, post)
    publishing.step(studio.app, studio.cast.acme, post.id)
    assert studio.read(post).state is PostState.READY
    assert len(studio.practice.accepted("facebook")) == 1


def test_one_that_is_listed_to_nobody_and_was_published_early_is_held_at_its_old_time(studio: Studio) -> None:
    token = studio.practice.token("linkedin", SCOPES, ROBIN)
    make_channel(studio.world, studio.cast, "linkedin", token=token, remote_id=ROBIN)
    publishing.release_due(studio.app)
    post = plan_files(studio, "linkedin", (), "Fresh today.", format="text")
    _publish_at_once_and_restore(studio, post)
    studio.world.clock.move(seconds=30)
    after = studio.settle(post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(studio.practice.accepted("linkedin")) == 1


def test_other_posts_of_that_moment_are_not_held_up(studio: Studio) -> None:
    publishing.release_due(studio.app)
    first, other = studio.plan("facebook"), studio.plan("facebook", caption="Something else.")
    _publish_at_once_and_restore(studio, first)
    studio.world.clock.move(seconds=30)
    assert studio.settle(other).state is PostState.PUBLISHED


def test_tries_that_the_database_knows_of_are_no_doubt(studio: Studio) -> None:
    publishing.release_due(studio.app)
    studio.practice.fault("http", match="/media_publish", status=502, count=1)
    post = studio.plan("instagram")
    done = studio.settle(post)
    assert done.state is PostState.PUBLISHED and len(studio.practice.accepted("instagram")) == 1
    assert len(_sent(studio.app)) == 2


def test_only_the_last_minutes_are_kept(studio: Studio) -> None:
    for number in range(4):
        studio.world.clock.move(seconds=61)
        assert studio.settle(studio.plan("facebook", caption=f"Number {number}.")).state is PostState.PUBLISHED
    assert len(_sent(studio.app)) == 2


def test_a_damaged_line_is_passed_over(studio: Studio) -> None:
    assert studio.settle(studio.plan("facebook")).state is PostState.PUBLISHED
    (place,) = studio.app.settings.loopdesk_data.glob("publishing.sent.*")
    place.write_text("\x00 torn\n" + place.read_text("ascii") + "2026-", "ascii")
    assert len(_sent(studio.app)) == 1


def _sent(app: App) -> list[object]:
    return list(read_sent(app))
