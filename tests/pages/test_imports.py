"""The way in: recognise, map, look, start, follow, read what was left out."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from services import identity, research
from services.kit.db import Scope
from tests.makers import screens
from tests.makers.cast import Cast
from tests.makers.research import ADS_CSV, FIXTURES, ads_file, imported, request, run, wall
from tests.makers.world import World
from tests.pages.screen import Show, Shown, showing

METRICS = FIXTURES / "facebook_post_metrics" / "dataset_Facebook.csv"


class Screen(Shown):
    def __init__(self, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(show)
        self.went = screens.went(monkeypatch)

    def upload(self, scope: Scope, name: str, data: bytes) -> AppTest:
        test = self.show(scope)
        test.file_uploader[0].set_value((name, data, "text/csv")).run()
        assert not test.exception
        return test


@pytest.fixture
def screen(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    with showing(world, "imports", monkeypatch) as show:
        yield Screen(show, monkeypatch)


def _asked_for(screen: Screen) -> UUID:
    name, query = screen.went[-1]
    assert name == "imports"
    return UUID(query["import"])


def test_a_real_export_is_recognised_shown_and_started(screen: Screen, world: World, cast: Cast) -> None:
    test = screen.upload(cast.ana, ADS_CSV.name, ADS_CSV.read_bytes())
    told = screens.texts(test)
    assert "Ads of the Meta Ad Library" in told and "UTF-8 · columns apart by comma · 15 columns · 62 kB" in told
    assert "ad_creative_body → text" in told
    shown = test.dataframe[0].value
    assert len(shown) == 20 and shown["Advertiser"][0] == "FCTRY"
    assert str(test.date_input[0].value) == "2019-10-31"
    test.button(key="imports-start").click().run()
    done = run(world, cast.ana, _asked_for(screen))
    assert (done.rows_added, str(done.collected_on)) == (100, "2019-10-31")


def test_a_table_of_posts_is_mapped_by_a_person(screen: Screen, world: World, cast: Cast) -> None:
    test = screen.upload(cast.ana, METRICS.name, METRICS.read_bytes())
    assert "Say whose posts these are" in test.info[0].value
    assert test.selectbox(key=f"imports-likes-{METRICS.name}").value == "like"
    test.selectbox(key=f"imports-views-{METRICS.name}").set_value("T_Impression")
    test.text_input(key=f"imports-owner-{METRICS.name}").set_value("A cosmetics brand").run()
    assert not test.exception
    test.button(key="imports-start").click().run()
    done = run(world, cast.ana, _asked_for(screen))
    post = next(ad for ad in wall(world, cast.ana, limit=600) if ad.row_number == 2)
    assert (done.rows_done, done.rows_wrong) == (500, 0)
    assert (post.advertiser, post.platform, post.likes, post.views, post.reach) == (
        "A cosmetics brand",
        "facebook",
        79,
        5091,
        2752,
    )


def test_wrong_rows_are_told_before_the_import(screen: Screen, cast: Cast) -> None:
    data = ads_file(3).replace(b"901234567890124", b"9.01E+14")
    told = screens.texts(screen.upload(cast.ana, "rounded.csv", data))
    assert "1 of the first 3 rows would be left out" in told
    assert "Row 3, id was rounded by a spreadsheet: “9.01E+14”" in told


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(screen: Screen, cast: Cast) -> None:
    test = screen.upload(cast.ana, "<b>photo</b>.png", b"\x89PNG\r\n\x1a\n....")
    told = screens.texts(test)
    assert "Cannot be imported" in told and "This is a picture." in told and "<b>photo" not in told
    assert "imports-start" not in [button.key for button in test.button]


def test_the_same_file_again_is_recognised(screen: Screen, world: World, cast: Cast) -> None:
    imported(world, cast.ana, ads_file(2))
    assert "Again, it changes nothing" in screen.upload(cast.ana, "again.csv", ads_file(2)).info[0].value


def test_an_import_under_way_is_followed_and_cancelled(screen: Screen, world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(2))
    test = screen.show(cast.ana, **{"import": str(import_id)})
    assert "Waiting" in screens.texts(test)
    test.button(key=f"imports-cancel-{import_id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert research.get_import(tx, import_id).state is research.ImportState.CANCELLED


def test_a_finished_import_tells_what_came_of_it(screen: Screen, world: World, cast: Cast) -> None:
    data = ads_file(3, page_name="=cmd()").replace(b"901234567890124", b"=HYPERLINK(1)")
    done = imported(world, cast.ana, data, "file.csv")
    test = screen.show(cast.ana, **{"import": str(done.id)})
    told = screens.texts(test)
    for fact in ("2", "were not here before", "see the rows below", "meta_ads_csv", "file.csv", "Rows left out"):
        assert fact in told
    assert test.dataframe[0].value["Row"].tolist() == [3]
    test.button(key="imports-see").click().run()
    assert screen.went[-1] == ("competitors", {})


def test_somebody_elses_import_is_not_here(screen: Screen, world: World, cast: Cast) -> None:
    import_id = request(world.web, cast.ana, ads_file(1), "secret.csv")
    test = screen.show(cast.cleo, **{"import": str(import_id)})
    assert "secret.csv" not in screens.texts(test) and test.file_uploader


def test_a_viewer_is_stopped_at_the_door(screen: Screen, cast: Cast) -> None:
    test = screen.show(cast.vera, identity.Role.VIEWER)
    assert not test.file_uploader and "Your role does not allow this" in test.error[0].value
