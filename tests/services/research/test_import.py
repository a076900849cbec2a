"""Imports end to end: what is counted, what a second run changes, who sees it."""

from datetime import date

import psycopg
import pytest

from services import research
from services.identity import RoleTooLow
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.research import (
    AD,
    ADS_CSV,
    DAY,
    POSTS_CSV,
    ads_file,
    answer_file,
    csv_file,
    imported,
    make_ad,
    request,
    run,
    wall,
)  # fmt: skip
from tests.makers.world import World
from worker.tasks.research import run_import as run_task


def _counts(done: research.Import) -> tuple[int, int, int, int]:
    return done.rows_added, done.rows_changed, done.rows_same, done.rows_wrong


def test_the_real_export_arrives_whole(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, ADS_CSV.read_bytes(), ADS_CSV.name, day=date(2019, 10, 31))
    assert (done.state, _counts(done), done.rows_total) == (research.ImportState.DONE, (100, 0, 0, 0), 100)
    ads = wall(world, cast.ana, limit=200)
    first = next(ad for ad in ads if ad.remote_id == "2447656412147213")
    assert len(ads) == 100
    assert first.bodies == ("It's official! We're turning AOC into an action figure 👏",)
    assert (first.impressions_lower, first.impressions_upper, first.spend_lower, first.spend_upper) == (0, 999, 0, 99)
    assert (first.started_on, first.stopped_on, first.is_running, first.days) == (date(2019, 10, 30), None, True, 2)
    assert first.link == "https://www.facebook.com/ads/library/?id=2447656412147213"
    assert (first.file_name, first.row_number, first.collector) == (ADS_CSV.name, 2, "meta_ads_csv")


def test_the_same_file_again_changes_nothing(world: World, cast: Cast) -> None:
    imported(world, cast.ana, ADS_CSV.read_bytes())
    before = wall(world, cast.ana, limit=200)
    world.clock.move(hours=1)
    again = imported(world, cast.ana, ADS_CSV.read_bytes())
    assert _counts(again) == (0, 0, 100, 0)
    assert wall(world, cast.ana, limit=200) == before


def test_a_newer_file_adds_changes_and_keeps(world: World, cast: Cast) -> None:
    imported(world, cast.ana, ads_file(3))
    rows = [{**AD, "id": str(901234567890123 + number)} for number in (0, 1, 9)]
    rows[1]["ad_delivery_stop_time"] = "2026-11-19"
    newer = imported(world, cast.ana, csv_file(rows), "later.csv", day=date(2026, 11, 21))
    assert _counts(newer) == (1, 1, 1, 0)
    found = {ad.remote_id[-1]: ad for ad in wall(world, cast.ana)}
    assert found["4"].changed_at is not None and found["4"].file_name == "later.csv"
    assert found["3"].changed_at is None and found["3"].file_name == "ads.csv"
    assert found["3"].observed_on == date(2026, 11, 21) and found["5"].observed_on == DAY


def test_an_older_file_overwrites_nothing(world: World, cast: Cast) -> None:
    imported(world, cast.ana, ads_file(1, ad_creative_body="New words"))
    older = imported(world, cast.ana, ads_file(1, ad_creative_body="Old words"), day=date(2026, 1, 1))
    assert _counts(older) == (0, 0, 1, 0)
    assert wall(world, cast.ana)[0].bodies == ("New words",)


def test_the_same_ad_twice_in_one_file_is_one_ad(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, csv_file([AD, {**AD, "ad_creative_body": "The later row"}]))
    assert _counts(done) == (1, 0, 1, 0)
    assert [ad.bodies for ad in wall(world, cast.ana)] == [("The later row",)]


def test_wrong_rows_are_named_and_the_others_arrive(world: World, cast: Cast) -> None:
    bad = [{**AD, "id": "1.08E+14"}, {**AD, "id": "5", "ad_delivery_start_time": "soon"}, {**AD, "id": "6"}]
    done = imported(world, cast.ana, csv_file(bad))
    with world.web.tx(cast.ana) as tx:
        told = [problem.sentence for problem in research.import_problems(tx, done.id)]
    assert _counts(done) == (1, 0, 0, 2)
    assert told[0].startswith("Row 2, id was rounded by a spreadsheet: “1.08E+14”")
    assert told[1] == "Row 3, ad_delivery_start_time is not a date: “soon”."


