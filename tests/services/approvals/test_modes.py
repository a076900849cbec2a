"""The rule of a brand: who changes it, what it does to a decision, and that the seal stands under every one."""

import psycopg
import pytest

from services import approvals, brands, identity
from services.approvals.models import Level, Mode, Need
from services.events import DraftDecided, ReviewRequested
from services.kit.db import Scope
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_request
from tests.makers.cast import Cast, join, make_person
from tests.makers.world import World


def _rule(world: World, cast: Cast, mode: Mode, *levels: Level) -> None:
    with world.web.tx(cast.ana) as tx:
        approvals.set_policy(tx, cast.brand, mode, levels)


def _dora(world: World, cast: Cast) -> Scope:
    return join(
        world, make_person(world, f"d{world.web.ids.new().hex}@example.com"), cast.acme, "editor", "Dora", "d@x"
    )


def _of(*scopes: Scope, need: Need = Need.ANY) -> Level:
    return Level(need=need, people=tuple(scope.user_id for scope in scopes if scope.user_id))


def test_a_brand_without_a_rule_asks_for_somebody_elses_decision(world: World, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        assert approvals.policy_of(tx, cast.brand) == approvals.Policy(mode=Mode.REQUIRED)


def test_changing_the_rule_is_for_admins_and_stands_in_the_audit_log(world: World, cast: Cast) -> None:
    for scope, error in ((cast.ben, identity.RoleTooLow), (cast.cleo, brands.BrandNotFound)):
        with pytest.raises(error), world.web.tx(scope) as tx:
            approvals.set_policy(tx, cast.brand, Mode.NONE)
    _rule(world, cast, Mode.OPTIONAL)
    _rule(world, cast, Mode.NONE)
    with world.web.tx(cast.ana) as tx:
        assert approvals.policy_of(tx, cast.brand).mode is Mode.NONE
        details = tx.tuples("select detail ->> 'before', detail ->> 'after' from app.audit_log "
                            "where act = 'changed approvals' order by id", {})  # fmt: skip
    assert details == [("required", "optional"), ("optional", "none")]


def test_levels_name_one_to_five_groups_of_people_who_decide(world: World, cast: Cast) -> None:
    for levels in ((), (_of(cast.ben),) * 6):
        with pytest.raises(approvals.LevelsMissing):
            _rule(world, cast, Mode.LEVELS, *levels)
    for level in (Level(), _of(cast.vera), _of(cast.ben, cast.cleo)):
        with pytest.raises(approvals.LevelEmpty):
            _rule(world, cast, Mode.LEVELS, level)


@pytest.mark.parametrize("mode", [Mode.NONE, Mode.OPTIONAL])
def test_an_author_alone_confirms_and_the_approval_says_so_with_the_same_seal(
    world: World, cast: Cast, mode: Mode
) -> None:
    _rule(world, cast, mode)
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with pytest.raises(approvals.ConfirmFirst), world.web.tx(cast.ana) as tx:
        approvals.approve(tx, request_id, [channel])
    with world.web.tx(cast.ana) as tx:
        (given,) = approvals.approve(tx, request_id, [channel], confirmed=True)
        assert given.seal == approvals.content_for(tx, given.version_id, channel).seal()
    assert (given.by_author, given.mode) == (True, mode)


def test_somebody_elses_approval_is_not_marked_and_confirming_does_not_open_a_required_one(
    world: World, cast: Cast
) -> None:
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ana) as tx:
        approvals.approve(tx, request_id, [channel], confirmed=True)
    with world.web.tx(cast.ben) as tx:
        (given,) = approvals.approve(tx, request_id, [channel])
    assert (given.by_author, given.mode) == (False, Mode.REQUIRED)


def test_several_levels_seal_only_with_the_last_yes(world: World, cast: Cast) -> None:
    dora = _dora(world, cast)
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    _rule(world, cast, Mode.LEVELS, _of(cast.ben, need=Need.ALL), _of(dora))
    with pytest.raises(approvals.OthersDecide), world.web.tx(dora) as tx:
        approvals.approve(tx, request_id, [channel])
    with world.web.tx(cast.ben) as tx:
        assert approvals.approve(tx, request_id, []) == []
        assert [event for _, event in tx.take_events()] == [ReviewRequested(request_id)]
        assert approvals.approvals_of(tx, request_id) == []
    with world.web.tx(dora) as tx:
        (item,) = approvals.waiting_queue(tx)
        assert approvals.standing_of(item, approvals.deciders(tx)).level == 2
        assert len(approvals.approve(tx, request_id, [channel])) == 1
        assert [event for _, event in tx.take_events()] == [DraftDecided(request_id)]


