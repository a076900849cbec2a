"""Connecting a channel: out to the platform's sign-in, back with its answer; what came of it is told as a code."""

from collections.abc import Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services import accounts, identity
from services.api.forms import AppOf, caller_of, redirect, with_query
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import UserError

_SCREEN = "/channels"
_LONGEST = 4_096  # of one parameter; codes are a few hundred characters


def routes(app_of: AppOf) -> list[Route]:
    """`/oauth/start` leaves, `/oauth/return/{platform}` comes back. GET: a form may not be redirected elsewhere."""
    return [
        _getting("/oauth/start", app_of, _leave),
        _getting("/oauth/return/{platform}", app_of, _come_back),
    ]


def _getting(path: str, app_of: AppOf, act: Callable[[App, Scope, Request], Response]) -> Route:
    def endpoint(request: Request) -> Response:
        app = app_of()
        person = identity.viewer(app, caller_of(request).session_id)
        if person is None:
            return redirect(_SCREEN)
        try:
            return act(app, Scope(person.org_id, person.user_id), request)
        except UserError as error:
            return redirect(with_query(_SCREEN, problem=accounts.code_of(error)))

    return Route(path, endpoint, methods=["GET"])


def _leave(app: App, scope: Scope, request: Request) -> Response:
    """Only our own page may begin this: another site must not send a person to a consent screen in our name."""
    if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return redirect(_SCREEN)
    asked = request.query_params
    brand_id, channel_id = _id(asked.get("brand", "")), _id(asked.get("channel", ""))
    if brand_id is None or (asked.get("channel") and channel_id is None):
        raise accounts.ChannelNotFound()
    is_practice = asked.get("practice") == "1"
    platform = asked.get("platform", "")
    return redirect(accounts.begin(app, scope, brand_id, platform, is_practice=is_practice, channel_id=channel_id))


def _come_back(app: App, scope: Scope, request: Request) -> Response:
    answer = {name: value[:_LONGEST] for name, value in request.query_params.items()}
    done = accounts.finish(app, scope, request.path_params["platform"], answer)
    if done.channel_id is None:
        return redirect(with_query(_SCREEN, choose="1"))
    return redirect(with_query(_SCREEN, connected=str(done.channel_id)))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
