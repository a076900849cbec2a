"""The process of the practice platforms: `python -m services.practice.main --port 8601 --data-file practice.sqlite`."""

import argparse
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from services.kit import config
from services.kit.clock import Clock, SystemClock
from services.kit.http import Client, make_client
from services.practice.control import admin
from services.practice.facebook import routes as facebook
from services.practice.instagram import routes as instagram
from services.practice.linkedin import routes as linkedin
from services.practice.pinterest import routes as pinterest
from services.practice.screens import public
from services.practice.store import Store
from services.practice.tiktok import routes as tiktok
from services.practice.wire.gate import TRANSPORT
from services.practice.world import World
from services.practice.x import routes as x
from services.practice.youtube import routes as youtube

LOOPBACK = ("http://127.0.0.1:", "http://localhost:")


class Practice(Starlette):
    """Leaves the connection's transport in the scope, so that a reply can be lost by cutting it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = getattr(send, "__self__", None)  # uvicorn's request cycle; absent under a test client
        scope[TRANSPORT] = getattr(cycle, "transport", None)
        await super().__call__(scope, receive, send)


def build(
    store_path: Path | str,
    admin_token: str,
    clock: Clock,
    *,
    app_id: str = "practice",
    app_secret: str = "practice",
    redirect_prefixes: tuple[str, ...] = LOOPBACK,
    http: Client | None = None,
) -> Practice:
    """
    The application over one record.

    Without an `admin_token` the operator's routes stay closed. Media are fetched by `http`.
    """
    world = World(
        store=Store(store_path),
        clock=clock,
        http=http or make_client(),
        admin_token=admin_token,
        app_id=app_id,
        app_secret=app_secret,
        redirect_prefixes=redirect_prefixes,
    )
    return Practice(
        routes=[
            Route("/", public.front(world)),
            Route("/health", _health),
            *admin.routes(world),
            Route("/{platform}/images/{sha256}", public.image(world)),
            *instagram.routes(world),
            *facebook.routes(world),
            *pinterest.routes(world),
            *linkedin.routes(world),
            *tiktok.routes(world),
            *x.routes(world),
            *youtube.routes(world),
        ]
    )


def main(arguments: list[str] | None = None) -> None:
    """Serve, on loopback unless told otherwise, until stopped."""
    reader = argparse.ArgumentParser(prog="services.practice.main", description=__doc__)
    reader.add_argument("--host", default="127.0.0.1", help="0.0.0.0 where a container's port is published")
    reader.add_argument("--port", type=int, default=8601)
    reader.add_argument("--data-file", type=Path, default=Path("practice.sqlite"))
    own = config.Settings().practice_admin_token.get_secret_value()
    reader.add_argument("--admin-token", default=own, help="opens the operator's routes; default PRACTICE_ADMIN_TOKEN")
    reader.add_argument("--app-id", default="practice")
    reader.add_argument("--app-secret", default="practice")
    reader.add_argument("--redirect-prefix", action="append", default=[], help="where sign-ins may return to")
    given = reader.parse_args(arguments)
    given.data_file.parent.mkdir(parents=True, exist_ok=True)
    app = build(
        given.data_file,
        given.admin_token,
        SystemClock(),
        app_id=given.app_id,
        app_secret=given.app_secret,
        redirect_prefixes=tuple(given.redirect_prefix) or LOOPBACK,
    )
    uvicorn.run(app, host=given.host, port=given.port, log_level="warning", timeout_graceful_shutdown=2)


def _health(_request: Request) -> JSONResponse:
    return JSONResponse({"ok": True})


if __name__ == "__main__":
    main()
