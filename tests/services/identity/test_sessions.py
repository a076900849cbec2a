"""The life of a session: used, moved, ended, and worth nothing afterwards."""

from dataclasses import replace

import pytest

from services import identity
from services.kit.db import Scope
from tests.makers.cast import Cast, join
from tests.makers.identity import HERE, PASSWORD, email_of, sign_in
from tests.makers.world import World


def test_an_unknown_session_is_nobody(world: World) -> None:
    assert [identity.viewer(world.web, one) for one in (None, "", "guess", "x" * 5000)] == [None] * 4


def test_a_session_lasts_thirty_days_from_its_last_use(world: World, cast: Cast) -> None:
    session = sign_in(world, cast.ana)
    for _ in range(3):
        world.clock.move(days=29)
        assert identity.viewer(world.web, session) is not None
    world.clock.move(days=30, seconds=1)
    assert identity.viewer(world.web, session) is None


def test_use_is_noted_at_most_once_a_minute(world: World, cast: Cast) -> None:
    session = sign_in(world, cast.ana)
    person = identity.viewer(world.web, session)
    assert person is not None

    def seen_seconds_ago() -> float:
        (one,) = [s for s in identity.my_sessions(world.web, person, session) if s.is_current]
        return (world.clock.now() - one.seen_at).total_seconds()

    world.clock.move(seconds=59)
    identity.viewer(world.web, session)
    assert seen_seconds_ago() == 59
    world.clock.move(seconds=1)
    identity.viewer(world.web, session)
    assert seen_seconds_ago() == 0


def test_signing_out_ends_this_browser_only(world: World, cast: Cast) -> None:
    here, there = sign_in(world, cast.ana), sign_in(world, cast.ana)
    identity.sign_out(world.web, here)
    identity.sign_out(world.web, here)
    assert identity.viewer(world.web, here) is None
    assert identity.viewer(world.web, there) is not None


def test_signing_out_everywhere_ends_all_of_mine_and_nobody_elses(world: World, cast: Cast) -> None:
    mine = [sign_in(world, cast.ana) for _ in range(3)]
    bens = sign_in(world, cast.ben)
    person = identity.viewer(world.web, mine[0])
    assert person is not None
    assert identity.sign_out_everywhere(world.web, person) == 3
    assert [identity.viewer(world.web, one) for one in mine] == [None] * 3
    assert identity.viewer(world.web, bens) is not None


def test_signing_in_again_ends_the_session_the_browser_had(world: World, cast: Cast) -> None:
    before = sign_in(world, cast.ana)
    after = identity.sign_in(world.web, email_of(world, cast.ana), PASSWORD, replace(HERE, session_id=before))
    assert before != after
    assert identity.viewer(world.web, before) is None
    assert identity.viewer(world.web, after) is not None


def test_the_list_of_sessions_is_mine_and_marks_this_browser(world: World, cast: Cast) -> None:
    here, _ = sign_in(world, cast.ana), sign_in(world, cast.ana)
    sign_in(world, cast.ben)
    person = identity.viewer(world.web, here)
    assert person is not None
    found = identity.my_sessions(world.web, person, here)
    assert len(found) == 2
    assert [one.user_agent for one in found if one.is_current] == [HERE.user_agent]


def test_a_person_of_two_organisations_chooses(world: World, cast: Cast) -> None:
    assert cast.ana.user_id is not None
    session = sign_in(world, cast.ana)
    with pytest.raises(identity.MemberGone):
        identity.change_organisation(world.web, session, cast.other)
    join(world, cast.ana.user_id, cast.other, "viewer", "Ana", "ana@example.com")
    identity.change_organisation(world.web, session, cast.other)
    person = identity.viewer(world.web, session)
    assert person is not None
    assert (person.org_id, person.role) == (cast.other, identity.Role.VIEWER)
    assert [one.id for one in identity.my_organisations(world.web, person)] == [cast.acme, cast.other]


def test_a_new_name_shows_everywhere(world: World, cast: Cast) -> None:
    person = identity.viewer(world.web, session := sign_in(world, cast.vera))
    assert person is not None
    identity.rename_me(world.web, person, "  Vera\n Okafor ")
    renamed = identity.viewer(world.web, session)
    assert renamed is not None and renamed.display_name == "Vera Okafor"
    with pytest.raises(identity.NameWrong):
        identity.rename_me(world.web, person, "\t")


def test_a_scope_of_somebody_removed_sees_nothing(world: World, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    identity.remove_member(world.web, cast.ana, cast.ben.user_id)
    with world.web.tx(Scope(cast.acme, cast.ben.user_id)) as tx:
        assert identity.members(tx) == []
