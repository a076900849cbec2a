"""Changing a password, and an owner's link for somebody who forgot theirs."""

import pytest

from services import identity
from tests.makers.cast import Cast, join
from tests.makers.identity import HERE, PASSWORD, audited, email_of, give_password, sign_in
from tests.makers.world import World

NEW = "twelve swans by the river"


def _signed_in(world: World, email: str, password: str) -> bool:
    try:
        return bool(identity.sign_in(world.web, email, password, HERE))
    except identity.WrongSignIn:
        return False


def _link(world: World, cast: Cast) -> str:
    assert cast.ben.user_id is not None
    return identity.make_password_link(world.web, cast.ana, cast.ben.user_id)


def test_an_owners_link_sets_a_new_password_and_ends_every_session(world: World, cast: Cast) -> None:
    session = sign_in(world, cast.ben)
    token = _link(world, cast)
    assert identity.is_password_link_open(world.web, token)
    identity.reset_password(world.web, token, NEW)
    email = email_of(world, cast.ben)
    assert identity.viewer(world.web, session) is None
    assert (_signed_in(world, email, PASSWORD), _signed_in(world, email, NEW)) == (False, True)
    assert [audited(world, cast.acme, act) for act in ("password_link_made", "password_reset")] == [1, 1]


def test_the_link_works_once_for_a_day_and_only_the_newest(world: World, cast: Cast) -> None:
    first, second = _link(world, cast), _link(world, cast)
    with pytest.raises(identity.LinkSpent):
        identity.reset_password(world.web, first, NEW)
    identity.reset_password(world.web, second, NEW)
    with pytest.raises(identity.LinkSpent):
        identity.reset_password(world.web, second, NEW)
    third = _link(world, cast)
    world.clock.move(hours=24)
    with pytest.raises(identity.LinkSpent):
        identity.reset_password(world.web, third, NEW)


def test_a_weak_password_leaves_the_link_working(world: World, cast: Cast) -> None:
    token = _link(world, cast)
    with pytest.raises(identity.PasswordTooWeak):
        identity.reset_password(world.web, token, "short")
    identity.reset_password(world.web, token, NEW)


def test_only_owners_make_links_and_only_for_their_members(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None and cast.cleo.user_id is not None
    for scope in (cast.ben, cast.vera):
        with pytest.raises(identity.RoleTooLow):
            identity.make_password_link(world.web, scope, cast.ben.user_id)
    with pytest.raises(identity.MemberGone):
        identity.make_password_link(world.web, cast.ana, cast.cleo.user_id)
    with pytest.raises(identity.MemberGone):
        identity.make_password_link(world.web, cast.cleo, cast.ben.user_id)


def test_a_refused_link_leaves_the_older_one_working(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    token = _link(world, cast)
    with pytest.raises(identity.RoleTooLow):
        identity.make_password_link(world.web, cast.vera, cast.ben.user_id)
    assert identity.is_password_link_open(world.web, token)


def test_an_owner_cannot_reach_another_organisation_through_a_shared_member(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    join(world, cast.ben.user_id, cast.other, "admin", "Ben", "ben@example.com")
    for owner in (cast.ana, cast.cleo):
        with pytest.raises(identity.MemberElsewhere):
            identity.make_password_link(world.web, owner, cast.ben.user_id)


def test_changing_the_password_keeps_this_browser_and_ends_the_others(world: World, cast: Cast) -> None:
    here, there = sign_in(world, cast.vera), sign_in(world, cast.vera)
    person = identity.viewer(world.web, here)
    assert person is not None
    caller = identity.Caller("198.51.100.2", "Firefox", here)
    with pytest.raises(identity.PasswordWrong):
        identity.change_password(world.web, person, "not mine", NEW, caller)
    with pytest.raises(identity.PasswordTooWeak):
        identity.change_password(world.web, person, PASSWORD, person.email, caller)
    identity.change_password(world.web, person, PASSWORD, NEW, caller)
    assert identity.viewer(world.web, here) is not None
    assert identity.viewer(world.web, there) is None
    assert _signed_in(world, person.email, NEW)


def test_a_stolen_session_cannot_guess_the_present_password(world: World, cast: Cast) -> None:
    email = give_password(world, cast.ben)
    person = identity.viewer(world.web, identity.sign_in(world.web, email, PASSWORD, HERE))
    assert person is not None
    for _ in range(5):
        with pytest.raises(identity.PasswordWrong):
            identity.change_password(world.web, person, "guess", NEW, identity.Caller("198.51.100.3"))
    with pytest.raises(identity.TooManyAttempts):
        identity.change_password(world.web, person, PASSWORD, NEW, identity.Caller("198.51.100.3"))
