"""Every message that needs somebody names the thing, says why and what now, and opens that very thing."""

import pytest

from services import accounts, notifications
from services.notifications import Notice
from tests.makers.accounts import make_channel
from tests.makers.calendar import make_listed
from tests.makers.cast import Cast
from tests.makers.world import World
from worker.tasks import notifications as jobs

NOW = {
    "failed": "Open it to change it and try again.",
    "held": "Open it to put that right.",
    "unconfirmed": "Loopdesk looks for it and does not send it again. Open it to say whether it is there.",
}


def _newest(world: World, cast: Cast) -> Notice:
    with world.web.tx(cast.ana) as tx:
        return notifications.notices(tx)[0]


@pytest.mark.parametrize("state", list(NOW))
def test_a_post_that_stopped_says_why_and_what_now(world: World, cast: Cast, state: str) -> None:
    channel = make_channel(world, cast, "instagram")
    post = make_listed(world, cast, channel, world.clock.now(), state)
    with world.superuser() as connection:
        connection.execute("update app.posts set reason = %s where id = %s", ["Too many tags. " + "w" * 400, post])
    jobs.tell_post_stopped(world.worker, cast.acme, post)
    told = _newest(world, cast)
    assert told.link == f"/calendar?post={post}" and told.body.startswith("Too many tags. www")
    assert told.body.endswith(NOW[state])


def test_a_post_without_a_reason_still_says_what_now(world: World, cast: Cast) -> None:
    post = make_listed(world, cast, make_channel(world, cast, "instagram"), world.clock.now(), "held")
    jobs.tell_post_stopped(world.worker, cast.acme, post)
    assert _newest(world, cast).body == NOW["held"]


def test_a_lost_channel_says_what_waits_for_it(world: World, cast: Cast) -> None:
    channel = make_channel(world, cast)
    with world.worker.tx(cast.worker) as tx:
        accounts.mark_needs_reconnect(tx, channel, "The password was changed. " + "w" * 400)
    told = _newest(world, cast)
    assert told.link == f"/channels?channel={channel}"
    assert told.body.endswith("Posts planned on it wait until somebody signs in again.")