def test_the_last_yes_needs_a_channel_and_leaves_nothing_behind_without_one(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    _rule(world, cast, Mode.LEVELS, _of(cast.ben))
    with pytest.raises(approvals.NoChannel), world.web.tx(cast.ben) as tx:
        approvals.approve(tx, request_id, [])
    with world.web.tx(cast.ben) as tx:
        assert approvals.sign_offs(tx, request_id) == []


def test_a_yes_is_taken_back_until_somebody_speaks_after_it(world: World, cast: Cast) -> None:
    dora = _dora(world, cast)
    request_id, channel = make_request(world, cast), make_channel(world, cast)
    _rule(world, cast, Mode.LEVELS, _of(cast.ben), _of(dora))
    for _ in range(2):
        with world.web.tx(cast.ben) as tx:
            approvals.approve(tx, request_id, [])
        with world.web.tx(cast.ben) as tx:
            approvals.take_back(tx, request_id)
            assert approvals.sign_offs(tx, request_id) == []
    with world.web.tx(cast.ben) as tx:
        approvals.approve(tx, request_id, [])
    with world.web.tx(dora) as tx:
        approvals.approve(tx, request_id, [channel])
    with pytest.raises(approvals.OwnWork), world.web.tx(cast.ben) as tx:
        approvals.take_back(tx, request_id)
    with world.web.tx(dora) as tx:
        approvals.take_back(tx, request_id)
        assert [one.user_id for one in approvals.sign_offs(tx, request_id)] == [cast.ben.user_id]
        assert approvals.approvals_of(tx, request_id) == []


def test_a_no_at_any_level_ends_the_request(world: World, cast: Cast) -> None:
    dora, request_id = _dora(world, cast), make_request(world, cast)
    _rule(world, cast, Mode.LEVELS, _of(cast.ben), _of(dora))
    with world.web.tx(cast.ben) as tx:
        approvals.reject(tx, request_id, "Not this cone")
    with world.web.tx(cast.ana) as tx:
        assert approvals.count_waiting(tx) == 0


def test_nobody_signs_in_somebody_elses_name(world: World, cast: Cast) -> None:
    request_id = make_request(world, cast)
    with world.web.tx(cast.ben) as tx:
        with pytest.raises(psycopg.errors.InsufficientPrivilege), tx.connection.transaction():
            tx.run(
                "insert into app.sign_offs (id, org_id, request_id, level, signed_by, signed_at) "
                "values (%(id)s, %(org)s, %(request)s, 1, %(ana)s, now())",
                {"id": tx.new_id(), "org": cast.acme, "request": request_id, "ana": cast.ana.user_id},
            )


def test_for_whom_it_waits_is_the_same_in_the_short_list_and_in_the_queue(world: World, cast: Cast) -> None:
    make_request(world, cast, name="One"), make_request(world, cast, cast.ben, name="Two")
    for mode in (Mode.REQUIRED, Mode.OPTIONAL, Mode.NONE):
        _rule(world, cast, mode)
        with world.web.tx(cast.ana) as tx:
            deciding = approvals.deciders(tx)
            lists = (approvals.waiting(tx), approvals.waiting_queue(tx))
            for who in (cast.ana.user_id, cast.ben.user_id, cast.vera.user_id):
                assert who is not None
                short, full = ([one.id for one in found if approvals.is_asked(one, who, deciding)] for found in lists)
                assert short == full
                assert len(short) == (0 if who == cast.vera.user_id else 1)


def test_without_approvals_it_waits_for_its_author_and_else_for_others(world: World, cast: Cast) -> None:
    make_request(world, cast)
    asked = {}
    for mode in Mode:
        _rule(world, cast, mode, *([_of(cast.ben)] if mode is Mode.LEVELS else []))
        with world.web.tx(cast.ana) as tx:
            (item,), deciding = approvals.waiting(tx), approvals.deciders(tx)
            asked[mode] = [approvals.is_asked(item, who, deciding) for who in (cast.ana.user_id, cast.ben.user_id)]  # type: ignore[arg-type]
    assert asked == {mode: [mode is Mode.NONE, mode is not Mode.NONE] for mode in Mode}
