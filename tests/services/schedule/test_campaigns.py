"""Campaigns on a brand's calendar: who makes them, which days they touch, what is refused."""

from datetime import date
from uuid import UUID

import pytest

from services import brands, identity, schedule
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.world import World

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)


def _make(world: World, cast: Cast, name: str = "Black cherry week", scope: Scope | None = None) -> UUID:
    with world.web.tx(scope or cast.ana) as tx:
        return schedule.make_campaign(tx, cast.brand, name, FIRST, LAST, "blue")


def _names(world: World, scope: Scope, brand: UUID, first: date, last: date) -> list[str]:
    with world.web.tx(scope) as tx:
        return [one.name for one in schedule.campaigns(tx, brand, first, last)]


def test_a_campaign_is_found_by_every_day_it_touches(world: World, cast: Cast) -> None:
    _make(world, cast)
    assert _names(world, cast.vera, cast.brand, LAST, date(2026, 12, 6)) == ["Black cherry week"]
    assert _names(world, cast.vera, cast.brand, date(2026, 11, 1), FIRST) == ["Black cherry week"]
    assert _names(world, cast.vera, cast.brand, date(2026, 11, 28), date(2026, 12, 6)) == []


def test_a_campaign_is_changed_and_taken_off(world: World, cast: Cast) -> None:
    made = _make(world, cast)
    with world.web.tx(cast.ben) as tx:
        schedule.change_campaign(tx, made, "  Cherry   fortnight ", FIRST, date(2026, 12, 4), "red")
        (found,) = schedule.campaigns(tx, cast.brand, FIRST, LAST)
        assert (found.name, found.ends_on, found.colour) == ("Cherry fortnight", date(2026, 12, 4), "red")
        assert schedule.remove_campaign(tx, made) == found
        with pytest.raises(schedule.CampaignNotFound):
            schedule.remove_campaign(tx, made)
        with pytest.raises(schedule.CampaignNotFound):
            schedule.change_campaign(tx, made, "x", FIRST, LAST, "red")


def test_what_is_no_campaign_is_refused_with_a_sentence(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        with pytest.raises(schedule.CampaignNameWrong):
            schedule.make_campaign(tx, cast.brand, "   ", FIRST, LAST)
        with pytest.raises(schedule.CampaignNameWrong):
            schedule.make_campaign(tx, cast.brand, "x" * 81, FIRST, LAST)
        with pytest.raises(schedule.DaysWrong):
            schedule.make_campaign(tx, cast.brand, "x", LAST, FIRST)
        with pytest.raises(schedule.DaysWrong):
            schedule.make_campaign(tx, cast.brand, "x", FIRST, date(2028, 1, 1))


def test_viewers_make_none_and_cleo_sees_and_changes_none(world: World, cast: Cast) -> None:
    made = _make(world, cast)
    with pytest.raises(identity.RoleTooLow):
        _make(world, cast, scope=cast.vera)
    assert _names(world, cast.cleo, cast.brand, FIRST, LAST) == []
    with world.web.tx(cast.cleo) as tx, pytest.raises(schedule.CampaignNotFound):
        schedule.change_campaign(tx, made, "Mine", FIRST, LAST, "red")
    with world.web.tx(cast.cleo) as tx, pytest.raises(brands.BrandNotFound):
        schedule.make_campaign(tx, cast.brand, "Mine", FIRST, LAST)
