"""Double clicks and two tabs: one effect, whoever is first."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import UUID

from services import approvals
from services.kit.errors import UserError
from tests.makers.accounts import make_channel
from tests.makers.approvals import make_approval, make_request
from tests.makers.cast import Cast
from tests.makers.world import World


def _at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in threads that start together; what became of each: "done", or the name of the refusal."""
    told, barrier = ["?"] * len(acts), Barrier(len(acts))

    def run(place: int) -> None:
        barrier.wait(10)
        try:
            acts[place]()
            told[place] = "done"
        except UserError as error:
            told[place] = type(error).__name__

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(told)


def _approves(world: World, cast: Cast, request_id: UUID, channel: UUID) -> Callable[[], object]:
    def act() -> None:
        with world.web.tx(cast.ben) as tx:
            approvals.approve(tx, request_id, [channel])

    return act


def _decisions(world: World, request_id: UUID) -> int:
    with world.worker.admin_tx() as tx:
        return int(
            tx.value(
                "select count(*) from queue.procrastinate_jobs where task_name = 'notifications.tell_draft_decided' "
                "and args ->> 'request_id' = %(id)s",
                {"id": str(request_id)},
            )
        )


def test_a_double_click_on_approve_has_one_effect(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    for _ in range(5):
        request_id = make_request(world, cast)
        act = _approves(world, cast, request_id, channel)
        assert _at_once(act, act, act) == ["AlreadyDecided", "AlreadyDecided", "done"]
        with world.web.tx(cast.ben) as tx:
            assert len(approvals.approvals_of(tx, request_id)) == 1
        assert _decisions(world, request_id) == 1


def test_approve_in_one_tab_and_reject_in_the_other_is_one_decision(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    for _ in range(5):
        request_id = make_request(world, cast)

        def rejects(request_id: UUID = request_id) -> None:
            with world.web.tx(cast.ben) as tx:
                approvals.reject(tx, request_id, "No")

        told = _at_once(_approves(world, cast, request_id, channel), rejects)
        assert told == ["AlreadyDecided", "done"]
        with world.web.tx(cast.ben) as tx:
            (item,) = [one for one in approvals.decided_queue(tx) if one.id == request_id]
            assert len(approvals.approvals_of(tx, request_id)) == (1 if item.state == "approved" else 0)


def test_asking_from_two_tabs_is_one_request(world: World, cast: Cast) -> None:
    given = make_approval(world, cast)

    def asks() -> None:
        with world.web.tx(cast.ana) as tx:
            approvals.ask(tx, given.version_id)

    assert _at_once(asks, asks, asks) == ["done", "done", "done"]
    with world.web.tx(cast.ana) as tx:
        assert len(approvals.waiting_queue(tx)) == 1


def test_taking_back_and_asking_at_once_never_leaves_two_waiting(world: World, cast: Cast) -> None:
    for _ in range(5):
        given = make_approval(world, cast)

        def takes_back(given: approvals.Approval = given) -> None:
            with world.web.tx(cast.ben) as tx:
                approvals.take_back(tx, given.request_id)

        def asks(given: approvals.Approval = given) -> None:
            with world.web.tx(cast.ana) as tx:
                approvals.ask(tx, given.version_id)

        assert _at_once(takes_back, asks) in (["LaterWaits", "done"], ["done", "done"])
        with world.web.tx(cast.ana) as tx:
            same = [item for item in approvals.waiting_queue(tx) if item.version_id == given.version_id]
            assert len(same) == 1
