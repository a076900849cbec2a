"""Connecting with a token that a business made: asked first, then only what it opens is kept."""

import pytest
from pydantic import SecretStr

from services import accounts, identity
from services.accounts import errors
from services.kit.app import App
from tests.makers.cast import Cast
from tests.makers.practice import PAGE_ACME, RunningPractice
from tests.makers.world import World
from tests.services.accounts.test_connect import KIM
from tests.services.accounts.test_secrecy import everything


def connect(web: App, cast: Cast, text: str, who: object = None, platform: str = "facebook") -> accounts.Finished:
    secret = SecretStr(text)
    scope = who or cast.ana
    return accounts.connect_by_token(web, scope, cast.brand, platform, secret, is_practice=True)  # type: ignore[arg-type]


def test_a_token_that_opens_one_page_connects_it(
    world: World, web: App, worker: App, practice: RunningPractice, cast: Cast
) -> None:
    text = practice.admin.user_token(subject=KIM)
    done = connect(web, cast, f" {text}\n")
    assert done.channel_id is not None
    with web.tx(cast.ana) as tx:
        channel = accounts.channel(tx, done.channel_id)
    assert (channel.name, channel.is_connected) == ("Practice Bakery", True)
    kept = accounts.open_token(worker, cast.worker, channel.id).secret.get_secret_value()
    assert kept != text
    assert text not in everything(world)
    assert kept not in everything(world)


def test_of_several_pages_a_person_chooses_one(web: App, practice: RunningPractice, cast: Cast) -> None:
    assert connect(web, cast, practice.admin.user_token()).channel_id is None
    choice = accounts.waiting_choice(web, cast.ana)
    assert choice is not None and len(choice.lines) == 2
    channel_id = accounts.choose(web, cast.ana, choice.id, PAGE_ACME)
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).remote_id == PAGE_ACME


@pytest.mark.parametrize("text", ["", "  ", "made-up", "two words", "EAA\x00", "ü"])
def test_a_token_the_platform_does_not_know_is_not_stored(
    world: World, web: App, practice: RunningPractice, cast: Cast, text: str
) -> None:
    with pytest.raises(errors.TokenRefused) as caught:
        connect(web, cast, text)
    assert not text.strip() or text not in caught.value.sentence
    with web.tx(cast.ana) as tx:
        assert accounts.channels(tx) == []


def test_a_platform_in_trouble_stores_nothing_and_says_so(web: App, practice: RunningPractice, cast: Cast) -> None:
    text = practice.admin.user_token(subject=KIM)
    practice.admin.fault("http", match="/me/permissions", status=503, count=1)
    with pytest.raises(errors.TokenUnread):
        connect(web, cast, text)
    assert connect(web, cast, text).channel_id is not None


def test_a_token_without_the_right_to_list_pages_offers_nothing(
    web: App, practice: RunningPractice, cast: Cast
) -> None:
    with pytest.raises(errors.NothingOffered):
        connect(web, cast, practice.admin.user_token("pages_manage_posts"))


def test_only_admins_of_the_organisation_and_only_where_the_platform_knows_such_tokens(
    web: App, practice: RunningPractice, cast: Cast
) -> None:
    text = practice.admin.user_token(subject=KIM)
    with pytest.raises(identity.RoleTooLow):
        connect(web, cast, text, cast.ben)
    with pytest.raises(accounts.ChannelNotFound):
        connect(web, cast, text, cast.cleo)
    for platform in ("instagram", "myspace"):
        with pytest.raises(errors.PlatformUnknown):
            connect(web, cast, text, platform=platform)
    offered = {place.platform for place in accounts.connectable(web.settings) if place.by_token}
    assert offered == {"facebook"}
