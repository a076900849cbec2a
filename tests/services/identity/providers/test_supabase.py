"""Identity at Supabase Auth, against a stand-in that speaks its wire format over real HTTP."""

import base64
import hashlib
from collections.abc import Iterator

import pytest

from services import identity
from services.identity.providers.supabase import SupabaseIdentity
from services.kit.config import Settings
from services.kit.errors import Rejected, Unavailable
from services.kit.http import make_client
from tests.makers.identity import PASSWORD
from tests.makers.world import World
from tests.services.identity.providers.contract import ProviderContract
from tests.stand_ins.supabase_auth import PUBLISHABLE_KEY, SECRET_KEY, StandIn, serving

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def _provider(url: str, *, secret: str = SECRET_KEY, google: bool = True) -> SupabaseIdentity:
    return SupabaseIdentity(url, PUBLISHABLE_KEY, secret, make_client(5.0), has_google=google)


class TestSupabase(ProviderContract):
    @pytest.fixture
    def project(self) -> Iterator[StandIn]:
        with serving() as project:
            yield project

    @pytest.fixture
    def provider(self, project: StandIn) -> identity.IdentityProvider:
        return _provider(project.url)

    def test_google_proves_who_came_back(self, project: StandIn, provider: identity.IdentityProvider) -> None:
        address = provider.google_address("http://127.0.0.1:8501/auth/google/return", CHALLENGE)
        code = project.sign_in_with_google(address, "ana@example.com", "Ana Holm")
        person = provider.google_person(code, VERIFIER)
        assert (person.email, person.name) == ("ana@example.com", "Ana Holm")
        with pytest.raises(identity.LinkSpent):
            provider.google_person(code, VERIFIER)

    def test_a_stolen_code_is_worth_nothing_without_the_verifier(
        self, project: StandIn, provider: identity.IdentityProvider
    ) -> None:
        code = project.sign_in_with_google(provider.google_address("http://x/r", CHALLENGE), "ana@example.com", "Ana")
        with pytest.raises(identity.LinkSpent):
            provider.google_person(code, "w" * 43)

    def test_google_is_off_unless_it_is_set_up(self, project: StandIn) -> None:
        with pytest.raises(identity.GoogleOff):
            _provider(project.url, google=False).google_address("http://x/r", CHALLENGE)
        with pytest.raises(identity.GoogleOff):
            _provider(project.url, google=False).google_person("code", VERIFIER)

    def test_their_own_rule_for_weak_passwords_reaches_the_person(
        self, world: World, provider: identity.IdentityProvider
    ) -> None:
        newcomer = self._join(world, provider)
        with pytest.raises(identity.PasswordTooWeak):
            provider.set_password(newcomer.user_id, "leaked in a breach once")

    @pytest.mark.parametrize("status", [429, 500, 502, 503])
    def test_a_service_in_trouble_is_unavailable_and_never_a_wrong_password(
        self, project: StandIn, provider: identity.IdentityProvider, status: int
    ) -> None:
        project.fails_with = status
        with pytest.raises(Unavailable):
            provider.check("ana@example.com", PASSWORD)

    def test_a_service_that_is_not_there_is_unavailable(self) -> None:
        with pytest.raises(Unavailable):
            _provider("http://127.0.0.1:9").check("ana@example.com", PASSWORD)

    def test_a_wrong_key_is_refused_without_being_told(self, project: StandIn) -> None:
        with pytest.raises(Rejected) as told:
            _provider(project.url, secret="sb_secret_wrong").create("ana@example.com", PASSWORD)
        assert "sb_secret" not in told.value.sentence


def test_the_mode_decides_the_provider(world: World) -> None:
    hosted = Settings(supabase_url="https://x.supabase.co", google_sign_in=True, _env_file=None)  # type: ignore[call-arg]
    opened = identity.open_provider(hosted, world.web.db, world.web.ids)
    assert isinstance(opened, SupabaseIdentity) and opened.has_google
    assert not identity.open_provider(world.web.settings, world.web.db, world.web.ids).has_google
