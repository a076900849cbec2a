"""Auth and Storage of one project under one address, as a hosted project has them; people land in its database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.kit.clock import SystemClock
from tests.stand_ins import supabase_auth, supabase_storage


@dataclass
class Project:
    """`auth` and `storage` are the two stand-ins; `url` is what SUPABASE_URL is set to."""

    database: str
    auth: supabase_auth.StandIn = field(default_factory=supabase_auth.StandIn)
    storage: supabase_storage.StandIn = field(default_factory=lambda: supabase_storage.StandIn(SystemClock()))
    _recorded: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return self.storage.url

    async def answer(self, request: Request) -> Response:
        assert "authorization" not in request.headers
        raw = await request.body()
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        status, told = self.auth.answer(
            request.method, target, request.headers.get("apikey"), json.loads(raw) if raw else {}
        )
        await run_in_threadpool(self._record)
        return JSONResponse(told, status)

    def _record(self) -> None:
        """auth.users follows, written by the only role that may."""
        now = set(self.auth.users)
        with psycopg.connect(self.database) as connection:
            for user_id in now - self._recorded:
                email = self.auth.users[user_id]["email"]
                connection.execute("insert into auth.users (id, email) values (%s, %s)", [UUID(user_id), email])
            for user_id in self._recorded - now:
                connection.execute("delete from auth.users where id = %s", [UUID(user_id)])
        self._recorded = now


@contextmanager
def running(database: str) -> Iterator[Project]:
    """The project's HTTP side; `database` is the address Supabase Auth connects with."""
    project = Project(database)
    route = Route("/auth/v1/{path:path}", project.answer, methods=["GET", "POST", "PUT", "DELETE"])
    with supabase_storage.running(SystemClock(), route) as storage:
        project.storage = storage
        yield project
