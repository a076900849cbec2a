"""
A stand-in for Supabase Auth that answers our calls in its wire format, over real HTTP on this machine.

Formats: supabase/auth openapi.yaml and its `error_code` list, read 2026-11-21. Knows the password grant, the PKCE
grant with Google, and the admin's users.
"""

import base64
import hashlib
import json
import secrets
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PUBLISHABLE_KEY = "sb_publishable_of_the_stand_in"
SECRET_KEY = "sb_secret_of_the_stand_in"

Answer = tuple[int, dict[str, Any]]


def _refusal(status: int, code: str, message: str) -> Answer:
    return status, {"code": status, "error_code": code, "msg": message}


_WRONG = _refusal(400, "invalid_credentials", "Invalid login credentials")


@dataclass
class StandIn:
    """One project. `fails_with` answers every call with this HTTP status and no readable body."""

    url: str = ""
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    fails_with: int = 0

    def sign_in_with_google(self, address: str, email: str, name: str) -> str:
        """What Google's and Supabase's pages do with the browser: returns the code it comes back with."""
        parts = urlsplit(address)
        asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
        assert parts.path == "/auth/v1/authorize"
        assert (asked["provider"], asked["code_challenge_method"]) == ("google", "s256")
        user = self._find(email) or self._add(email, "", {"full_name": name})
        code = str(uuid.uuid4())
        self.codes[code] = (asked["code_challenge"], user["id"])
        return code

    def answer(self, method: str, target: str, key: str | None, body: dict[str, Any]) -> Answer:
        parts = urlsplit(target)
        grant = parse_qs(parts.query).get("grant_type", [""])[0]
        if parts.path == "/auth/v1/token" and method == "POST":
            if key != PUBLISHABLE_KEY:
                return 401, {"message": "Invalid API key"}
            return self._by_password(body) if grant == "password" else self._by_code(body)
        if parts.path.startswith("/auth/v1/admin/users"):
            if key != SECRET_KEY:
                return _refusal(403, "not_admin", "User not allowed")
            return self._admin(method, parts.path.removeprefix("/auth/v1/admin/users").strip("/"), body)
        return 404, {"message": "no Route matched with those values"}

    def _by_password(self, body: dict[str, Any]) -> Answer:
        user = self._find(body["email"])
        if user is None or not secrets.compare_digest(
            self.passwords[user["id"]].encode(), str(body["password"]).encode()
        ):
            return _WRONG
        return self._session(user)

    def _by_code(self, body: dict[str, Any]) -> Answer:
        challenge, user_id = self.codes.get(body["auth_code"], ("", ""))
        if not challenge:
            return _refusal(404, "flow_state_not_found", "invalid flow state, no valid flow state found")
        digest = hashlib.sha256(body["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
            return _refusal(400, "bad_code_verifier", "code challenge does not match previously saved code verifier")
        del self.codes[body["auth_code"]]
        return self._session(self.users[user_id])

    def _admin(self, method: str, user_id: str, body: dict[str, Any]) -> Answer:
        if method == "POST" and not user_id:
            if self._find(body["email"]):
                return _refusal(422, "email_exists", "A user with this email address has already been registered")
            return 200, self._add(body["email"], body["password"], {})
        user = self.users.get(user_id)
        if user is None:
            return _refusal(404, "user_not_found", "User not found")
        if method == "PUT":
            if "leaked" in body["password"]:
                return _refusal(422, "weak_password", "Password is known to be weak and easy to guess")
            self.passwords[user_id] = body["password"]
            return 200, user
        if method == "DELETE":
            del self.users[user_id]
            return 200, {}
        return 405, {}

    def _add(self, email: str, password: str, about: dict[str, str]) -> dict[str, Any]:
        user = {"id": str(uuid.uuid4()), "aud": "authenticated", "email": email, "user_metadata": about}
        self.users[user["id"]] = user
        self.passwords[user["id"]] = password
        return user

    def _find(self, email: str) -> dict[str, Any] | None:
        return next((one for one in self.users.values() if one["email"] == email.lower()), None)

    def _session(self, user: dict[str, Any]) -> Answer:
        return 200, {
            "access_token": "a.b.c",
            "token_type": "bearer",
            "expires_in": 3600,
            "refresh_token": "r",
            "user": user,
        }


@contextmanager
def serving() -> Iterator[StandIn]:
    """The stand-in behind a real socket; `url` is the project's address."""
    project = StandIn()

    class Wire(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            if project.fails_with:
                status, told = project.fails_with, b"<html>bad gateway</html>"
            else:
                assert "authorization" not in self.headers
                body = json.loads(raw) if raw else {}
                status, answer = project.answer(self.command, self.path, self.headers.get("apikey"), body)
                told = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_POST = do_PUT = do_DELETE = do_GET = _serve

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    project.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)  # looks whether to stop
    thread.start()
    try:
        yield project
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
