"""The practice platforms over real HTTP, in a thread of the test: `with running_practice(tmp_path) as practice:`."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from services.kit.clock import Clock, SystemClock
from services.practice.main import build

ADMIN_TOKEN = "operator-of-the-tests"
_GRACE_SECONDS = 1  # for answers under way when a server stops
INSTAGRAM_ACME, PERSON_ROBIN, PAGE_ACME = "17841400000000001", "122100000000001", "100000000000001"
INSTAGRAM_SCOPES = (
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_insights",
)
FACEBOOK_SCOPES = (
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "pages_read_user_content",
    "read_insights",
)


@dataclass(frozen=True)
class Admin:
    """The operator's routes."""

    http: httpx.Client

    def fault(self, kind: str, **terms: Any) -> int:
        """Switch a fault on, for example `fault("lose_reply", match="/media_publish", count=1)`; returns its id."""
        return int(self._post("/admin/faults", {"kind": kind, **terms})["id"])

    def faults(self) -> list[dict[str, Any]]:
        return list(self._get("/admin/faults"))

    def clear_faults(self) -> None:
        self.http.delete("/admin/faults").raise_for_status()

    def accepted(self, platform: str | None = None) -> list[dict[str, Any]]:
        """Every post the platforms took, oldest first."""
        return [post for post in self._get("/admin/accepted") if platform in (None, post["platform"])]

    def requests(self, match: str = "") -> list[dict[str, Any]]:
        """Every recorded request whose path contains `match`, oldest first."""
        return [request for request in self._get("/admin/requests") if match in request["path"]]

    def settings(self, **changes: float) -> dict[str, float]:
        return dict(self._post("/admin/settings", changes))

    def reset(self, *, keep_tokens: bool = False) -> None:
        self._post("/admin/reset", {"keep_tokens": keep_tokens})

    def instagram_token(self, *scopes: str, subject: str = INSTAGRAM_ACME, **terms: Any) -> str:
        """A long-lived token without the sign-in."""
        body = {"platform": "instagram", "subject": subject, "scopes": scopes or INSTAGRAM_SCOPES, **terms}
        return str(self._post("/admin/tokens", body)["access_token"])

    def page_token(self, *scopes: str, page: str = PAGE_ACME, subject: str = PERSON_ROBIN, **terms: Any) -> str:
        """A Page token without a date, without the sign-in."""
        body = {"platform": "facebook", "subject": subject, "scopes": scopes or FACEBOOK_SCOPES, "kind": "page"}
        return str(self._post("/admin/tokens", body | {"page": page, "expires_in": None} | terms)["access_token"])

    def user_token(self, *scopes: str, subject: str = PERSON_ROBIN, **terms: Any) -> str:
        """A Facebook user token without the sign-in."""
        body = {"platform": "facebook", "subject": subject, "scopes": scopes or FACEBOOK_SCOPES, **terms}
        return str(self._post("/admin/tokens", body)["access_token"])

    def token(self, platform: str, scopes: tuple[str, ...] | list[str], subject: str, **terms: Any) -> str:
        """A token of any platform without the sign-in; `kind="refresh"` is one to renew with."""
        body = {"platform": platform, "subject": subject, "scopes": list(scopes), **terms}
        return str(self._post("/admin/tokens", body)["access_token"])

    def _get(self, path: str) -> Any:
        return self.http.get(path).raise_for_status().json()

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass(frozen=True)
class RunningPractice:
    """A running server: `base` is its address without a slash at the end."""

    base: str
    admin: Admin

    def sign_in(self, authorize_address: str, *, subject: str, decision: str = "allow", **ticked: list[str]) -> str:
        """
        Answer a sign-in page as a person would; returns the address the browser is sent to.

        `decision` is allow, some or deny; with some, `ticked` may hold `granted` (scopes) and `page` (Page ids).
        """
        answer = httpx.post(authorize_address, data={"subject": subject, "decision": decision, **ticked})
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])


class _Server(uvicorn.Server):
    """Uvicorn looks ten times a second whether to stop; this one hears it, hundreds of times a run of the tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._told = asyncio.Event()

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self.on_tick(0)  # the headers of every answer
        if not self.should_exit:
            await self._told.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, without its fixed waits."""
        for listening in (*self.servers, *(sockets or [])):
            listening.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        last = time.monotonic() + _GRACE_SECONDS
        while self.server_state.connections and time.monotonic() < last:
            await asyncio.sleep(0.001)
        for task in self.server_state.tasks:
            task.cancel()

    def stop(self) -> None:
        self.should_exit = True
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._told.set)


@contextmanager
def running_practice(tmp_path: Path, *, clock: Clock | None = None, **settings: float) -> Iterator[RunningPractice]:
    """
    Serve the practice platforms on a free port until the block ends.

    The record lies in `tmp_path` and survives from one block to the next. `settings` are those of `/admin/settings`,
    for example `processing_seconds=0`.
    """
    app = build(tmp_path / "practice.sqlite", ADMIN_TOKEN, clock or SystemClock())
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    config = uvicorn.Config(app, log_level="critical", lifespan="off")
    server = _Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    headers = {"X-Practice-Admin": ADMIN_TOKEN}
    try:
        with httpx.Client(base_url=base, headers=headers, timeout=30, trust_env=False) as http:
            practice = RunningPractice(base, Admin(http))
            if settings:
                practice.admin.settings(**settings)
            yield practice
    finally:
        server.stop()
        thread.join(timeout=10)
        listener.close()
