"""A span around every answer of our own routes, named by the route: the rest of an address may be a secret."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit import tracing


class Traced:
    """Streamlit's own traffic is passed on untouched."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._known = {_first(route.path) for route in routes if isinstance(route, Route)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        first = _first(scope.get("path", "")) if scope["type"] == "http" else ""
        if first not in self._known:
            await self._app(scope, receive, send)
            return

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                tracing.note(**{"http.response.status_code": message["status"]})
            await send(message)

        # a stranger's traceparent is not followed: it could switch off sampling, or join what does not belong together
        with tracing.continued(None, f"{scope['method']} /{first}", "request"):
            await self._app(scope, receive, noting)


def _first(path: str) -> str:
    return path.lstrip("/").split("/", 1)[0]
