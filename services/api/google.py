"""Signing in with Google through Supabase: out with a challenge, back with a code."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services import identity
from services.api.forms import AppOf, caller_of, redirect, safe_next, signed_in, with_query
from services.api.problems import problem_code
from services.kit.app import App
from services.kit.errors import ProviderError, UserError

_COOKIE = "ld_google"
_SECONDS = 600
_PATH = "/auth/google"


def routes(app_of: AppOf) -> list[Route]:
    """`/auth/google` leaves, `/auth/google/return` comes back. GET: a form may not be redirected to another site."""
    return [_getting(_PATH, app_of, _leave), _getting(f"{_PATH}/return", app_of, _come_back)]


def _getting(path: str, app_of: AppOf, act: Callable[[App, Request], Response]) -> Route:
    def endpoint(request: Request) -> Response:
        try:
            return act(app_of(), request)
        except (UserError, ProviderError) as error:
            return redirect(with_query("/", problem=problem_code(error)))

    return Route(path, endpoint, methods=["GET"])


def _leave(app: App, request: Request) -> Response:
    next_path = safe_next(request.query_params.get("next", "/"))
    address, flow = identity.start_google(app, f"{app.settings.public_url}{_PATH}/return", next_path)
    answer = redirect(address)
    answer.set_cookie(_COOKIE, flow, max_age=_SECONDS, path=_PATH, secure=_is_https(app), httponly=True, samesite="lax")
    return answer


def _come_back(app: App, request: Request) -> Response:
    flow, code = request.cookies.get(_COOKIE, ""), request.query_params.get("code", "")
    session_id, next_path = identity.finish_google(app, flow, code, caller_of(request))
    answer = signed_in(app, session_id, safe_next(next_path))
    answer.delete_cookie(_COOKIE, path=_PATH, secure=_is_https(app), httponly=True, samesite="lax")
    return answer


def _is_https(app: App) -> bool:
    return app.settings.public_url.startswith("https:")
