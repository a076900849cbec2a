"""Visits to the practice platforms: planned, due, on request, failing, kept."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from services import accounts, metrics
from services.identity import RoleTooLow
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import Unavailable
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.media import jpeg_bytes
from tests.makers.metrics import make_published_post
from tests.makers.practice import RunningPractice
from tests.makers.world import World
from worker.tasks import metrics as tasks


def pulls(app: App, post_id: UUID) -> list[tuple[str, str, int]]:
    with app.admin_tx() as tx:
        rows = tx.tuples(
            "select reason, state, tries from app.metric_pulls where post_id = %(id)s order by due_at, reason",
            {"id": post_id},
        )
    return [(reason, state, tries) for reason, state, tries in rows]


def waiting_jobs(app: App, pull_id: UUID) -> int:
    with app.admin_tx() as tx:
        return int(
            tx.value(
                "select count(*) from queue.procrastinate_jobs where task_name = 'metrics.read_post' "
                "and args ->> 'pull_id' = %(id)s",
                {"id": str(pull_id)},
            )
        )


def asked_now(world: World, who: Scope, post_id: UUID) -> UUID:
    """Ask for a visit and return its id."""
    with world.web.tx(who) as tx:
        metrics.pull_now(tx, post_id)
    with world.worker.admin_tx() as tx:
        return UUID(
            str(
                tx.value("select id from app.metric_pulls where post_id = %(id)s and state = 'queued'", {"id": post_id})
            )
        )


def test_a_published_post_is_visited_three_times_planned_once(world: World, worker: App, cast: Cast) -> None:
    post_id = make_published_post(world, cast, make_channel(world, cast))
    for _ in range(2):
        tasks.plan_pulls(worker, cast.acme, post_id)
    assert pulls(worker, post_id) == [("6h", "waiting", 0), ("24h", "waiting", 0), ("72h", "waiting", 0)]
    unpublished = make_published_post(world, cast, make_channel(world, cast, "facebook"), state="failed")
    tasks.plan_pulls(worker, cast.acme, unpublished)
    assert pulls(worker, unpublished) == []


def test_posts_of_a_platform_nobody_reads_are_left_alone_and_say_so(world: World, worker: App, cast: Cast) -> None:
    post_id = make_published_post(world, cast, make_channel(world, cast, "nowhere"))
    with worker.tx(cast.worker) as tx:
        metrics.plan_pulls(tx, post_id)
    assert pulls(worker, post_id) == []
    with world.web.tx(cast.ana) as tx, pytest.raises(metrics.NotRead):
        metrics.pull_now(tx, post_id)


def test_visits_are_queued_when_they_are_due_and_again_when_their_job_was_lost(
    world: World, worker: App, cast: Cast
) -> None:
    with worker.admin_tx() as tx:
        tx.run("update app.metric_pulls set state = 'done'", {})
    post_id = make_published_post(world, cast, make_channel(world, cast))
    tasks.plan_pulls(worker, cast.acme, post_id)
    counts = []
    for hours in (5, 1, 1, 1, 16):  # after 5, 6, 7, 8 and 24 hours
        world.clock.move(hours=hours)
        with worker.admin_tx() as tx:
            counts.append(metrics.due_pulls(tx))
    assert counts == [0, 1, 0, 1, 2]


def test_figures_of_a_page_post_are_read_and_kept(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    page_token = practice.admin.page_token()
    answer = httpx.post(
        f"{practice.base}/facebook/v26.0/100000000000001/photos",
        data={"caption": "We are open."},
        files={"source": ("a.jpg", jpeg_bytes(1200, 1200, "#e8a33d"), "image/jpeg")},
        headers={"authorization": f"Bearer {page_token}"},
    )
    channel_id = make_channel(world, cast, "facebook", token=page_token)
    post_id = make_published_post(world, cast, channel_id, remote_id=answer.json()["post_id"])
    world.clock.move(hours=6)
    tasks.read_post(worker, cast.acme, asked_now(world, cast.ben, post_id))
    world.clock.move(hours=18)
    tasks.read_post(worker, cast.acme, asked_now(world, cast.ben, post_id))
    with world.web.tx(cast.vera) as tx:
        [result] = metrics.results(tx, cast.brand, since=world.clock.now() - timedelta(days=7), until=world.clock.now())
        first, last = metrics.daily(tx, [result], "Europe/Berlin")
    assert result.views == last.views
    assert first.views is not None and last.views is not None and 0 < first.views < last.views
    assert result.clicks is not None and result.saves is None
    assert result.taken_at == world.clock.now()
    assert not result.is_reading
    with worker.tx(cast.worker) as tx:
        assert accounts.channel(tx, channel_id).last_success_at == world.clock.now()


def test_a_second_request_while_one_is_under_way_changes_nothing(world: World, cast: Cast) -> None:
    post_id = make_published_post(world, cast, make_channel(world, cast))
    with world.web.tx(cast.ben) as tx:
        assert metrics.pull_now(tx, post_id)
        assert not metrics.pull_now(tx, post_id)
    assert pulls(world.worker, post_id) == [("now", "queued", 0)]


def test_a_job_that_runs_twice_keeps_one_reading(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, token=practice.admin.instagram_token())
    pull_id = asked_now(world, cast.ana, make_published_post(world, cast, channel_id, remote_id="404404"))
    assert waiting_jobs(worker, pull_id) == 1
    for _ in range(2):
        tasks.read_post(worker, cast.acme, pull_id)
    tasks.read_post(worker, cast.acme, world.web.ids.new())
    with worker.admin_tx() as tx:
        state, tries, error = tx.tuples(
            "select state, tries, error from app.metric_pulls where id = %(id)s", {"id": pull_id}
        )[0]
    assert (state, tries) == ("failed", 1)
    assert "code 100/33" in error


def test_a_platform_in_trouble_is_asked_again_up_to_five_times(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, token=practice.admin.instagram_token())
    post_id = make_published_post(world, cast, channel_id)
    pull_id = asked_now(world, cast.ana, post_id)
    practice.admin.fault("http", match="/instagram/v26.0", status=503)
    for _ in range(4):
        with pytest.raises(Unavailable):
            tasks.read_post(worker, cast.acme, pull_id)
    tasks.read_post(worker, cast.acme, pull_id)
    assert pulls(worker, post_id) == [("now", "failed", 5)]


def test_a_refused_token_ends_the_visit_and_pauses_the_channel(
    world: World, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, token="IGAAnot-a-token-of-this-platform")
    post_id = make_published_post(world, cast, channel_id)
    tasks.read_post(worker, cast.acme, asked_now(world, cast.ana, post_id))
    assert pulls(worker, post_id) == [("now", "failed", 1)]
    with worker.tx(cast.worker) as tx:
        assert accounts.channel(tx, channel_id).state is accounts.ChannelState.NEEDS_RECONNECT


def test_only_editors_of_the_organisation_ask_and_only_for_published_posts(world: World, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    post_id = make_published_post(world, cast, channel_id)
    failed = make_published_post(world, cast, channel_id, state="failed")
    with pytest.raises(RoleTooLow), world.web.tx(cast.vera) as tx:
        metrics.pull_now(tx, post_id)
    with pytest.raises(metrics.PostNotFound), world.web.tx(cast.cleo) as tx:
        metrics.pull_now(tx, post_id)
    with pytest.raises(metrics.NotPublished), world.web.tx(cast.ben) as tx:
        metrics.pull_now(tx, failed)
    assert pulls(world.worker, post_id) == []
