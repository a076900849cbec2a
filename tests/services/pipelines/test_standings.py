"""Every stage measured on real rows, per brand and as a whole."""

from datetime import timedelta

import pytest

from services import media, metrics, pipelines
from services.kit.db import Scope
from services.metrics.registry import READERS
from services.pipelines import StageState
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_brand
from tests.makers.jobs import make_run
from tests.makers.media import make_asset
from tests.makers.metrics import make_published_post, make_reading
from tests.makers.pipelines import make_import, make_pull, make_refusal, standing
from tests.makers.world import World


def _broken(world: World, cast: Cast, stage: str, check: str) -> list[tuple[object, ...]]:
    with world.web.tx(cast.ana) as tx:
        return pipelines.broken(tx, stage, check)


def test_stages_stand_in_the_order_of_the_work_and_never_ran_at_first(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        found = pipelines.standings(tx)
    assert [one.stage for one in found] == ["import", "assets", "creative", "approvals", "publish", "metrics"]
    assert {one.state for one in found} == {StageState.NEVER}
    assert {one.measured.brand_id for one in found} == {None}


def test_an_import_counts_rows_in_out_and_refused(world: World, cast: Cast) -> None:
    counts = {"rows_done": 100, "rows_added": 60, "rows_changed": 5, "rows_same": 25, "rows_wrong": 10}
    made = make_import(world, cast.acme, **counts)
    make_import(world, cast.acme, "cancelled", rows_done=50)
    make_refusal(world, cast.acme, made)
    make_import(world, cast.other, **counts)
    found = standing(world, cast.ana, "import")
    assert found and found.state is StageState.FRESH
    assert (found.measured.came, found.measured.went_on, found.measured.rejected) == (100, 90, 10)
    assert found.measured.p95_seconds == 60
    with world.web.tx(cast.ana) as tx:
        (refused,) = pipelines.rejected(tx, "import")
    assert refused[:4] == ("ads.csv", 7, "started", "is no day")


def test_success_counts_within_28_days_and_the_last_success_beyond(world: World, cast: Cast) -> None:
    make_import(world, cast.acme, ago=timedelta(days=40))
    make_import(world, cast.acme, "failed", ago=timedelta(days=2))
    make_import(world, cast.acme, "failed", ago=timedelta(hours=2))
    found = standing(world, cast.ana, "import")
    assert found and found.state is StageState.FAILING
    measured = found.measured
    assert (measured.succeeded, measured.failed, measured.day_failed) == (0, 2, 1)
    assert measured.last == (False, False, True)
    assert measured.last_success_at == world.clock.now() - timedelta(days=40) + timedelta(minutes=1)


def test_an_import_that_waits_for_too_long_makes_its_stage_late(world: World, cast: Cast) -> None:
    make_import(world, cast.acme, "running", ago=timedelta(minutes=11))
    found = standing(world, cast.ana, "import")
    assert found and found.state is StageState.LATE
    assert found.measured.waiting == 1


def test_small_pictures_are_counted_by_their_files_even_where_the_runs_are_forgotten(world: World, cast: Cast) -> None:
    made = make_asset(world, cast.ana, cast.brand)
    world.clock.move(seconds=4)
    media.make_thumbnail(world.worker, Scope(cast.acme), made.id)
    found = standing(world, cast.ana, "assets", cast.brand)
    assert found and found.state is StageState.FRESH
    assert (found.measured.came, found.measured.went_on, found.measured.waiting) == (1, 1, 0)
    assert found.measured.p95_seconds == 4
    assert standing(world, cast.cleo, "assets", cast.brand) is None


def test_small_pictures_that_failed_are_counted_by_their_runs_and_what_has_none_waits(world: World, cast: Cast) -> None:
    asset = world.web.ids.new()
    with world.superuser() as connection:
        connection.execute(
            "insert into app.assets (id, org_id, brand_id, kind, source, original_name, file_key, content_type, "
            "size_bytes, sha256, original_sha256, width, height, created_at) values (%(id)s, %(org)s, %(brand)s, "
            "'video', 'upload', 'a.mp4', %(key)s, 'video/mp4', 1, %(sha)s, %(sha)s, 1, 1, %(at)s)",
            {"id": asset, "org": cast.acme, "brand": cast.brand, "key": f"{cast.acme}/{asset}", "sha": "0" * 64,
             "at": world.clock.now() - timedelta(hours=1)},
        )  # fmt: skip
    found = standing(world, cast.ana, "assets", cast.brand)
    assert found and found.state is StageState.LATE
    make_run(world, cast.acme, status="failed", subject_id=str(asset), error="No picture in it.")
    found = standing(world, cast.ana, "assets", cast.brand)
    assert found and found.state is StageState.FAILING
    assert (found.measured.came, found.measured.rejected, found.measured.waiting) == (1, 1, 0)
    assert [row[1] for row in _broken(world, cast, "assets", "has_picture")] == ["a.mp4"]
    assert [row[1] for row in _broken(world, cast, "assets", "clip_has_length")] == ["a.mp4"]


def test_a_post_goes_through_creative_approvals_publish_and_metrics_of_its_brand(world: World, cast: Cast) -> None:
    channel, at = make_channel(world, cast), world.clock.now() - timedelta(days=3)
    other = make_brand(world, cast.acme, "Other")
    post = make_published_post(world, cast, channel, published_at=at)
    with world.superuser() as connection:
        connection.execute("update app.review_requests set decided_at = asked_at where org_id = %s", [cast.acme])
    assert [row[1] for row in _broken(world, cast, "metrics", "published_is_read")] == ["Winter hours"]
    make_pull(world, cast.acme, post, "done", at + timedelta(hours=24))
    make_pull(world, cast.acme, post, "failed", at + timedelta(hours=70))
    for stage, figures in (
        ("creative", (1, 1, 0)),
        ("approvals", (1, 1, 0)),
        ("publish", (1, 1, 0)),
        ("metrics", (2, 1, 1)),
    ):
        found = standing(world, cast.ana, stage, cast.brand)
        assert found, stage
        assert (found.measured.came, found.measured.went_on, found.measured.rejected) == figures, stage
        assert standing(world, cast.ana, stage, other) is None
    make_reading(world, cast, post, world.clock.now(), views=5)
    assert _broken(world, cast, "metrics", "published_is_read") == []


def test_a_post_that_is_not_due_has_not_come(world: World, cast: Cast) -> None:
    make_published_post(
        world, cast, make_channel(world, cast), published_at=world.clock.now() + timedelta(hours=1), state="planned"
    )
    found = standing(world, cast.ana, "publish")
    assert found and found.state is StageState.NEVER


def test_a_post_left_lying_is_named(world: World, cast: Cast) -> None:
    make_published_post(
        world, cast, make_channel(world, cast), published_at=world.clock.now() - timedelta(hours=1), state="planned"
    )
    found = standing(world, cast.ana, "publish", cast.brand)
    assert found and found.state is StageState.LATE
    assert len(_broken(world, cast, "publish", "due_is_taken")) == 1


def test_rows_that_do_not_add_up_are_found(world: World, cast: Cast) -> None:
    make_import(world, cast.acme, rows_done=10, rows_added=10)
    make_import(world, cast.acme, rows_done=10, rows_added=8, rows_wrong=1, file_name="lost.csv")
    assert [row[0] for row in _broken(world, cast, "import", "rows_add_up")] == ["lost.csv"]
    assert [row[0] for row in _broken(world, cast, "import", "refusals_are_told")] == ["lost.csv"]


@pytest.mark.parametrize("stage", list(pipelines.STAGES))
def test_every_table_of_a_stage_has_as_many_columns_as_its_statement(world: World, cast: Cast, stage: str) -> None:
    found = pipelines.get_stage(stage)
    asked = {"now": world.clock.now(), "since": world.clock.now(), "brand": cast.brand, "most": 1}
    with world.web.tx(cast.ana) as tx:
        for table in (found.rejects, *(check.broken for check in found.checks)):
            shown = tx.connection.execute(table.sql, {**table.given, **asked}).description
            assert shown is not None
            assert len(shown) == len(table.columns)


def test_a_post_of_a_platform_that_nobody_reads_is_expected_to_have_no_reading(world: World, cast: Cast) -> None:
    at = world.clock.now() - timedelta(days=3)
    for platform in ("tiktok", *READERS):
        make_published_post(world, cast, make_channel(world, cast, platform), published_at=at, remote_id=platform)
    assert len(_broken(world, cast, "metrics", "published_is_read")) == len(READERS)


def test_which_platforms_are_read_stands_in_the_registry_alone() -> None:
    sql = next(one for one in pipelines.get_stage("metrics").checks if one.name == "published_is_read").broken.sql
    assert all(metrics.is_read(platform) and platform not in sql for platform in READERS)
