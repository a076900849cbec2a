"""The wall and the advertisers: filters, order, what is new, how long ads run, what leaves as CSV."""

from datetime import date

import pytest

from services import research
from services.kit.text import csv_bytes
from services.research.lists import VISIT_SECONDS
from tests.makers.cast import Cast
from tests.makers.research import DAY, FIXTURES, imported, make_ad, wall
from tests.makers.world import World

REPORT = FIXTURES / "meta_ad_library_report"


def _looked(world: World, cast: Cast) -> object:
    with world.web.tx(cast.ana) as tx:
        return research.look(tx)


@pytest.mark.parametrize(
    ("started", "stopped", "kind", "days", "running"),
    [
        ("2026-11-01", None, "ad", 20, True),  # seen running on the 20th
        ("2026-11-01", "2026-11-10", "ad", 10, False),
        ("2026-11-01", "2026-12-24", "ad", 20, True),  # the stop is only planned
        ("2026-11-20", None, "ad", 1, True),
        ("2026-11-25", None, "ad", 1, True),  # starts after the day of the file
        (None, None, "ad", None, True),
        ("2026-11-01", None, "post", None, False),
    ],
)
def test_an_ad_runs_to_its_stop_or_to_the_day_it_was_last_seen(
    world: World, cast: Cast, started: str | None, stopped: str | None, kind: str, days: int | None, running: bool
) -> None:
    make_ad(world, cast.ana, started_on=started, stopped_on=stopped, kind=kind)
    ad = wall(world, cast.ana)[0]
    assert (ad.days, ad.is_running, ad.observed_on) == (days, running, DAY)


def test_filters_narrow_the_wall_and_its_count(world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, bodies=["50 % off"], owner_id="1", owner_name="Polar", placements=["instagram"])
    make_ad(world, cast.ana, bodies=["Gone"], stopped_on="2026-11-01", started_on="2026-10-01")
    make_ad(world, cast.ana, bodies=["A clip"], kind="post", platform="tiktok", started_on=None)
    polar = next(ad for ad in wall(world, cast.ana) if ad.advertiser == "Polar")
    cases = [
        ({"search": "50 %"}, {"50 % off"}),
        ({"search": "POLAR"}, {"50 % off"}),
        ({"search": "%"}, {"50 % off"}),
        ({"search": "_"}, set()),
        ({"platform": "instagram"}, {"50 % off"}),
        ({"platform": "tiktok"}, {"A clip"}),
        ({"kind": "post"}, {"A clip"}),
        ({"only_running": True}, {"50 % off"}),
        ({"advertiser_id": polar.advertiser_id}, {"50 % off"}),
        ({"started_until": date(2026, 10, 1)}, {"Gone"}),
        ({"started_from": date(2026, 10, 2)}, {"50 % off"}),
        ({}, {"50 % off", "Gone", "A clip"}),
    ]
    for chosen, expected in cases:
        filters = research.Filters(**chosen)
        with world.web.tx(cast.ana) as tx:
            assert research.count_ads(tx, filters) == len(expected), chosen
        assert {ad.bodies[0] for ad in wall(world, cast.ana, filters)} == expected, chosen


def test_order_and_pages(world: World, cast: Cast) -> None:
    for remote, started, stopped in (("1", "2026-10-01", "2026-10-31"), ("2", "2026-11-05", None), ("3", None, None)):
        make_ad(world, cast.ana, remote_id=remote, started_on=started, stopped_on=stopped)
    assert [ad.remote_id for ad in wall(world, cast.ana)] == ["2", "1", "3"]
    assert [ad.remote_id for ad in wall(world, cast.ana, sort=research.Sort.LONGEST)] == ["1", "2", "3"]
    assert [ad.remote_id for ad in wall(world, cast.ana, limit=2, page=2)] == ["3"]
    assert wall(world, cast.ana, limit=2, page=3) == []


def test_new_is_what_came_since_the_last_visit(world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, remote_id="1")
    assert _looked(world, cast) == research.NEVER
    world.clock.move(seconds=VISIT_SECONDS + 60)
    make_ad(world, cast.ana, remote_id="2")
    world.clock.move(seconds=60)
    for _ in range(2):  # a reload inside the visit hides nothing
        with world.web.tx(cast.ana) as tx:
            since = research.look(tx)
            assert [ad.remote_id for ad in research.list_ads(tx, research.Filters(only_new=True), since=since)] == ["2"]
            assert research.overview(tx, since).fresh == 1
    with world.web.tx(cast.ben) as tx:
        assert research.overview(tx, research.look(tx)).fresh == 0


