"""Promising, going back, and who may."""

from datetime import timedelta
from typing import Any

import pytest

from services import identity, pipelines
from services.pipelines import StageState, Targets
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.metrics import make_published_post
from tests.makers.pipelines import make_import, make_pull, make_refusal, make_watched, standing
from tests.makers.schedules import waiting
from tests.makers.world import World

DAY = timedelta(days=1)


def _audited(world: World, cast: Cast) -> list[tuple[Any, ...]]:
    with world.superuser() as connection:
        return connection.execute(
            "select act, subject_id from app.audit_log where org_id = %s and subject_kind = 'stage' order by id",
            [cast.acme],
        ).fetchall()


def test_an_organisation_promises_its_own_and_goes_back_to_the_usual(world: World, cast: Cast) -> None:
    make_import(world, cast.acme, ago=3 * DAY)
    with world.web.tx(cast.ana) as tx:
        pipelines.set_targets(tx, "import", Targets(silence_seconds=2 * 86_400))
    found = standing(world, cast.ana, "import")
    assert found and found.state is StageState.LATE
    elsewhere = standing(world, cast.cleo, "import")
    assert elsewhere and elsewhere.targets == pipelines.get_stage("import").targets
    with world.web.tx(cast.ana) as tx:
        assert pipelines.has_own_targets(tx, pipelines.get_stage("import"))
        pipelines.usual_targets(tx, "import")
    found = standing(world, cast.ana, "import")
    assert found and found.state is StageState.FRESH
    assert _audited(world, cast) == [("set targets of", "import")] * 2


@pytest.mark.parametrize("who", ["ben", "vera"])
def test_only_who_may_see_the_system_promises_or_goes_back(world: World, cast: Cast, who: str) -> None:
    make_watched(world, cast.acme)
    for act in (
        lambda tx: pipelines.set_targets(tx, "import", Targets()),
        lambda tx: pipelines.usual_targets(tx, "import"),
        lambda tx: pipelines.go_back(tx, "import", "folder/exports", world.clock.now() - DAY),
    ):
        with pytest.raises(identity.RoleTooLow), world.web.tx(getattr(cast, who)) as tx:
            act(tx)


def test_files_seen_since_then_are_looked_at_again(world: World, cast: Cast) -> None:
    now = world.clock.now()
    make_watched(world, cast.acme, name="old.csv", seen_at=now - 9 * DAY)
    make_watched(world, cast.acme, name="new.csv", seen_at=now - DAY, problem="Which column is the date?")
    make_watched(world, cast.acme, source="address/https://a.example/x.csv", name="x.csv", mark='{"sha256": "1"}')
    with world.web.tx(cast.ana) as tx:
        marks = {one.name: one for one in pipelines.marks(tx, "import")}
        assert marks["folder/exports"].said == "2 files seen, 1 left out"
        assert marks["folder/exports"].upto == now - DAY
        assert pipelines.go_back(tx, "import", "folder/exports", now - 2 * DAY) == 1
        assert pipelines.go_back(tx, "import", "address/https://a.example/x.csv", now - DAY) == 1
    with world.superuser() as connection:
        rows = connection.execute("select name, mark from app.watched_files where org_id = %s", [cast.acme]).fetchall()
    assert dict(rows) == {"old.csv": "1/1", "new.csv": "", "x.csv": "{}"}
    assert _audited(world, cast) == [("went back in", "import")] * 2


def test_posts_published_since_then_are_visited_once_more(world: World, cast: Cast) -> None:
    channel, now = make_channel(world, cast), world.clock.now()
    old = make_published_post(world, cast, channel, remote_id="1", published_at=now - 9 * DAY)
    new = make_published_post(world, cast, channel, remote_id="2", published_at=now - DAY)
    make_pull(world, cast.acme, old, "done", now - 8 * DAY)
    for count in (1, 0):  # the second time it is under way already
        with world.web.tx(cast.ana) as tx:
            assert pipelines.go_back(tx, "metrics", "visits", now - 2 * DAY) == count
    asked = [pull for org, pull in waiting(world, "metrics.read_post", "pull_id") if org == cast.acme]
    with world.superuser() as connection:
        rows = connection.execute("select post_id from app.metric_pulls where id = any (%s)", [asked]).fetchall()
    assert rows == [(new,)]


def test_files_without_a_small_picture_are_given_to_the_workers_again(world: World, cast: Cast) -> None:
    bare, done, old = world.web.ids.new(), world.web.ids.new(), world.web.ids.new()
    for asset, thumb, ago in ((bare, None, 1), (done, "there", 1), (old, None, 9)):
        with world.superuser() as connection:
            connection.execute(
                "insert into app.assets (id, org_id, kind, source, original_name, file_key, thumb_key, content_type, "
                "size_bytes, sha256, original_sha256, width, height, created_at) values (%(id)s, %(org)s, 'image', "
                "'upload', 'a.png', %(key)s, %(thumb)s, 'image/png', 1, %(sha)s, %(sha)s, 1, 1, %(at)s)",
                {"id": asset, "org": cast.acme, "key": f"{cast.acme}/{asset}", "thumb": thumb,
                 "sha": asset.hex * 2, "at": world.clock.now() - ago * DAY},
            )  # fmt: skip
    with world.web.tx(cast.ana) as tx:
        (mark,) = pipelines.marks(tx, "assets")
        assert (mark.upto, mark.said) == (world.clock.now() - DAY, "2 files without")
        assert pipelines.go_back(tx, "assets", "pictures", world.clock.now() - 2 * DAY) == 1
    assert (cast.acme, bare) in waiting(world, "media.make_thumbnail", "asset_id")


def test_publishing_does_not_go_back_and_nothing_goes_back_to_anywhere(world: World, cast: Cast) -> None:
    make_watched(world, cast.acme)
    now = world.clock.now()
    for error, stage, mark, since in (
        (pipelines.NoGoingBack, "publish", "posts", now - DAY),
        (pipelines.MarkUnknown, "import", "folder/other", now - DAY),
        (pipelines.TooFarBack, "import", "folder/exports", now - 400 * DAY),
        (pipelines.TooFarBack, "import", "folder/exports", now + DAY),
        (pipelines.StageUnknown, "cooking", "x", now),
    ):
        with pytest.raises(error), world.web.tx(cast.ana) as tx:
            pipelines.go_back(tx, stage, mark, since)


def test_somebody_from_elsewhere_sees_nothing_of_it(world: World, cast: Cast) -> None:
    made = make_import(world, cast.acme, rows_done=3, rows_wrong=1)
    make_refusal(world, cast.acme, made)
    make_watched(world, cast.acme)
    make_published_post(world, cast, make_channel(world, cast), published_at=world.clock.now() - 3 * DAY)
    with world.web.tx(cast.cleo) as tx:
        for one in pipelines.standings(tx):
            assert (one.measured.came, one.measured.waiting, one.state) == (0, 0, StageState.NEVER)
        for stage in pipelines.list_stages():
            assert pipelines.rejected(tx, stage.name) == []
            assert [pipelines.broken(tx, stage.name, check.name) for check in stage.checks] == [[]] * len(stage.checks)
            assert pipelines.marks(tx, stage.name) == []
        with pytest.raises(pipelines.MarkUnknown):
            pipelines.go_back(tx, "import", "folder/exports", world.clock.now() - DAY)
