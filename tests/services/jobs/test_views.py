"""A person keeps filters under a name, for themselves."""

import pytest

from services import jobs
from services.jobs import views
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.world import World


def _names(world: World, scope: Scope, screen: str = "jobs") -> list[tuple[str, str]]:
    with world.web.tx(scope) as tx:
        return [(view.name, view.query) for view in jobs.saved_views(tx, screen)]


def test_a_view_is_kept_replaced_by_its_name_and_forgotten(world: World, cast: Cast) -> None:
    with world.web.tx(cast.vera) as tx:
        jobs.save_view(tx, "jobs", "  My   failures ", "state=failed")
        jobs.save_view(tx, "jobs", "my failures", "state=dead")
        jobs.save_view(tx, "results", "Mine", "x=1")
    assert _names(world, cast.vera) == [("my failures", "state=dead")]
    with world.web.tx(cast.vera) as tx:
        (view,) = jobs.saved_views(tx, "jobs")
        jobs.forget_view(tx, view.id)
    assert _names(world, cast.vera) == []


def test_nobody_sees_or_forgets_a_view_of_somebody_else(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        jobs.save_view(tx, "jobs", "Ana's", "state=dead")
        (view,) = jobs.saved_views(tx, "jobs")
    for other in (cast.ben, cast.cleo):
        assert _names(world, other) == []
        with world.web.tx(other) as tx:
            jobs.forget_view(tx, view.id)
    assert _names(world, cast.ana) == [("Ana's", "state=dead")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name(world: World, cast: Cast, name: str) -> None:
    with world.web.tx(cast.ana) as tx, pytest.raises(jobs.ViewNameWrong):
        jobs.save_view(tx, "jobs", name, "")


def test_the_last_view_that_fits_can_still_be_changed(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "VIEWS_MOST", 1)
    with world.web.tx(cast.ana) as tx:
        jobs.save_view(tx, "jobs", "Mine", "state=failed")
        jobs.save_view(tx, "jobs", "mine", "state=dead")
        assert [(one.name, one.query) for one in jobs.saved_views(tx, "jobs")] == [("mine", "state=dead")]
        with pytest.raises(jobs.TooManyViews):
            jobs.save_view(tx, "jobs", "Other", "state=dead")
