"""Looking through the library: every file once, in order, however many are added meanwhile."""

from datetime import date, timedelta

import pytest

from services import media
from tests.makers.cast import Cast
from tests.makers.media import fixture, jpeg_bytes, make_asset
from tests.makers.world import START, World


@pytest.fixture
def many(world: World, cast: Cast) -> list[media.Asset]:
    """Seven files, the oldest first; two of them added at the same instant."""
    made = []
    for number in range(7):
        made.append(make_asset(world, cast.ana, cast.brand, name=f"file {number}.jpg", data=jpeg_bytes(10 + number, 9)))
        if number != 3:
            world.clock.move(seconds=1)
    return made


def _walk(world: World, cast: Cast, filters: media.Filters, size: int) -> list[list[media.Asset]]:
    pages, cursor = [], None
    with world.web.tx(cast.ana) as tx:
        while True:
            page = media.page(tx, filters, after=cursor, size=size)
            pages.append(list(page.assets))
            if page.after is None:
                return pages
            cursor = media.Cursor.parse(str(page.after))
            assert cursor == page.after


def test_pages_hold_every_file_once_in_both_orders(world: World, cast: Cast, many: list[media.Asset]) -> None:
    in_order = sorted(many, key=lambda asset: (asset.created_at, asset.id))
    for sort, expected in ((media.Sort.OLDEST, in_order), (media.Sort.NEWEST, in_order[::-1])):
        pages = _walk(world, cast, media.Filters(sort=sort), 3)
        assert [len(page) for page in pages] == [3, 3, 1]
        assert [asset.id for page in pages for asset in page] == [asset.id for asset in expected]


def test_the_way_back_leads_over_the_same_pages(world: World, cast: Cast, many: list[media.Asset]) -> None:
    for sort in media.Sort:
        filters = media.Filters(sort=sort)
        with world.web.tx(cast.ana) as tx:
            first = media.page(tx, filters, size=3)
            second = media.page(tx, filters, after=first.after, size=3)
            third = media.page(tx, filters, after=second.after, size=3)
            assert first.before is None and third.after is None
            assert media.page(tx, filters, before=third.before, size=3).assets == second.assets
            back = media.page(tx, filters, before=second.before, size=3)
        assert (back.assets, back.before, back.after) == (first.assets, None, first.after)


def test_a_file_added_meanwhile_shifts_no_page(world: World, cast: Cast, many: list[media.Asset]) -> None:
    with world.web.tx(cast.ana) as tx:
        first = media.page(tx, size=3)
        expected = media.page(tx, after=first.after, size=3)
    make_asset(world, cast.ben, cast.brand, data=jpeg_bytes(99, 99))
    with world.web.tx(cast.ana) as tx:
        assert media.page(tx, after=first.after, size=3).assets == expected.assets


@pytest.mark.parametrize(
    "text", ["", "x", "1.2", "99999999999999999.zz", "-1." + "0" * 32, "1." + "g" * 32, "١." + "0" * 32]
)
def test_what_people_type_into_an_address_is_no_cursor(text: str) -> None:
    assert media.Cursor.parse(text) is None


def test_filters_narrow_and_combine(world: World, cast: Cast) -> None:
    today = world.clock.now().date()
    cone = make_asset(world, cast.ana, name="100%_cone.jpg", tags=["summer", "ice cream"])
    clip = make_asset(world, cast.ana, name="van.mp4", data=fixture("bug_video_640.mp4"), tags=["summer"])
    ad = media.store_rendered(world.worker, cast.worker, cast.brand, "ad.jpg", jpeg_bytes(20, 20))
    soon = make_asset(world, cast.ana, data=jpeg_bytes(21, 20), name="soon.jpg", rights_end_on=today)
    over = make_asset(
        world, cast.ana, data=jpeg_bytes(22, 20), name="over.jpg", rights_end_on=today - timedelta(days=1)
    )
    far = make_asset(world, cast.ana, data=jpeg_bytes(23, 20), name="far.jpg", rights_end_on=today + timedelta(days=31))
    expected = {
        media.Filters(): {cone, clip, ad, soon, over, far},
        media.Filters(text="CONE"): {cone},
        media.Filters(text="%_c"): {cone},
        media.Filters(text="0__c"): set(),
        media.Filters(text="ice cr"): {cone},
        media.Filters(tag="summer"): {cone, clip},
        media.Filters(tag="summ"): set(),
        media.Filters(kind=media.Kind.VIDEO): {clip},
        media.Filters(source=media.Source.AD): {ad},
        media.Filters(rights=media.Rights.ENDING): {soon},
        media.Filters(rights=media.Rights.ENDED): {over},
        media.Filters(rights=media.Rights.FINE): {cone, clip, ad, far},
        media.Filters(tag="summer", kind=media.Kind.IMAGE): {cone},
    }
    with world.web.tx(cast.vera) as tx:
        found = {filters: {one.id for one in media.page(tx, filters).assets} for filters in expected}
        told = media.counts(tx)
        assert media.tags(tx) == ["summer", "ice cream"]
    assert found == {filters: {one.id for one in assets} for filters, assets in expected.items()}
    assert (told.files, told.ending, told.ended) == (6, 1, 1)
    assert told.size_bytes == sum(one.size_bytes for one in (cone, clip, ad, soon, over, far))


def test_somebody_elsewhere_and_nobody_see_an_empty_library(world: World, cast: Cast, many: list[media.Asset]) -> None:
    for scope in (cast.cleo, cast.nobody):
        with world.web.tx(scope) as tx:
            assert media.page(tx) == media.Page(assets=())
            assert media.counts(tx).files == 0
            assert media.tags(tx) == []
            assert media.find_assets(tx, [asset.id for asset in many]) == []


def test_rights_end_with_their_last_day(world: World, cast: Cast) -> None:
    asset = make_asset(world, cast.ana, name="crowd.jpg", rights_end_on=date(2026, 11, 3))
    assert media.rights_problem(asset, date(2026, 11, 3)) == ""
    assert media.rights_problem(asset, date(2026, 11, 4)) == "The rights to crowd.jpg ended on 3 November 2026."
    assert media.rights_problem(asset.model_copy(update={"rights_end_on": None}), date(2099, 1, 1)) == ""
    today = START.date()
    states = [media.rights_of(today + timedelta(days=days), today) for days in (-1, 0, 30, 31)]
    assert states == [media.Rights.ENDED, media.Rights.ENDING, media.Rights.ENDING, media.Rights.FINE]
