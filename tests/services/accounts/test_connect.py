"""Connecting accounts against the practice platforms, over real HTTP."""

from urllib.parse import parse_qs, urlsplit

import pytest

from services import accounts, identity
from services.accounts import errors
from services.accounts.registry import sign_in as sign_in_of
from services.kit.app import App
from services.kit.crypto import AddressSigner
from services.kit.db import Scope
from tests.makers.accounts import make_channel, on_practice
from tests.makers.cast import Cast, make_brand
from tests.makers.practice import INSTAGRAM_ACME, PAGE_ACME, PERSON_ROBIN, RunningPractice
from tests.makers.world import World

KIM = "122100000000002"
BAKERY = "17841400000000002"


def sent_back(address: str) -> dict[str, str]:
    """The query the browser comes back with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def sign_in(
    web: App, practice: RunningPractice, who: Scope, cast: Cast, platform: str, subject: str, **more: object
) -> accounts.Finished:
    ticked = {name: more.pop(name) for name in ("decision", "granted", "page") if name in more}
    address = accounts.begin(web, who, cast.brand, platform, is_practice=True, **more)  # type: ignore[arg-type]
    back = practice.sign_in(address, subject=subject, **ticked)  # type: ignore[arg-type]
    return accounts.finish(web, who, platform, sent_back(back))


def test_an_instagram_account_is_connected_with_a_token_of_sixty_days(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    done = sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME)
    with web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx, cast.brand)
    assert channel.id == done.channel_id
    assert (channel.handle, channel.remote_id, channel.is_practice) == ("practice_acme", INSTAGRAM_ACME, True)
    assert channel.state is accounts.ChannelState.CONNECTED
    assert channel.missing_scopes == ()
    assert channel.token_expires_at is not None
    assert (channel.token_expires_at - world.clock.now()).days == 60
    worker = on_practice(world.worker, practice.base)
    token = accounts.open_token(worker, cast.worker, channel.id)
    assert token.secret.get_secret_value().startswith("IGAA")
    with worker.admin_tx() as tx:
        queued = "select count(*) from queue.procrastinate_jobs where args ->> 'channel_id' = %(id)s"
        assert tx.value(queued, {"id": str(channel.id)}) == 1


def test_one_page_is_connected_at_once_and_a_missing_task_is_told(
    web: App, practice: RunningPractice, cast: Cast
) -> None:
    sign_in(web, practice, cast.ana, cast, "facebook", KIM)
    with web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx)
    assert channel.name == "Practice Bakery"
    assert channel.token_expires_at is None
    assert channel.missing_scopes == ("Page task: create content",)


def test_of_several_pages_a_person_chooses_one(web: App, practice: RunningPractice, cast: Cast) -> None:
    done = sign_in(web, practice, cast.ana, cast, "facebook", PERSON_ROBIN)
    assert done.channel_id is None
    choice = accounts.waiting_choice(web, cast.ana)
    assert choice is not None
    assert [line.name for line in choice.lines] == ["Practice Acme", "Practice Bakery"]
    assert accounts.waiting_choice(web, cast.ben) is None
    with pytest.raises(errors.FlowInvalid):
        accounts.choose(web, cast.ben, choice.id, PAGE_ACME)
    with pytest.raises(errors.FlowInvalid):
        accounts.choose(web, cast.ana, choice.id, "of somebody else")
    channel_id = accounts.choose(web, cast.ana, choice.id, PAGE_ACME)
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).remote_id == PAGE_ACME
    assert accounts.waiting_choice(web, cast.ana) is None


def test_a_choice_can_be_dropped(web: App, practice: RunningPractice, cast: Cast) -> None:
    sign_in(web, practice, cast.ana, cast, "facebook", PERSON_ROBIN)
    choice = accounts.waiting_choice(web, cast.ana)
    assert choice is not None
    accounts.drop_choice(web, cast.ana, choice.id)
    assert accounts.waiting_choice(web, cast.ana) is None


def test_unticked_rights_are_kept_as_missing(web: App, practice: RunningPractice, cast: Cast) -> None:
    granted = ["instagram_business_basic", "instagram_business_content_publish"]
    sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME, decision="some", granted=granted)
    with web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx)
    assert channel.scopes == tuple(granted)
    assert channel.missing_scopes == ("instagram_business_manage_insights",)


def test_a_refusal_connects_nothing_and_uses_the_sign_in_up(web: App, practice: RunningPractice, cast: Cast) -> None:
    address = accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=True)
    back = sent_back(practice.sign_in(address, subject=INSTAGRAM_ACME, decision="deny"))
    with pytest.raises(errors.AccessDenied) as caught:
        accounts.finish(web, cast.ana, "instagram", back)
    assert caught.value.sentence == "You did not allow access, so nothing was connected."
    with pytest.raises(errors.FlowInvalid):
        accounts.finish(web, cast.ana, "instagram", back)
    with web.tx(cast.ana) as tx:
        assert accounts.channels(tx) == []


def test_a_page_sign_in_without_any_page_connects_nothing(web: App, practice: RunningPractice, cast: Cast) -> None:
    with pytest.raises(errors.NothingOffered):
        sign_in(web, practice, cast.ana, cast, "facebook", KIM, decision="some", granted=["pages_show_list"], page=[])


def test_a_sign_in_works_once_for_ten_minutes_and_for_the_same_person(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    def begun() -> dict[str, str]:
        address = accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=True)
        return sent_back(practice.sign_in(address, subject=INSTAGRAM_ACME))

    first = begun()
    accounts.finish(web, cast.ana, "instagram", first)
    stranger, otherwhere, late = begun(), begun(), begun()
    world.clock.move(minutes=10)
    for who, platform, answer in (
        (cast.ana, "instagram", first),
        (cast.cleo, "instagram", stranger),
        (cast.ana, "facebook", otherwhere),
        (cast.ana, "instagram", late),
        (cast.ana, "instagram", {**begun(), "state": "made-up"}),
        (cast.ana, "instagram", {"code": "without-state"}),
    ):
        with pytest.raises(errors.FlowInvalid):
            accounts.finish(web, who, platform, answer)


def test_only_a_reconnect_with_the_same_account_is_taken(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, state="needs_reconnect", state_reason="it ended")
    with pytest.raises(errors.OtherAccount):
        sign_in(web, practice, cast.ana, cast, "instagram", BAKERY, channel_id=channel_id)
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).state is accounts.ChannelState.NEEDS_RECONNECT
    done = sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME, channel_id=channel_id)
    assert done.channel_id == channel_id
    with web.tx(cast.ana) as tx:
        [channel] = accounts.channels(tx)
    assert (channel.state, channel.state_reason) == (accounts.ChannelState.CONNECTED, "")


def test_a_page_is_reconnected_without_asking_which(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    channel_id = make_channel(world, cast, "facebook", state="needs_reconnect")
    done = sign_in(web, practice, cast.ana, cast, "facebook", PERSON_ROBIN, channel_id=channel_id)
    assert done.channel_id == channel_id


def test_an_account_works_for_one_brand_at_a_time(
    world: World, web: App, practice: RunningPractice, cast: Cast
) -> None:
    second = make_brand(world, cast.acme, "Second")
    channel_id = make_channel(world, cast, brand=second)
    with pytest.raises(errors.AlreadyConnected):
        sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME)
    accounts.disconnect(web, cast.ana, channel_id)
    assert sign_in(web, practice, cast.ana, cast, "instagram", INSTAGRAM_ACME).channel_id == channel_id
    with web.tx(cast.ana) as tx:
        assert accounts.channel(tx, channel_id).brand_id == cast.brand


def test_a_platform_in_trouble_connects_nothing(web: App, practice: RunningPractice, cast: Cast) -> None:
    address = accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=True)
    back = sent_back(practice.sign_in(address, subject=INSTAGRAM_ACME))
    practice.admin.fault("http", match="/instagram/access_token", status=503, count=1)
    with pytest.raises(errors.SignInFailed):
        accounts.finish(web, cast.ana, "instagram", back)
    with pytest.raises(errors.SignInFailed):
        accounts.finish(web, cast.ana, "instagram", sent_back(_begun_without_code(web, cast)))


def _begun_without_code(web: App, cast: Cast) -> str:
    address = accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=True)
    return f"http://127.0.0.1/?state={sent_back(address)['state']}"


def test_only_admins_of_the_organisation_connect_and_only_what_is_theirs(world: World, web: App, cast: Cast) -> None:
    channel_id = make_channel(world, cast)
    for who in (cast.ben, cast.vera):
        with pytest.raises(identity.RoleTooLow):
            accounts.begin(web, who, cast.brand, "instagram", is_practice=True)
        with pytest.raises(identity.RoleTooLow):
            accounts.disconnect(web, who, channel_id)
    with pytest.raises(accounts.ChannelNotFound):
        accounts.begin(web, cast.cleo, cast.brand, "instagram", is_practice=True)
    with pytest.raises(accounts.ChannelNotFound):
        accounts.disconnect(web, cast.cleo, channel_id)
    with pytest.raises(errors.PlatformUnknown):
        accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=False)
    with pytest.raises(errors.FlowInvalid):
        accounts.begin(web, cast.nobody, cast.brand, "instagram", is_practice=True)
    assert accounts.open_token(world.worker, cast.worker, channel_id).channel_id == channel_id


def test_the_proof_key_is_computed_again_and_not_to_be_guessed_from_the_state(
    world: World, web: App, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    adapter = sign_in_of("instagram")
    ask = adapter.authorize_url

    def asked(host: object, redirect_uri: str, state: str, verifier: str) -> str:
        given.append(verifier)
        return ask(host, redirect_uri, state, verifier)  # type: ignore[arg-type]

    def taken(host: object, code: str, redirect_uri: str, verifier: str, **doors: object) -> list[object]:
        given.append(verifier)
        return []

    monkeypatch.setattr(adapter, "authorize_url", asked)
    monkeypatch.setattr(adapter, "exchange", taken)
    state = sent_back(accounts.begin(web, cast.ana, cast.brand, "instagram", is_practice=True))["state"]
    with pytest.raises(errors.NothingOffered):
        accounts.finish(web, cast.ana, "instagram", {"state": state, "code": "c"})
    assert given[0] == given[1] and len(given[0]) == 43
    assert AddressSigner(b"another server's key").derive("pkce", state) != given[0]
    assert web.signer.derive("another purpose", state) != given[0]
