"""Who proves that a person is who they say: the embedded provider, or Supabase Auth when hosted."""

from typing import Protocol
from uuid import UUID

from services.identity.models import Newcomer, Person
from services.identity.providers.embedded import EmbeddedIdentity
from services.identity.providers.supabase import SupabaseIdentity
from services.kit.config import Settings
from services.kit.db import Database
from services.kit.http import make_client
from services.kit.ids import Ids


class IdentityProvider(Protocol):
    """
    Proves identities; sessions, members and roles are ours in every mode. Opens its own doors: never call it in a `tx`.

    A person is made in two beats: `create` before the transaction, then `queries.people.insert_person` inside it.
    """

    @property
    def has_google(self) -> bool: ...

    def create(self, email: str, password: str) -> Newcomer:
        """:raises EmailTaken, PasswordTooWeak, Unavailable, OutcomeUnknown"""
        ...

    def discard(self, newcomer: Newcomer) -> None:
        """Take `create` back, where the transaction did not happen."""
        ...

    def check(self, email: str, password: str) -> Person:
        """:raises WrongSignIn: whatever was wrong; it takes as long for an e-mail nobody has"""
        ...

    def set_password(self, user_id: UUID, password: str) -> None:
        """:raises PasswordTooWeak, Unavailable, OutcomeUnknown"""
        ...

    def google_address(self, return_to: str, challenge: str) -> str:
        """Where the browser goes to sign in with Google. :raises GoogleOff: not set up"""
        ...

    def google_person(self, code: str, verifier: str) -> Person:
        """:raises LinkSpent: the code is wrong, used or expired"""
        ...


def open_provider(settings: Settings, database: Database, ids: Ids) -> IdentityProvider:
    """The provider of the running mode."""
    if not settings.supabase_url:
        return EmbeddedIdentity(database, ids)
    return SupabaseIdentity(
        settings.supabase_url,
        settings.supabase_publishable_key.get_secret_value(),
        settings.supabase_secret_key.get_secret_value(),
        make_client(10.0),
        has_google=settings.google_sign_in,
    )
