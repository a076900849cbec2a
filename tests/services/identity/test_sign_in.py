"""Signing in: what is checked, what is told, how often one may guess."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest

from services import identity
from tests.makers.cast import Cast, make_person
from tests.makers.identity import HERE, PASSWORD, audited, give_password
from tests.makers.world import World


def _from(world: World, name: str = "") -> identity.Caller:
    """Another network address, so that tests do not use up each other's attempts."""
    return replace(HERE, address=f"test-{world.web.ids.token()}{name}")


def _guess(world: World, email: str, password: str, caller: identity.Caller) -> type[Exception] | None:
    try:
        identity.sign_in(world.web, email, password, caller)
    except (identity.WrongSignIn, identity.TooManyAttempts) as error:
        return type(error)
    return None


def test_the_right_password_signs_in_whatever_the_case_of_the_e_mail(world: World, cast: Cast) -> None:
    email = give_password(world, cast.ana)
    session = identity.sign_in(world.web, f" {email.upper()} ", PASSWORD, _from(world))
    person = identity.viewer(world.web, session)
    assert person is not None
    assert (person.user_id, person.org_id, person.org_name) == (cast.ana.user_id, cast.acme, "Acme")
    assert audited(world, cast.acme, "signed_in") == 1


@pytest.mark.parametrize("password", ["", PASSWORD.upper(), f"{PASSWORD} ", "x" * 10_000])
def test_another_password_does_not(world: World, cast: Cast, password: str) -> None:
    assert _guess(world, give_password(world, cast.ana), password, _from(world)) is identity.WrongSignIn


@pytest.mark.parametrize("email", ["nobody@example.com", "no address", "", "' or 1=1 --@example.com", "a@b.co\x00"])
def test_an_unknown_e_mail_is_told_the_same(world: World, email: str) -> None:
    assert _guess(world, email, PASSWORD, _from(world)) is identity.WrongSignIn


def test_an_unknown_e_mail_costs_a_hash_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    passwords = world.web.identity._passwords
    real = passwords._hasher.verify
    monkeypatch.setattr(passwords, "_hasher", type("H", (), {
        "hash": passwords._hasher.hash,
        "verify": lambda self, stored, given: checked.append(stored) or real(stored, given),
    })())  # fmt: skip
    assert (
        _guess(world, f"{world.web.ids.token().lower()[:20]}x@example.com", PASSWORD, _from(world))
        is identity.WrongSignIn
    )
    assert len(checked) == 1


def test_after_five_wrong_ones_the_right_one_waits_fifteen_minutes(world: World, cast: Cast) -> None:
    email, caller = give_password(world, cast.ana), _from(world)
    assert [_guess(world, email, "wrong", caller) for _ in range(5)] == [identity.WrongSignIn] * 5
    assert _guess(world, email, PASSWORD, _from(world)) is identity.TooManyAttempts
    world.clock.move(minutes=15, seconds=1)
    assert _guess(world, email, PASSWORD, caller) is None


def test_unknown_e_mails_are_limited_the_same_way(world: World) -> None:
    email, caller = f"{world.web.ids.new().hex}@example.com", _from(world)
    told = [_guess(world, email, "wrong", caller) for _ in range(6)]
    assert told == [identity.WrongSignIn] * 5 + [identity.TooManyAttempts]


def test_an_address_has_thirty_wrong_ones_over_all_e_mails(world: World, cast: Cast) -> None:
    email, caller = give_password(world, cast.ana), _from(world)
    for number in range(30):
        assert _guess(world, f"guess{number}@example.com", "wrong", caller) is identity.WrongSignIn
    assert _guess(world, email, PASSWORD, caller) is identity.TooManyAttempts
    assert _guess(world, email, PASSWORD, _from(world)) is None


def test_a_volley_gets_no_more_guesses_than_one_after_the_other(world: World, cast: Cast) -> None:
    email, caller = give_password(world, cast.ana), _from(world)
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda _: _guess(world, email, "wrong", caller), range(20)))
    assert told.count(identity.WrongSignIn) == 5
    assert told.count(identity.TooManyAttempts) == 15


def test_right_ones_do_not_count(world: World, cast: Cast) -> None:
    email, caller = give_password(world, cast.ana), _from(world)
    assert [_guess(world, email, PASSWORD, caller) for _ in range(8)] == [None] * 8
    for _ in range(2):
        assert [_guess(world, email, "wrong", caller) for _ in range(4)] == [identity.WrongSignIn] * 4
        assert _guess(world, email, PASSWORD, caller) is None


def test_the_database_holds_no_password_no_session_id_and_no_e_mail_of_attempts(world: World, cast: Cast) -> None:
    email = give_password(world, cast.ana)
    session = identity.sign_in(world.web, email, PASSWORD, _from(world))
    _guess(world, "somebody@example.com", "wrong", _from(world))
    with psycopg.connect(world.addresses.admin) as connection:
        rows = connection.execute(
            "select id_hash from private.sessions union all select password_hash from private.credentials "
            "union all select subject_hash from private.sign_in_attempts"
        ).fetchall()
    stored = " ".join(row[0] for row in rows)
    assert "$argon2id$" in stored
    assert not any(secret in stored for secret in (session, PASSWORD, "@example.com"))


def test_somebody_without_an_organisation_is_told_so_only_with_the_right_password(world: World) -> None:
    email = f"{world.web.ids.new().hex}@example.com"
    world.web.identity.set_password(make_person(world, email), PASSWORD)
    with pytest.raises(identity.NoOrganisation):
        identity.sign_in(world.web, email, PASSWORD, _from(world))
    assert _guess(world, email, "wrong", _from(world)) is identity.WrongSignIn
