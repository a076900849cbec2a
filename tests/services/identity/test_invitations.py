"""Inviting by link: one person, one use, seven days."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from services import identity
from services.identity import Role
from services.kit.errors import UserError
from tests.makers.cast import Cast
from tests.makers.identity import HERE, PASSWORD, audited, give_password
from tests.makers.world import World


def _invite(world: World, cast: Cast, role: Role = Role.EDITOR, email: str = "") -> str:
    with world.web.tx(cast.ana) as tx:
        return identity.invite(tx, email or f"New-{tx.new_id().hex}@Example.com", role)


def _accept(world: World, token: str, password: str = PASSWORD, name: str = "Nia") -> str:
    return identity.accept_invitation(world.web, token, name, password, HERE)


def test_the_holder_of_the_link_joins_with_the_role_it_names(world: World, cast: Cast) -> None:
    token = _invite(world, cast, Role.VIEWER)
    offer = identity.invited(world.web, token)
    assert offer is not None and (offer.org_name, offer.role) == ("Acme", Role.VIEWER)
    person = identity.viewer(world.web, _accept(world, token, name="Nia Bell"))
    assert person is not None
    assert (person.org_id, person.role, person.display_name, person.email) == (
        cast.acme,
        Role.VIEWER,
        "Nia Bell",
        offer.email,
    )
    assert identity.viewer(world.web, identity.sign_in(world.web, offer.email, PASSWORD, HERE)) is not None
    assert [audited(world, cast.acme, act) for act in ("invited", "joined")] == [1, 1]


def test_a_link_works_once_even_for_two_at_the_same_time(world: World, cast: Cast) -> None:
    token = _invite(world, cast)

    def accept(_: int) -> bool:
        try:
            return bool(_accept(world, token))
        except UserError:
            return False

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(accept, range(4))) == [False, False, False, True]
    assert identity.invited(world.web, token) is None


def test_a_link_ends_after_seven_days(world: World, cast: Cast) -> None:
    token = _invite(world, cast)
    world.clock.move(days=7)
    assert identity.invited(world.web, token) is None
    with pytest.raises(identity.LinkSpent):
        _accept(world, token)


def test_a_withdrawn_link_is_worth_nothing(world: World, cast: Cast) -> None:
    token = _invite(world, cast)
    with world.web.tx(cast.ana) as tx:
        (open_one,) = identity.invitations(tx)
        identity.withdraw_invitation(tx, open_one.id)
        assert identity.invitations(tx) == []
        with pytest.raises(identity.LinkSpent):
            identity.withdraw_invitation(tx, open_one.id)
    with pytest.raises(identity.LinkSpent):
        _accept(world, token)


def test_a_new_invitation_replaces_the_open_one(world: World, cast: Cast) -> None:
    first = _invite(world, cast, Role.ADMIN, "same@example.org")
    second = _invite(world, cast, Role.VIEWER, "SAME@example.org")
    assert identity.invited(world.web, first) is None
    assert identity.invited(world.web, second) is not None


def test_somebody_with_a_sign_in_elsewhere_joins_with_its_password_and_stays_one_person(
    world: World, cast: Cast
) -> None:
    email = give_password(world, cast.cleo)
    token = _invite(world, cast, Role.EDITOR, email)
    with pytest.raises(identity.EmailTaken):
        _accept(world, token, "not her password")
    person = identity.viewer(world.web, _accept(world, token))
    assert person is not None
    assert (person.user_id, person.org_id) == (cast.cleo.user_id, cast.acme)
    assert len(identity.my_organisations(world.web, person)) == 2


def test_an_invitation_is_no_way_to_guess_somebodys_password(world: World, cast: Cast) -> None:
    token = _invite(world, cast, Role.EDITOR, give_password(world, cast.cleo))
    for _ in range(5):
        with pytest.raises(identity.EmailTaken):
            _accept(world, token, "wrong but long enough")
    with pytest.raises(identity.TooManyAttempts):
        _accept(world, token)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", ""])
def test_a_weak_password_leaves_the_link_working(world: World, cast: Cast, password: str) -> None:
    token = _invite(world, cast)
    with pytest.raises(identity.PasswordTooWeak):
        _accept(world, token, password)
    assert identity.viewer(world.web, _accept(world, token)) is not None


def test_members_are_not_invited_again_and_nobody_is_invited_as_owner(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        ben = next(one for one in identity.members(tx) if one.display_name == "Ben")
        with pytest.raises(identity.AlreadyMember):
            identity.invite(tx, ben.email, Role.EDITOR)
        with pytest.raises(identity.OwnersOnly):
            identity.invite(tx, "new@example.com", Role.OWNER)
        with pytest.raises(identity.EmailWrong):
            identity.invite(tx, "<script>@example.com", Role.EDITOR)


def test_editors_and_outsiders_neither_invite_nor_see_invitations(world: World, cast: Cast) -> None:
    _invite(world, cast)
    for scope in (cast.ben, cast.vera):
        with world.web.tx(scope) as tx:
            with pytest.raises(identity.RoleTooLow):
                identity.invitations(tx)
            with pytest.raises(identity.RoleTooLow):
                identity.invite(tx, "friend@example.com", Role.VIEWER)
    with world.web.tx(cast.ana) as tx:
        (open_one,) = identity.invitations(tx)
    with world.web.tx(cast.cleo) as tx:
        assert identity.invitations(tx) == []
        with pytest.raises(identity.LinkSpent):
            identity.withdraw_invitation(tx, UUID(str(open_one.id)))
