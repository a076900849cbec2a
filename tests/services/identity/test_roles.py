"""The role matrix, cell by cell, asked of a real database; and what people of each role may do to each other."""

import pytest

from services import identity
from services.identity import MATRIX, Act, Role
from services.kit.db import Scope
from tests.makers.cast import Cast, join, make_person
from tests.makers.identity import audited, sign_in
from tests.makers.world import World


def _member(world: World, cast: Cast, role: Role, name: str = "Max") -> Scope:
    email = f"{name.lower()}-{world.web.ids.new().hex[-8:]}@example.com"
    return join(world, make_person(world, email), cast.acme, role, name, email)


def _role(world: World, cast: Cast, who: Scope) -> Role | None:
    with world.web.tx(cast.ana) as tx:
        return next((one.role for one in identity.members(tx) if one.user_id == who.user_id), None)


def test_every_act_has_a_row_and_owners_may_do_everything() -> None:
    assert set(MATRIX) == set(Act)
    assert all(Role.OWNER in roles for roles in MATRIX.values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_the_database_answers_as_the_matrix_says(world: World, cast: Cast, act: Act, role: Role) -> None:
    who = _member(world, cast, role)
    with world.web.tx(who) as tx:
        if role in MATRIX[act]:
            identity.demand(tx, act)
        else:
            with pytest.raises(identity.RoleTooLow):
                identity.demand(tx, act)


@pytest.mark.parametrize("act", Act)
def test_somebody_from_elsewhere_may_do_nothing_here(world: World, cast: Cast, act: Act) -> None:
    with world.web.tx(Scope(cast.acme, cast.cleo.user_id)) as tx, pytest.raises(identity.RoleTooLow):
        identity.demand(tx, act)


@pytest.mark.parametrize("target", Role)
@pytest.mark.parametrize("actor", Role)
def test_only_owners_touch_owners_and_only_owners_and_admins_touch_anybody(
    world: World, cast: Cast, actor: Role, target: Role
) -> None:
    acting, other = _member(world, cast, actor, "Kim"), _member(world, cast, target)
    allowed = actor is Role.OWNER or (actor is Role.ADMIN and target is not Role.OWNER)
    becomes = Role.VIEWER if target is not Role.VIEWER else Role.EDITOR
    if allowed:
        with world.web.tx(acting) as tx:
            identity.change_role(tx, other.user_id, becomes)  # type: ignore[arg-type]
        assert _role(world, cast, other) is becomes
        assert audited(world, cast.acme, "role_changed") == 1
        return
    with pytest.raises((identity.RoleTooLow, identity.OwnersOnly)), world.web.tx(acting) as tx:
        identity.change_role(tx, other.user_id, becomes)  # type: ignore[arg-type]
    with pytest.raises((identity.RoleTooLow, identity.OwnersOnly)):
        identity.remove_member(world.web, acting, other.user_id)  # type: ignore[arg-type]
    assert _role(world, cast, other) is target


def test_an_admin_cannot_make_an_owner(world: World, cast: Cast) -> None:
    admin = _member(world, cast, Role.ADMIN)
    with pytest.raises(identity.OwnersOnly), world.web.tx(admin) as tx:
        identity.change_role(tx, admin.user_id, Role.OWNER)  # type: ignore[arg-type]


def test_the_wall_itself_keeps_admins_from_owners(world: World, cast: Cast) -> None:
    admin = _member(world, cast, Role.ADMIN)
    with world.web.tx(admin) as tx:
        changed = tx.run(
            "update app.org_members set role = 'viewer' where user_id = %(user)s", {"user": cast.ana.user_id}
        )
        removed = tx.run("delete from app.org_members where user_id = %(user)s", {"user": cast.ana.user_id})
    assert (changed, removed) == (0, 0)


def test_the_last_owner_stays_owner(world: World, cast: Cast) -> None:
    assert cast.ana.user_id is not None
    with pytest.raises(identity.LastOwner), world.web.tx(cast.ana) as tx:
        identity.change_role(tx, cast.ana.user_id, Role.ADMIN)
    with pytest.raises(identity.LastOwner):
        identity.remove_member(world.web, cast.ana, cast.ana.user_id)
    second = _member(world, cast, Role.OWNER)
    with world.web.tx(second) as tx:
        identity.change_role(tx, cast.ana.user_id, Role.ADMIN)
    assert _role(world, cast, cast.ana) is Role.ADMIN


def test_a_removed_member_is_out_at_once_and_stays_out_when_asked_back(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    session = sign_in(world, cast.ben)
    identity.remove_member(world.web, cast.ana, cast.ben.user_id)
    assert identity.viewer(world.web, session) is None
    join(world, cast.ben.user_id, cast.acme, "viewer", "Ben", "ben@example.com")
    assert identity.viewer(world.web, session) is None
    assert audited(world, cast.acme, "removed") == 1
