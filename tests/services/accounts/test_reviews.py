"""How far the platforms' reviews have come, and what that holds back."""

from datetime import date, timedelta

import pytest

from services import accounts, identity
from services.accounts import ReviewState, errors, registry
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.world import World


def found(world: World, cast: Cast) -> dict[str, accounts.Review]:
    with world.web.tx(cast.ana) as tx:
        return {review.platform: review for review in accounts.reviews(tx)}


def test_every_platform_we_can_connect_says_what_it_asks_for(world: World, cast: Cast) -> None:
    assert set(registry.ADAPTERS) <= set(accounts.NEEDS)
    told = found(world, cast)
    assert set(told) == set(registry.ADAPTERS)
    assert {review.state for review in told.values()} == {ReviewState.NOT_STARTED}
    assert all(need.asks and need.takes and need.until for need in accounts.NEEDS.values())


def test_an_application_without_a_day_was_made_today(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        accounts.note_review(tx, "instagram", ReviewState.APPLIED, note="  ticket 7 ")
    review = found(world, cast)["instagram"]
    assert (review.state, review.applied_on, review.note) == (
        ReviewState.APPLIED,
        world.clock.now().date(),
        "ticket 7",
    )
    with world.web.tx(cast.ana) as tx:
        accounts.note_review(tx, "instagram", ReviewState.REFUSED, date(2026, 11, 2))
        audit = "select count(*) from app.audit_log where act = 'noted' and subject_id = 'instagram'"
        assert tx.value(audit, {}) == 2
    assert found(world, cast)["instagram"].applied_on == date(2026, 11, 2)
    with world.web.tx(cast.ana) as tx:
        accounts.note_review(tx, "instagram", ReviewState.NOT_STARTED, date(2026, 11, 2))
    assert found(world, cast)["instagram"].applied_on is None


def test_what_makes_no_sense_is_not_noted(world: World, cast: Cast) -> None:
    tomorrow = world.clock.now().date() + timedelta(days=1)
    with world.web.tx(cast.ana) as tx:
        with pytest.raises(errors.PlatformUnknown):
            accounts.note_review(tx, "myspace", ReviewState.APPLIED)
        with pytest.raises(errors.ReviewDateWrong):
            accounts.note_review(tx, "facebook", ReviewState.APPLIED, tomorrow)
        with pytest.raises(errors.NoteTooLong):
            accounts.note_review(tx, "facebook", ReviewState.APPLIED, note="x" * 501)
    assert found(world, cast)["facebook"].state is ReviewState.NOT_STARTED


def test_only_admins_note_and_another_organisation_sees_nothing_of_it(world: World, cast: Cast) -> None:
    for who in (cast.ben, cast.vera):
        with pytest.raises(identity.RoleTooLow), world.web.tx(who) as tx:
            accounts.note_review(tx, "facebook", ReviewState.GRANTED)
    with world.web.tx(cast.ana) as tx:
        accounts.note_review(tx, "facebook", ReviewState.GRANTED)
    with world.web.tx(cast.cleo) as tx:
        assert {review.state for review in accounts.reviews(tx)} == {ReviewState.NOT_STARTED}
        accounts.note_review(tx, "facebook", ReviewState.REFUSED)
    assert found(world, cast)["facebook"].state is ReviewState.GRANTED


def test_a_real_channel_is_held_back_until_the_review_is_granted(world: World, cast: Cast) -> None:
    real = make_channel(world, cast, "tiktok", is_practice=False)
    practice = make_channel(world, cast, "tiktok")
    with world.web.tx(cast.ana) as tx:
        channel, other = accounts.channel(tx, real), accounts.channel(tx, practice)
    applied = accounts.Review(platform="tiktok", state=ReviewState.APPLIED)
    granted = accounts.Review(platform="tiktok", state=ReviewState.GRANTED)
    assert "itself only" in str(accounts.held_back(channel, []))
    assert "itself only" in str(accounts.held_back(channel, [applied]))
    assert accounts.held_back(channel, [granted]) is None
    assert accounts.held_back(other, []) is None
