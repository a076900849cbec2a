"""Identity kept in our own database: argon2 hashes in private.credentials."""

from typing import Never
from uuid import UUID

from services.identity.errors import EmailTaken, GoogleOff, WrongSignIn
from services.identity.models import Newcomer, Person
from services.identity.queries import people
from services.identity.rules import check_password
from services.identity.secrets import Passwords
from services.kit.db import Database
from services.kit.ids import Ids


class EmbeddedIdentity:
    """See IdentityProvider."""

    has_google = False

    def __init__(self, database: Database, ids: Ids, passwords: Passwords | None = None) -> None:
        self._database = database
        self._ids = ids
        self._passwords = passwords or Passwords()

    def create(self, email: str, password: str) -> Newcomer:
        check_password(password, email)
        with self._database.admin_tx() as tx:
            if people.email_is_taken(tx, email):
                raise EmailTaken()
        return Newcomer(self._ids.new(), email, self._passwords.hash(password))

    def discard(self, newcomer: Newcomer) -> None:
        """Nothing was stored yet."""

    def check(self, email: str, password: str) -> Person:
        with self._database.admin_tx() as tx:
            known = people.find_credentials(tx, email)
        if not self._passwords.fits(known.password_hash if known else None, password) or known is None:
            raise WrongSignIn()
        if self._passwords.is_outdated(known.password_hash):
            self._store(known.user_id, password)
        return Person(known.user_id, known.email)

    def set_password(self, user_id: UUID, password: str) -> None:
        check_password(password, "")
        self._store(user_id, password)

    def google_address(self, return_to: str, challenge: str) -> Never:
        raise GoogleOff()

    def google_person(self, code: str, verifier: str) -> Never:
        raise GoogleOff()

    def _store(self, user_id: UUID, password: str) -> None:
        password_hash = self._passwords.hash(password)
        with self._database.admin_tx() as tx:
            people.store_password(tx, user_id, password_hash)