def test_all_wrong_rows_are_counted_and_a_thousand_kept(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, ads_file(1_200, page_id="x"))
    with world.web.tx(cast.ana) as tx:
        kept = research.import_problems(tx, done.id)
    assert (done.rows_wrong, len(kept), kept[-1].row_number) == (1_200, 1_000, 1_001)


def test_an_answer_of_the_api_arrives_and_no_token_stays_anywhere(world: World, cast: Cast) -> None:
    snapshot = "https://www.facebook.com/ads/archive/render_ad/?id=1&access_token=EAASECRET123"
    record = {
        **AD,
        "ad_snapshot_url": snapshot,
        "ad_creative_bodies": [f"See {snapshot}"],
        "spend": {"lower_bound": "300"},
    }
    done = imported(world, cast.ana, answer_file(record), "answer.json")
    ad = wall(world, cast.ana)[0]
    assert (ad.spend_lower, ad.spend_upper, ad.collector) == (300, None, "meta_ads_json")
    assert "EAASECRET123" not in repr(ad) and "access_token=removed" in ad.bodies[0]
    with world.web.files.open(done.file_key) as stored:
        assert b"EAASECRET123" not in stored.read()


def test_a_table_of_posts_is_read_through_its_mapping(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, POSTS_CSV.read_bytes(), POSTS_CSV.name)
    assert (done.state, done.rows_done, done.rows_wrong) == (research.ImportState.DONE, 247, 0)
    assert done.rows_added + done.rows_same + done.rows_changed == 247
    post = next(ad for ad in wall(world, cast.ana, limit=300) if ad.remote_id == "zeBZvwYQ-hA")
    assert (post.advertiser, post.kind, post.views, post.likes) == ("Toyota", "post", 173_929, 1_233)
    assert (post.started_on, post.link) == (date(2018, 2, 3), "https://www.youtube.com/watch?v=zeBZvwYQ-hA")
    assert post.days is None and not post.is_running


def test_outsiders_see_nothing_and_cannot_cancel(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, ads_file(2))
    ad_id = wall(world, cast.ana)[0].id
    assert wall(world, cast.cleo) == []
    with world.web.tx(cast.cleo) as tx:
        assert research.list_imports(tx) == [] and research.list_advertisers(tx) == []
        assert research.import_problems(tx, done.id) == [] and research.count_ads(tx, research.Filters()) == 0
        for call in (lambda: research.get_import(tx, done.id), lambda: research.cancel_import(tx, done.id)):
            with pytest.raises(research.ImportNotFound):
                call()
        with pytest.raises(research.AdNotFound):
            research.get_ad(tx, ad_id)
    assert research.run_import(world.worker, Scope(cast.other), done.id) is research.ImportState.CANCELLED


def test_a_viewer_may_look_but_not_import(world: World, cast: Cast) -> None:
    with pytest.raises(RoleTooLow):
        request(world.web, cast.vera, ads_file(1))
    make_ad(world, cast.ana, bodies=["Seen by all"])
    assert [ad.bodies for ad in wall(world, cast.vera)] == [("Seen by all",)]


def test_a_finished_import_does_not_run_again(world: World, cast: Cast) -> None:
    done = imported(world, cast.ana, ads_file(2))
    assert run(world, cast.ana, done.id) == done


def _jobs(world: World, import_id: object) -> list[str]:
    with psycopg.connect(world.addresses.admin) as connection:
        return [
            row[0]
            for row in connection.execute(
                "select task_name from queue.procrastinate_jobs where args ->> 'import_id' = %s order by id",
                [str(import_id)],
            )
        ]


class Steps:
    """Progress as the worker gives it to a job, kept."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []

    def step(self, done: int, total: int | None = None, note: str = "") -> None:
        self.told.append((done, total))


def test_asking_queues_the_job_and_its_end_is_told_once(world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(2))
    assert _jobs(world, import_id) == ["research.run_import"]
    steps = Steps()
    for _ in range(2):
        run_task(world.worker, cast.acme, import_id, steps)
    assert steps.told and steps.told[-1][0] == 2
    assert _jobs(world, import_id) == ["research.run_import", "notifications.tell_import_finished"]
