"""A wish to stop that meets another system that is away."""

import pytest

from services import jobs
from services.jobs.kinds.demo import Demo
from services.kit.errors import Unavailable
from tests.makers.cast import Cast
from tests.makers.schedules import AT_ONCE, Silent, clear
from tests.makers.world import World


def test_one_that_is_asked_to_stop_is_not_tried_again(
    world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear(world)
    made = jobs.start_now(world.web, cast.ben, "demo", AT_ONCE).start_id

    def away(*_: object) -> jobs.Outcome:
        jobs.cancel_start(world.web, cast.ben, made)
        raise Unavailable("The platform is away.")

    monkeypatch.setattr(Demo, "run", away)
    jobs.run_start(world.worker, cast.acme, made, Silent())
    with world.web.tx(cast.ana) as tx:
        found = jobs.get_start(tx, made)
    assert (found.state, found.error) == ("cancelled", "The platform is away.")
