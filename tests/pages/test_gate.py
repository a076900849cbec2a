"""What somebody sees who is not signed in, for every link they may hold."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from services import identity, wiring
from tests.makers.cast import Cast
from tests.makers.world import World

Show = Callable[..., str]


@pytest.fixture
def show(world: World) -> Iterator[Show]:
    """Draw the gate for an address: `show(invite=token)` returns its markup."""
    wiring.use(world.web)

    def shown(**query: str) -> str:
        test = AppTest.from_string("from pages.parts import gate\ngate.draw()", default_timeout=20)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception
        drawn = [str(one.proto.body) for one in test.get("html")]
        return "\n".join(one for one in drawn if not one.startswith("<style>"))

    yield shown
    wiring.use(None)


def test_signing_in_is_a_form_the_browser_posts_itself(show: Show, cast: Cast) -> None:
    drawn = show(tab="x", q="a b")
    assert '<form method="post" action="/auth/sign-in">' in drawn
    assert 'name="next" value="/?tab=x&amp;q=a+b"' in drawn
    assert "Google" not in drawn


def test_a_problem_is_told_by_its_code_alone(show: Show, cast: Cast) -> None:
    assert "The e-mail or the password is not right." in show(problem="wrong-sign-in")
    hostile = show(problem="<img src=x>", told="<img src=x>")
    assert "<img src=x>" not in hostile and "Nothing was changed" in hostile
    assert "signed out everywhere" in show(told="signed-out")


def test_an_invitation_names_organisation_role_and_e_mail(world: World, show: Show, cast: Cast) -> None:
    with world.web.tx(cast.ana) as tx:
        token = identity.invite(tx, "nia@example.com", identity.Role.VIEWER)
    drawn = show(invite=token, your_name='"><script>')
    assert "Join Acme" in drawn and "as viewer with nia@example.com" in drawn
    assert 'action="/auth/invitation"' in drawn
    assert "<script>" not in drawn


def test_a_password_link_asks_for_the_new_one_twice(world: World, show: Show, cast: Cast) -> None:
    assert cast.ben.user_id is not None
    drawn = show(reset=identity.make_password_link(world.web, cast.ana, cast.ben.user_id))
    assert 'action="/auth/reset"' in drawn and drawn.count('autocomplete="new-password"') == 2


@pytest.mark.parametrize("kind", ["invite", "reset", "setup"])
@pytest.mark.parametrize("token", ["wrong", "", '"><script>alert(1)</script>'])
def test_a_link_that_does_not_work_says_so(show: Show, cast: Cast, kind: str, token: str) -> None:
    drawn = show(**{kind: token})
    assert "This link does not work" in drawn
    assert "<form" not in drawn and "<script>" not in drawn
