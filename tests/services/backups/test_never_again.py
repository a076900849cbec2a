"""A backup that is older than what went out since: the worker's own steps send nothing a second time."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from services import backups, publishing, wiring
from services.kit.clock import Clock
from services.publishing import PostState, Reason
from services.publishing.queries import pulse
from tests.conftest import PASSWORDS
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import make_cast
from tests.makers.linkedin import ROBIN, SCOPES
from tests.makers.posted import approve_files
from tests.makers.practice import running_practice
from tests.makers.publishing import Studio, make_studio, serving
from tests.makers.world import World, make_world
from tests.services.backups.conftest import Server


class Following(Clock):
    """The platforms live in the time of whichever installation is there."""

    def __init__(self, clock: Clock) -> None:
        self.leader = clock

    def now(self) -> datetime:
        return self.leader.now()


@dataclass
class Desk:
    """A studio on a database of its own; `lose` brings its backup back as another installation."""

    studio: Studio
    server: Server
    home: Path
    stack: ExitStack
    time: Following
    folder: Path = field(default_factory=Path)

    def back_up(self) -> None:
        world = self.studio.world
        made, _ = backups.back_up(
            world.worker, self.server.source(world.addresses.admin), self.home / "kept", backups.Keep()
        )
        self.folder = Path(made.folder)

    def lose(self, *, same_folder: bool) -> Studio:
        """The database is gone; the data folder too, except for its keys, unless it is the same one."""
        old, place = self.studio, self.home / ("one" if same_folder else "two")
        if not same_folder:
            shutil.copytree(self.home / "one" / "keys", place / "keys")
        target = self.server.source(self.server.empty())
        operator = self._world(wiring.Addresses(target.address, target.address, target.address), place)
        backups.restore(
            operator.worker, target, self.folder, backups.fitting(self.folder, target, operator.worker.sealer)
        )
        world = self._world(wiring.login_addresses(target.address, PASSWORDS), place)
        self.time.leader = world.clock
        served = self.stack.enter_context(serving(world.worker))
        return Studio(world, old.cast, on_practice(served, old.app.settings.practice_url), old.practice)

    def _world(self, addresses: wiring.Addresses, place: Path) -> World:
        world = make_world(addresses, place, self.studio.world.clock.now())
        self.stack.callback(world.close)
        return world


@pytest.fixture
def desk(server: Server, tmp_path: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        world = stack.enter_context(server.world(tmp_path / "one"))
        time = Following(world.clock)
        practice = stack.enter_context(running_practice(tmp_path, clock=time))
        served = stack.enter_context(serving(world.worker))
        studio = make_studio(world, make_cast(world), served, practice)
        publishing.release_due(studio.app)  # a worker is there
        yield Desk(studio, server, tmp_path, stack, time)


def _publish_now(studio: Studio, post: publishing.Post) -> None:
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.publish_now(tx, post.id)
    studio.world.clock.move(seconds=1)
    assert studio.settle(post).state is PostState.PUBLISHED


def _wait_for(studio: Studio, post: publishing.Post) -> publishing.Post:
    """Time goes by with a worker at work, until after the post's own time."""
    while studio.world.clock.now() < post.due_at:
        studio.world.clock.move(minutes=20)
        publishing.release_due(studio.app)
    return studio.settle(post)


@pytest.mark.parametrize("same_folder", [True, False])
def test_what_went_out_after_the_backup_does_not_go_out_again(desk: Desk, same_folder: bool) -> None:
    out, other = desk.studio.plan_in(1, "facebook"), desk.studio.plan_in(1, "instagram", caption="Not out yet.")
    desk.back_up()
    _publish_now(desk.studio, out)
    restored = desk.lose(same_folder=same_folder)
    restored.world.clock.move(seconds=5)  # sooner than any gap that the worker itself would notice
    assert restored.read(out).state is PostState.PLANNED
    after = _wait_for(restored, out)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(restored.practice.accepted("facebook")) == 1
    assert _wait_for(restored, other).state is PostState.PUBLISHED
    assert len(restored.practice.accepted("instagram")) == 1


def test_a_step_that_was_queued_at_the_backup_looks_first_too(desk: Desk) -> None:
    post = desk.studio.plan("facebook")
    publishing.release_due(desk.studio.app)
    assert desk.studio.read(post).state is PostState.DUE
    desk.back_up()
    assert desk.studio.settle(post).state is PostState.PUBLISHED
    restored = desk.lose(same_folder=False)
    publishing.step(restored.app, restored.cast.acme, post.id)  # before any sweep
    assert len(restored.practice.accepted("facebook")) == 1
    assert restored.settle(post).reason_class == Reason.RESTORED
    assert len(restored.practice.accepted("facebook")) == 1


def test_one_that_is_listed_to_nobody_and_went_out_early_waits_for_a_person(desk: Desk) -> None:
    token = desk.studio.practice.token("linkedin", SCOPES, ROBIN)
    channel = make_channel(desk.studio.world, desk.studio.cast, "linkedin", token=token, remote_id=ROBIN)
    with desk.studio.world.worker.tx(desk.studio.cast.worker) as tx:
        words = ("Fresh today.", "")
        approval = approve_files(tx, desk.studio.cast.brand, channel, words, [], {"linkedin": {"format": "text"}})
    with desk.studio.world.web.tx(desk.studio.cast.ana) as tx:
        post = publishing.plan_post(tx, approval, tx.now + timedelta(hours=48), "Europe/Berlin")
    desk.back_up()
    _publish_now(desk.studio, post)
    restored = desk.lose(same_folder=False)
    after = _wait_for(restored, post)
    assert (after.state, after.reason_class) == (PostState.HELD, Reason.RESTORED)
    assert len(restored.practice.accepted("linkedin")) == 1


def test_every_state_from_which_a_post_may_still_be_sent_is_put_in_doubt(desk: Desk) -> None:
    with desk.studio.world.superuser() as connection:
        ((source,),) = connection.execute("select prosrc from pg_proc where proname = 'mark_restored'").fetchall()
    assert set(re.findall(r"'([a-z]+)'", source)) == {state.value for state in pulse._UNSENT}
