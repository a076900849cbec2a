"""The wall of competitors' ads: what is drawn, what filters and deep links do, what hostile text does not do."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from pages.parts import ad_words, rows, wall
from services import identity, research
from tests.makers import research as makers
from tests.makers import screens
from tests.makers.cast import Cast
from tests.makers.research import make_ad
from tests.makers.world import World
from tests.pages.screen import Show, Shown, showing

HOSTILE = '<img src=x onerror="alert(1)">'


class Screen(Shown):
    """Draws the screen; keeps what went to the wall, since the test browser draws no components of ours."""

    def __init__(self, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
        from pages import competitors

        super().__init__(show)
        self.tiles: list[list[wall.Ad]] = []
        self.rows: list[list[rows.Row]] = []
        self.opened: str | None = None
        monkeypatch.setattr(competitors, "wall", self._wall)
        monkeypatch.setattr(competitors, "rows", self._rows)

    def _wall(self, ads: list[wall.Ad], **_: object) -> wall.WallTold:
        self.tiles.append(ads)
        return wall.WallTold(self.opened, None)

    def _rows(self, items: list[rows.Row], **_: object) -> object:
        self.rows.append(items)
        return type("Told", (), {"opened": self.opened})()


@pytest.fixture
def screen(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    with showing(world, "competitors", monkeypatch) as show:
        yield Screen(show, monkeypatch)


def test_nothing_yet_offers_the_import_to_those_who_may(screen: Screen, cast: Cast) -> None:
    test = screen.show(cast.ana)
    assert "No competitors yet" in screens.texts(test)
    assert [button.label for button in test.button] == ["Import ads"]
    assert not screen.show(cast.vera, identity.Role.VIEWER).button


def test_the_header_says_how_many_and_how_fresh(screen: Screen, world: World, cast: Cast) -> None:
    makers.imported(world, cast.ana, makers.ads_file(3))
    head = screens.texts(screen.show(cast.ana))
    assert "3 ads from 1 advertiser · 3 running · last import" in head
    assert len(screen.tiles[-1]) == 3


def test_filters_come_from_the_address_and_clear_again(screen: Screen, world: World, cast: Cast) -> None:
    make_ad(world, cast.ana, bodies=["Winter sale"])
    make_ad(world, cast.ana, bodies=["Spring"], stopped_on="2026-11-01")
    screen.show(cast.ana, **{"competitors-q": "winter", "competitors-running": "true"})
    assert [ad.body for ad in screen.tiles[-1]] == ["Winter sale"]
    test = screen.show(cast.ana, **{"competitors-q": "nowhere"})
    assert "Nothing matches these filters." in screens.texts(test)
    test.button(key="competitors-clear-filters").click().run()
    assert not test.exception and len(screen.tiles[-1]) == 2


@pytest.mark.parametrize(
    "query",
    [{"competitors-brand": "x"}, {"competitors-page": "-4"}, {"competitors-page": "99"}, {"competitors-sort": "evil"},
     {"competitors-platform": "'; drop table"}, {"competitors-started": "soon"}, {"ad": "no-id"}],
)  # fmt: skip
def test_an_address_may_hold_anything(screen: Screen, world: World, cast: Cast, query: dict[str, str]) -> None:
    make_ad(world, cast.ana)
    screen.show(cast.ana, **query)
    assert len(screen.tiles[-1]) == 1


def test_a_deep_link_opens_the_ad_with_its_origin(screen: Screen, world: World, cast: Cast) -> None:
    makers.imported(world, cast.ana, makers.ads_file(1, page_name=HOSTILE, ad_creative_body=HOSTILE))
    ad = makers.wall(world, cast.ana)[0]
    told = screens.texts(screen.show(cast.ana, ad=str(ad.id)))
    for fact in ("Where this comes from", "ads.csv", "Meta Ad Library, table", "901234567890123", "Days running"):
        assert fact in told
    assert "<img src=x" not in told and "&lt;img src=x" in told
    assert f'href="https://www.facebook.com/ads/library/?id={ad.remote_id}"' in told


def test_an_ad_leads_to_the_creator_as_evidence(
    screen: Screen, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad_id = make_ad(world, cast.ana)
    found = screens.went(monkeypatch)
    test = screen.show(cast.ana, ad=str(ad_id))
    test.button(key=f"competitors-use-{ad_id}").click().run()
    assert found == [("creator", {"evidence": str(ad_id)})]
    assert not [
        one for one in screen.show(cast.vera, identity.Role.VIEWER, ad=str(ad_id)).button if "Make" in one.label
    ]


def test_somebody_elses_ad_is_not_here(screen: Screen, world: World, cast: Cast) -> None:
    ad_id = make_ad(world, cast.ana, owner_name="Secret brand")
    makers.make_ad(world, cast.cleo)
    for wanted in (ad_id, uuid4()):
        test = screen.show(cast.cleo, ad=str(wanted), **{"competitors-brand": str(wanted)})
        assert "This ad is not here" in screens.texts(test) and "Secret brand" not in screens.texts(test)


def test_advertisers_are_rows_that_lead_to_their_ads(
    screen: Screen, world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ad(world, cast.ana, started_on="2026-11-01")
    found = screens.went(monkeypatch)
    screen.show(cast.ana, **{"competitors-view": "Advertisers"})
    row = screen.rows[-1][0]
    assert (row.title, row.right, row.sub) == (
        "Northwind Shoes",
        "1 ad",
        "Started Sun 1 Nov · ran 20 d in the median, 20 d at most",
    )
    screen.opened = row.id
    screen.show(cast.ana, **{"competitors-view": "Advertisers"})
    assert found == [("competitors", {"competitors-brand": row.id})]


@pytest.mark.parametrize(
    ("lower", "upper", "told"),
    [(None, None, ""), (0, 99, "up to 99"), (1000, 4999, "1 k–5 k"), (1_000_000, None, "over 1 m"),
     (7212, 7212, "7.21 k"),
     (0, 0, "0"), (999_999, 999_999, "1,000 k")],
)  # fmt: skip
def test_a_range_is_told_as_a_range(lower: int | None, upper: int | None, told: str) -> None:
    assert ad_words.span(lower, upper) == told


def test_old_files_say_until_when_an_ad_was_seen(world: World, cast: Cast) -> None:
    makers.imported(
        world, cast.ana, makers.ads_file(1, ad_delivery_start_time="2019-10-30"), day=makers.DAY.replace(year=2019)
    )
    ad = makers.wall(world, cast.ana)[0]
    tile = ad_words.tile(ad, makers.DAY)
    assert (tile.dates, tile.days, tile.active) == ("Since Wed 30 Oct 2019, seen Wed 20 Nov 2019", 22, True)
    assert ad_words.tile(ad.model_copy(update={"kind": "post"}), makers.DAY).runs is False
    assert isinstance(ad, research.Ad)
