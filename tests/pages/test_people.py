"""The screens about people: members, one's account, the brand; run without a browser on the real database."""

from collections.abc import Callable, Iterator
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from pages import account, members
from pages.parts import doors
from services import brands, identity, wiring
from services.kit.db import Scope
from tests.makers.cast import Cast
from tests.makers.identity import sign_in
from tests.makers.world import World

Show = Callable[[str, Scope], AppTest]


@pytest.fixture
def show(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Show]:
    """Run a screen as somebody: `show("members", cast.ana)`."""
    wiring.use(world.web)

    def shown(screen: str, who: Scope) -> AppTest:
        session = sign_in(world, who)
        monkeypatch.setattr(doors, "viewer", lambda: identity.viewer(world.web, session))
        script = f"from pages import {screen}\n{screen}.page()"
        if screen == "invite":  # without a browser a dialog is drawn only by the run that opens it
            script = "from pages.parts import members_parts\nmembers_parts.invite()"
        test = AppTest.from_string(script, default_timeout=20).run()
        assert not test.exception
        return test

    yield shown
    wiring.use(None)


def text_of(test: AppTest) -> str:
    """Everything drawn as markup or message."""
    drawn = [str(getattr(one.proto, "body", "")) for one in test.get("html")]
    return unescape("\n".join(drawn)) + "\n".join([*(one.value for one in [*test.error, *test.success])])


def _keys(test: AppTest) -> set[str]:
    return {one.key for one in [*test.button, *test.get("menu_button")] if one.key}


def test_an_owner_sees_members_roles_and_what_they_may_change(show: Show, cast: Cast) -> None:
    test = show("members", cast.ana)
    text = text_of(test)
    assert all(name in text for name in ("Ana", "Ben", "Vera", *identity.Act))
    assert "Cleo" not in text
    assert {"members-invite", f"members-change-{cast.ben.user_id}"} <= _keys(test)


def test_an_editor_sees_them_too_and_changes_nobody(show: Show, cast: Cast) -> None:
    test = show("members", cast.ben)
    assert "Vera" in text_of(test)
    assert not any("invite" in key or "change" in key for key in _keys(test))


def test_inviting_shows_the_link_once(world: World, show: Show, cast: Cast) -> None:
    test = show("invite", cast.ana)
    test.text_input(key="members-invite-email").input("nia@example.com")
    test.button(key="members-invite-go").click().run()
    link = test.code[0].value
    offer = identity.invited(world.web, link.split("?invite=")[1])
    assert offer is not None and (offer.email, offer.role) == ("nia@example.com", identity.Role.EDITOR)
    assert "shown once" in text_of(test)
    again = show("members", cast.ana)
    assert "nia@example.com" in text_of(again)
    assert not again.code


def test_a_wrong_address_is_told_in_the_dialog(show: Show, cast: Cast) -> None:
    test = show("invite", cast.ana)
    test.text_input(key="members-invite-email").input("nobody")
    test.button(key="members-invite-go").click().run()
    assert identity.EmailWrong().sentence.replace(".", "") in text_of(test).replace("\\", "").replace(".", "")
    assert not test.code


def test_an_invitation_is_withdrawn(world: World, show: Show, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        identity.invite(tx, "nia@example.com", identity.Role.VIEWER)
        (open_one,) = identity.invitations(tx)
    test = show("members", cast.ana)
    test.button(key=f"members-withdraw-{open_one.id}").click().run()
    with world.web.tx(cast.ana) as tx:
        assert identity.invitations(tx) == []


def test_the_offers_follow_the_rules() -> None:
    def offers(mine: identity.Role, theirs: identity.Role, world_now: str = "2026-11-23T09:00:00Z") -> list[str]:
        ids = {"user_id": "00000000-0000-0000-0000-000000000001", "org_id": "00000000-0000-0000-0000-000000000002"}
        person = identity.Viewer(**ids, org_name="A", role=mine, display_name="M", email="m@x.example")
        member = identity.Member(**ids, role=theirs, display_name="N", email="n@x.example", joined_at=world_now)
        return members._options(member, person)

    role = identity.Role
    assert offers(role.EDITOR, role.VIEWER) == []
    assert offers(role.ADMIN, role.OWNER) == []
    assert offers(role.ADMIN, role.VIEWER) == ["Make admin", "Make editor", "Remove from the organisation"]
    assert "Make owner" in offers(role.OWNER, role.VIEWER)
    assert "Make a password link" in offers(role.OWNER, role.VIEWER)


def test_the_account_shows_my_sessions_and_changes_my_name(world: World, show: Show, cast: Cast) -> None:
    test = show("account", cast.vera)
    text = text_of(test)
    assert 'action="/auth/password"' in text and 'action="/auth/sign-out-everywhere"' in text
    assert "Firefox on Linux" in text
    test.text_input(key="account-name-field").input("Vera Okafor")
    test.button(key="account-name-save").click().run()
    with world.web.tx(cast.vera) as tx:
        assert "Vera Okafor" in [one.display_name for one in identity.members(tx)]


def test_an_address_cannot_put_words_into_our_mouth(show: Show, cast: Cast, world: World) -> None:
    test = AppTest.from_string("from pages import account\naccount.page()", default_timeout=20)
    show("account", cast.ana)
    test.query_params["problem"] = "<b>Call 0900-EVIL</b>"
    test.run()
    assert "EVIL" not in text_of(test)
    assert "Nothing was changed" in text_of(test)


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("<script>", "A browser"),
    ],
)
def test_a_browser_is_told_by_name(description: str, told: str) -> None:
    assert account._browser(description) == told


def test_an_admin_changes_the_brand_and_an_editor_only_looks(world: World, show: Show, cast: Cast) -> None:
    test = show("brand", cast.ana)
    test.text_input(key="brand-address").input("acme.example/new")
    test.selectbox(key="brand-zone").select("Asia/Tokyo")
    test.button(key="brand-save").click().run()
    with world.web.tx(cast.ana) as tx:
        changed = brands.brand(tx, cast.brand)
    assert (changed.web_address, changed.time_zone) == ("https://acme.example/new", "Asia/Tokyo")
    assert "owner or admin" in text_of(show("brand", cast.ben))
