"""A platform's sign-in that answers from memory, and the token of an account as an adapter is given it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import httpx
from pydantic import SecretStr

from services.accounts.models import Token


@dataclass(kw_only=True)
class Answers:
    """Answers with its own field that is named as the path's last part; keeps what it was sent."""

    token: Any
    status: int = 200
    seen: list[httpx.Request] = field(default_factory=list)

    def http(self) -> httpx.Client:
        def answer(request: httpx.Request) -> httpx.Response:
            self.seen.append(request)
            return httpx.Response(self.status, json=getattr(self, request.url.path.rsplit("/", 1)[-1]))

        return httpx.Client(transport=httpx.MockTransport(answer))

    def form(self, place: int = 0) -> dict[str, str]:
        return {key: value[0] for key, value in parse_qs(self.seen[place].content.decode()).items()}


def held(platform: str, remote_id: str, secret: str, refresh: str | None = None, *, is_practice: bool = False) -> Token:
    return Token(
        channel_id=UUID(int=1), platform=platform, is_practice=is_practice, remote_id=remote_id, handle="acme",
        secret=SecretStr(secret), refresh=SecretStr(refresh) if refresh else None,
    )  # fmt: skip
