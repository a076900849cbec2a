"""A message about a channel opens that channel, whichever brand is on screen."""

from services import accounts, identity
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast, make_brand
from tests.makers.world import World
from tests.pages.channels.conftest import labels, text_of
from tests.pages.screen import Show


def _link(world: World, channel_id: object) -> dict[str, str]:
    """Where the message about the lost connection leads."""
    with world.superuser() as connection:
        [(link,)] = connection.execute(
            "select distinct link from app.notifications where object = %s", [f"channel/{channel_id}"]
        ).fetchall()
    screen, _, query = str(link).partition("?")
    assert screen == "/channels"
    return dict(pair.split("=") for pair in query.split("&"))


def test_the_message_of_a_lost_connection_opens_its_channel_with_the_way_back(
    world: World, show: Show, cast: Cast
) -> None:
    other = make_brand(world, cast.acme, "Zest")
    make_channel(world, cast, "facebook", remote_id="9", name="Acme on Facebook")
    lost = make_channel(world, cast, brand=other, name="Zest on Instagram", remote_id="777")
    with world.worker.tx(cast.worker) as tx:
        accounts.mark_needs_reconnect(tx, lost, "The password was changed.")
    asked = _link(world, lost)
    test = show(cast.ana, **asked)
    assert not test.exception
    assert "777" in text_of(test) and "The password was changed." in text_of(test)
    assert text_of(test).count(f"channel={lost}") == 2  # to sign in again: on its card and in its drawer
    assert "Check now" not in labels(test) and "channel" not in test.query_params
    assert "Account id" not in text_of(test.run())
    looking = show(cast.ben, identity.Role.EDITOR, **asked)
    assert "777" in text_of(looking) and f"channel={lost}" not in text_of(looking)


def test_a_channel_that_is_gone_or_elsewhere_opens_nothing(world: World, show: Show, cast: Cast) -> None:
    channel = make_channel(world, cast)
    for wanted in ("nonsense", str(world.web.ids.new())):
        test = show(cast.ana, channel=wanted)
        assert not test.exception and "Account id" not in text_of(test)
    make_brand(world, cast.other, "Elsewhere")
    test = show(cast.cleo, channel=str(channel))
    assert not test.exception and "17841400000000001" not in text_of(test)
