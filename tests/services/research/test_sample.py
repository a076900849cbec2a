"""The sample workspace's ads: in with one act, out with one act, own rows untouched."""

import pytest

from services import research
from services.identity import RoleTooLow
from tests.makers.cast import Cast
from tests.makers.research import ADS_CSV, ads_file, imported, run, wall
from tests.makers.world import World


def _load(world: World, cast: Cast) -> list[research.Import]:
    return [run(world, cast.ana, one) for one in research.load_sample(world.web, cast.ana)]


def test_the_sample_comes_in_and_goes_out_whole(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        assert research.is_empty(tx) and not research.has_sample(tx)
    done = _load(world, cast)
    assert [(one.state, one.rows_wrong, one.is_sample) for one in done] == [(research.ImportState.DONE, 0, True)] * 2
    with world.web.tx(cast.ana) as tx:
        held = research.overview(tx)
        assert research.has_sample(tx) and held.running == 38
        assert research.remove_sample(tx) == held.ads == 344
        assert research.is_empty(tx) and research.list_advertisers(tx) == []
        assert tx.value("select count(*) from app.audit_log where act = 'removed sample'", {}) == 1


def test_loading_twice_is_refused(world: World, cast: Cast) -> None:
    _load(world, cast)
    with pytest.raises(research.SampleLoaded):
        research.load_sample(world.web, cast.ana)


def test_own_imports_stay_also_where_they_hold_the_same_ads(world: World, cast: Cast) -> None:
    _load(world, cast)
    imported(world, cast.ana, ads_file(3))
    own = ADS_CSV.read_bytes()
    assert imported(world, cast.ana, own[: own.index(b"504011960185034")], "own.csv").rows_same == 1
    with world.web.tx(cast.ana) as tx:
        research.remove_sample(tx)
        advertisers = {one.name for one in research.list_advertisers(tx)}
    assert {ad.file_name for ad in wall(world, cast.ana)} == {"ads.csv", "own.csv"}
    assert len(wall(world, cast.ana)) == 4 and advertisers == {"Northwind Shoes", "FCTRY"}


def test_a_sample_never_claims_own_rows(world: World, cast: Cast) -> None:
    imported(world, cast.ana, ADS_CSV.read_bytes(), "own.csv")
    _load(world, cast)
    with world.web.tx(cast.ana) as tx:
        research.remove_sample(tx)
    assert len(wall(world, cast.ana, limit=500)) == 100


def test_a_viewer_can_neither_load_nor_remove_it(world: World, cast: Cast) -> None:
    with pytest.raises(RoleTooLow):
        research.load_sample(world.web, cast.vera)
    with world.web.tx(cast.vera) as tx, pytest.raises(RoleTooLow):
        research.remove_sample(tx)
