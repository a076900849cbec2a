"""Identity in our own database."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from argon2 import PasswordHasher

from services import identity
from services.identity.providers.embedded import EmbeddedIdentity
from services.identity.secrets import Passwords
from tests.makers.identity import PASSWORD, cheap_identity
from tests.makers.world import World
from tests.services.identity.providers.contract import ProviderContract


class TestEmbedded(ProviderContract):
    @pytest.fixture
    def provider(self, world: World) -> identity.IdentityProvider:
        return cheap_identity(world.web.db, world.web.ids)

    def test_a_hash_of_yesterdays_strength_is_renewed_at_sign_in(
        self, world: World, provider: identity.IdentityProvider
    ) -> None:
        newcomer = self._join(world, provider)
        stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
        today = EmbeddedIdentity(world.web.db, world.web.ids, stronger)

        def stored() -> str:
            with psycopg.connect(world.addresses.admin) as connection:
                row = connection.execute(
                    "select password_hash from private.credentials where user_id = %s", [newcomer.user_id]
                ).fetchone()
            assert row is not None
            return str(row[0])

        before = stored()
        today.check(newcomer.email, PASSWORD)
        assert "m=8,t=1" in before
        assert "m=16,t=2" in stored()
        assert today.check(newcomer.email, PASSWORD).user_id == newcomer.user_id

    def test_google_is_not_offered(self, provider: identity.IdentityProvider) -> None:
        assert not provider.has_google
        with pytest.raises(identity.GoogleOff):
            provider.google_address("http://127.0.0.1/return", "challenge")


def test_the_products_own_hashes_are_argon2id_with_64_mib() -> None:
    stored = Passwords().hash(PASSWORD)
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not Passwords().is_outdated(stored)


def test_two_hashes_run_at_a_time_and_no_more() -> None:
    running: list[int] = []
    most: list[int] = []
    gate = threading.Barrier(2)

    class Slow(PasswordHasher):
        def hash(self, password: str | bytes, **_: object) -> str:
            running.append(1)
            most.append(len(running))
            gate.wait(5)
            running.pop()
            return "hash"

    passwords = Passwords(Slow())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(passwords.hash, ["a sentence"] * 8))
    assert max(most) == 2