def test_advertisers_carry_what_their_ads_say(world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, started_on="2026-11-01", placements=["instagram"])
    make_ad(world, cast.ana, started_on="2026-10-01", stopped_on="2026-10-04", placements=["facebook"])
    make_ad(world, cast.ana, started_on="2026-11-11", placements=["facebook", "instagram"])
    make_ad(world, cast.ana, owner_id="9", owner_name="Other")
    with world.web.tx(cast.ana) as tx:
        first, second = research.list_advertisers(tx)
    assert (first.name, first.ads, first.running, first.longest_days, first.median_days) == (
        "Northwind Shoes",
        3,
        2,
        20,
        10,
    )
    assert (first.first_on, first.last_on) == (date(2026, 10, 1), date(2026, 11, 11))
    assert first.placements == ("facebook", "instagram")
    assert (second.name, second.ads, second.placements) == ("Other", 1, ("facebook",))


def test_a_report_adds_pages_with_what_they_spent(world: World, cast: Cast) -> None:
    name = "FacebookAdLibraryReport_2022-11-18_TH_yesterday_advertisers.csv"
    done = imported(world, cast.ana, (REPORT / name).read_bytes(), name, day=date(2022, 11, 18))
    assert (done.state, done.rows_wrong) == (research.ImportState.DONE, 0)
    with world.web.tx(cast.ana) as tx:
        found = {one.remote_id: one for one in research.list_advertisers(tx)}
    page = found["161651553861945"]
    assert len(found) == done.rows_added == 96
    assert (page.spend_lower, page.spend_upper, page.spend_currency, page.reported_ads) == (7179, 7179, "THB", 2)
    assert found["104631860945679"].spend_lower == 0 and found["104631860945679"].spend_upper == 100
    assert found["157659344260788"].disclaimer == ""  # a private person's name


def test_a_regions_amounts_do_not_replace_the_whole(world: World, cast: Cast) -> None:
    for part in ("advertisers", "region_Bangkok", "advertisers"):
        name = f"FacebookAdLibraryReport_2022-11-18_TH_yesterday_{part}.csv"
        done = imported(world, cast.ana, (REPORT / name).read_bytes(), name, day=date(2022, 11, 18))
    assert (done.rows_added, done.rows_same) == (0, 96)
    with world.web.tx(cast.ana) as tx:
        page = next(one for one in research.list_advertisers(tx) if one.remote_id == "161651553861945")
    assert page.spend_lower == 7179


def test_pages_that_are_gone_are_told_apart_by_name(world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, owner_id="name:a")
    data = (
        "Page ID,Page name,Disclaimer,Amount spent (EUR),Number of ads in Library\n0,A,,≤100,1\n0,B,,250,2\n0,A,,50,1\n"
    )
    imported(world, cast.ana, data.encode(), "r.csv")
    with world.web.tx(cast.ana) as tx:
        found = {
            one.remote_id: (one.spend_lower, one.spend_upper, one.reported_ads) for one in research.list_advertisers(tx)
        }
    assert found == {"name:a": (50, 150, 2), "name:b": (250, 250, 2)}


def test_formulas_leave_as_text(world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, bodies=["=cmd|' /C calc'!A0"], titles=["+1"], owner_name="@SUM(A1)")
    with world.web.tx(cast.ana) as tx:
        rows = research.ads_for_export(tx, research.Filters(), research.Sort.NEWEST)
    assert len(rows[0]) == len(research.AD_COLUMNS)
    text = csv_bytes(research.AD_COLUMNS, rows).decode("utf-8-sig")
    for cell in ("'=cmd", "'+1", "'@SUM"):
        assert cell in text


def test_the_name_of_the_file_tells_its_day_only_where_plausible() -> None:
    today = date(2026, 11, 21)
    assert research.guessed_day("Report_2022-11-18_TH.csv", None, today) == date(2022, 11, 18)
    assert research.guessed_day("ads_2019-10-31.csv", date(2020, 1, 1), today) == today
    assert research.guessed_day("ads_2027-01-01_2026-99-01.csv", None, today) == today
