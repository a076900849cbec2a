"""Identity kept by Supabase Auth, over its own HTTP interface (supabase.com/docs/reference/auth)."""

from typing import Any, NoReturn
from urllib.parse import urlencode
from uuid import UUID

from services.identity.errors import EmailTaken, GoogleOff, LinkSpent, PasswordTooWeak, WrongSignIn
from services.identity.models import Newcomer, Person
from services.identity.rules import check_password
from services.kit.errors import Rejected, Unavailable
from services.kit.http import Client, Response, send

_TAKEN = frozenset({"email_exists", "user_already_exists", "phone_exists"})
_WRONG = frozenset({"invalid_credentials", "invalid_grant", "user_banned", "email_not_confirmed"})
_SPENT = frozenset({"bad_code_verifier", "flow_state_not_found", "flow_state_expired"})


class SupabaseIdentity:
    """
    See IdentityProvider. Its own sessions are not kept: ours are revocable at once.

    Sends `apikey` alone: the new keys are no JWTs, so they do not belong in `Authorization`.
    """

    def __init__(self, url: str, publishable_key: str, secret_key: str, http: Client, *, has_google: bool) -> None:
        self._auth = f"{url}/auth/v1"
        self._publishable = {"apikey": publishable_key}
        self._secret = {"apikey": secret_key}
        self._http = http
        self.has_google = has_google

    def create(self, email: str, password: str) -> Newcomer:
        check_password(password, email)
        body = {"email": email, "password": password, "email_confirm": True}
        answer = self._send("POST", "/admin/users", self._secret, writes=True, body=body)
        return Newcomer(_person(answer).user_id, email, None)

    def discard(self, newcomer: Newcomer) -> None:
        self._send("DELETE", f"/admin/users/{newcomer.user_id}", self._secret, writes=True)

    def check(self, email: str, password: str) -> Person:
        body = {"email": email, "password": password}
        answer = self._send("POST", "/token?grant_type=password", self._publishable, writes=False, body=body)
        return _person(answer["user"])

    def set_password(self, user_id: UUID, password: str) -> None:
        check_password(password, "")
        self._send("PUT", f"/admin/users/{user_id}", self._secret, writes=True, body={"password": password})

    def google_address(self, return_to: str, challenge: str) -> str:
        if not self.has_google:
            raise GoogleOff()
        query = {
            "provider": "google",
            "redirect_to": return_to,
            "code_challenge": challenge,
            "code_challenge_method": "s256",
        }
        return f"{self._auth}/authorize?{urlencode(query)}"

    def google_person(self, code: str, verifier: str) -> Person:
        if not self.has_google:
            raise GoogleOff()
        body = {"auth_code": code, "code_verifier": verifier}
        try:
            answer = self._send("POST", "/token?grant_type=pkce", self._publishable, writes=False, body=body)
        except Rejected as error:  # a code that is no code at all
            raise LinkSpent() from error
        return _person(answer["user"])

    def _send(
        self, method: str, path: str, key: dict[str, str], *, writes: bool, body: dict[str, Any] | None = None
    ) -> Any:
        answer = send(self._http, method, self._auth + path, writes=writes, json=body, headers=key)
        if answer.status_code >= 300:
            _refuse(answer)
        return answer.json() if answer.content else {}


def _refuse(answer: Response) -> NoReturn:
    """Translate one refusal. `error_code` is the present name; servers before 2024 say `error` or only `msg`."""
    try:
        told = answer.json()
    except ValueError:
        told = {}
    code = told.get("error_code") or told.get("error") or ""
    if code in _TAKEN:
        raise EmailTaken()
    if code in _WRONG:
        raise WrongSignIn()
    if code == "weak_password":
        raise PasswordTooWeak()
    if code in _SPENT:
        raise LinkSpent()
    if answer.status_code == 429 or answer.status_code >= 500:
        raise Unavailable(f"the sign-in service answered {answer.status_code}")
    raise Rejected(f"the sign-in service refused: {answer.status_code} {code}")


def _person(user: Any) -> Person:
    about = user.get("user_metadata") or {}
    name = str(about.get("full_name") or about.get("name") or "")
    return Person(UUID(user["id"]), str(user.get("email") or "").lower(), name)
