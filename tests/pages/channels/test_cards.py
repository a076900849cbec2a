"""The Channels screen, run without a browser on the real database."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from services import accounts, identity
from tests.makers.accounts import TOKEN, make_channel, on_practice
from tests.makers.cast import Cast
from tests.makers.practice import PERSON_ROBIN, running_practice
from tests.makers.world import World
from tests.pages.channels.conftest import labels, text_of
from tests.pages.screen import Show


def test_an_empty_screen_offers_what_can_be_connected(show: Show, cast: Cast) -> None:
    test = show(cast.ana)
    assert not test.exception
    text = text_of(test)
    assert "No channels yet" in text
    assert f"/oauth/start?platform=instagram&amp;brand={cast.brand}&amp;practice=1" in text
    assert "Practice Facebook Page" in text


def test_somebody_who_may_not_connect_is_offered_nothing(show: Show, cast: Cast) -> None:
    text = text_of(show(cast.ben, identity.Role.EDITOR))
    assert "No channels yet" in text
    assert "/oauth/start" not in text


def test_each_card_says_how_the_channel_is(world: World, show: Show, cast: Cast) -> None:
    now = world.clock.now()
    make_channel(world, cast, quota_used=8, quota_total=100, last_success_at=now)
    make_channel(world, cast, "facebook", missing_scopes=["read_insights"])
    ended = make_channel(world, cast, remote_id="2", state="needs_reconnect", state_reason="The password was changed.")
    make_channel(world, cast, remote_id="3", token_expires_at=now + timedelta(days=5))
    make_channel(world, cast, remote_id="4", name="<script>x</script>", state="disconnected")
    test = show(cast.ana)
    assert not test.exception
    text = text_of(test)
    for words in ("Healthy", "92 of 100", "60 d left", "no end date", "Not allowed yet: Read results", "5 d left"):
        assert words in text
    assert "The password was changed." in text
    assert f"channel={ended}" in text
    assert "3 connected · 1 needs you" in text
    assert "<script>" not in text
    assert TOKEN not in text
    assert labels(test).count("Details") == 5


def test_a_viewer_looks_and_another_organisation_sees_nothing(world: World, show: Show, cast: Cast) -> None:
    make_channel(world, cast)
    test = show(cast.vera, identity.Role.VIEWER)
    assert labels(test) == ["Details"]
    assert "/oauth/start" not in text_of(test)


@pytest.mark.parametrize(
    ("code", "words"),
    [("denied", "You did not allow access, so nothing was connected."), ("<b>", "That did not work.")],
)
def test_what_came_of_a_sign_in_is_told_from_a_code(show: Show, cast: Cast, code: str, words: str) -> None:
    assert words in text_of(show(cast.ana, problem=code))


def test_a_check_is_queued_for_every_connected_channel(world: World, show: Show, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    test = show(cast.ana)
    test.button(key="channels-check").click().run()
    assert not test.exception
    with world.worker.admin_tx() as tx:
        jobs = tx.value(
            "select count(*) from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s",
            {"id": str(channel_id)},
        )
    assert jobs == 1


def test_details_lead_to_disconnecting(world: World, show: Show, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    test = show(cast.ana)
    test.button(key=f"channels-details-{channel_id}").click().run()
    assert "17841400000000001" in text_of(test)
    drawer = AppTest.from_string(
        "from uuid import UUID\nfrom pages.parts import channel_drawer\n"
        f"channel_drawer.details(UUID('{channel_id}'), 'account', 'Europe/Berlin', may_connect=True)",
        default_timeout=20,
    ).run()
    drawer.button(key="channels-drawer-off-now").click().run()
    assert not drawer.exception
    with world.web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).state is accounts.ChannelState.DISCONNECTED


def test_of_several_accounts_one_is_chosen_on_the_screen(world: World, show: Show, cast: Cast, tmp_path: Path) -> None:
    with running_practice(tmp_path, clock=world.clock) as practice:
        web = on_practice(world.web, practice.base)
        address = accounts.begin(web, cast.ana, cast.brand, "facebook", is_practice=True)
        back = practice.sign_in(address, subject=PERSON_ROBIN)
        accounts.finish(web, cast.ana, "facebook", dict(parse_qsl(urlsplit(back).query)))
    test = show(cast.ana, choose="1")
    assert not test.exception
    assert list(test.radio[0].options) == ["Practice Acme", "Practice Bakery"]
    test.radio[0].set_value("100000000000002")
    test.button(key="channels-choice-ok").click().run()
    assert not test.exception
    with world.web.tx(cast.ana) as tx:
        assert [channel.name for channel in accounts.channels(tx)] == ["Practice Bakery"]
    assert "choose" not in test.query_params


def test_an_api_version_that_ends_soon_is_told_to_everybody(world: World, show: Show, cast: Cast) -> None:
    world.clock.move(days=250)
    assert "LinkedIn stops answering its API version" in text_of(show(cast.vera, identity.Role.VIEWER))
