"""What every identity provider does, whoever keeps the passwords."""

from uuid import UUID

import pytest

from services import identity
from services.identity.models import Newcomer
from services.identity.queries import people
from tests.makers.identity import PASSWORD
from tests.makers.world import World

NEW = "twelve swans by the river"


class ProviderContract:
    """Subclasses give the fixture `provider`."""

    def _join(self, world: World, provider: identity.IdentityProvider) -> Newcomer:
        newcomer = provider.create(f"{world.web.ids.new().hex}@example.com", PASSWORD)
        with world.web.admin_tx() as tx:
            assert people.insert_person(tx, newcomer)
        return newcomer

    def test_a_new_person_signs_in_with_their_password(self, world: World, provider: identity.IdentityProvider) -> None:
        newcomer = self._join(world, provider)
        person = provider.check(newcomer.email, PASSWORD)
        assert (person.user_id, person.email) == (newcomer.user_id, newcomer.email)
        assert isinstance(person.user_id, UUID)

    @pytest.mark.parametrize("password", ["", PASSWORD[:-1], PASSWORD.title(), "ünï" * 40])
    def test_another_password_is_wrong(self, world: World, provider: identity.IdentityProvider, password: str) -> None:
        newcomer = self._join(world, provider)
        with pytest.raises(identity.WrongSignIn):
            provider.check(newcomer.email, password)

    def test_an_e_mail_nobody_has_is_wrong_in_the_same_words(self, provider: identity.IdentityProvider) -> None:
        with pytest.raises(identity.WrongSignIn) as told:
            provider.check("nobody@example.com", PASSWORD)
        assert told.value.sentence == identity.WrongSignIn().sentence

    def test_an_e_mail_is_used_once(self, world: World, provider: identity.IdentityProvider) -> None:
        newcomer = self._join(world, provider)
        with pytest.raises(identity.EmailTaken):
            provider.create(newcomer.email, NEW)
        assert provider.check(newcomer.email, PASSWORD).user_id == newcomer.user_id

    @pytest.mark.parametrize("password", ["eleven char", "aaaaaaaaaaaaaaaaaaa", "x" * 300])
    def test_a_weak_password_makes_nobody(self, provider: identity.IdentityProvider, password: str) -> None:
        with pytest.raises(identity.PasswordTooWeak):
            provider.create("weak@example.com", password)
        with pytest.raises(identity.WrongSignIn):
            provider.check("weak@example.com", password)

    def test_a_discarded_newcomer_never_was(self, world: World, provider: identity.IdentityProvider) -> None:
        email = f"{world.web.ids.new().hex}@example.com"
        provider.discard(provider.create(email, PASSWORD))
        with pytest.raises(identity.WrongSignIn):
            provider.check(email, PASSWORD)
        assert provider.create(email, PASSWORD).email == email

    def test_a_new_password_replaces_the_old(self, world: World, provider: identity.IdentityProvider) -> None:
        newcomer = self._join(world, provider)
        provider.set_password(newcomer.user_id, NEW)
        assert provider.check(newcomer.email, NEW).user_id == newcomer.user_id
        with pytest.raises(identity.WrongSignIn):
            provider.check(newcomer.email, PASSWORD)
        with pytest.raises(identity.PasswordTooWeak):
            provider.set_password(newcomer.user_id, "short")
