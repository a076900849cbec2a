"""Pure ASGI middleware: security headers, a renewed session cookie, and no form from another site."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.forms import COOKIE_SECONDS, SESSION_COOKIE, AppOf
from services.api.routing import routes
from services.api.traced import Traced
from services.kit.config import Settings

# The one inline script of Streamlit 1.67's index.html; tests/services/api/test_headers.py computes it again.
STREAMLIT_SCRIPT = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN_PREFIX = "/_stcore/"  # Streamlit guards its own writes with a token


def middleware(app_of: AppOf) -> list[Middleware]:
    """What the web wraps around every answer, outermost first."""
    return [
        Middleware(Traced, routes=routes(app_of)),
        Middleware(SecurityHeaders, settings_of=lambda: app_of().settings),
        Middleware(SameOrigin),
    ]


def content_security_policy(settings: Settings) -> str:
    """What a page may load: everything from here, pictures and clips also from the hosted file store."""
    store = _origin(settings.supabase_url)
    is_https = settings.public_url.startswith("https:")
    sockets = f"wss://{urlsplit(settings.public_url).netloc}" if is_https else "ws: wss:"
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {STREAMLIT_SCRIPT}",  # blob: components bring their code that way
        "worker-src": "'self' blob:",
        "img-src": f"'self' data: blob: {store}",
        "media-src": f"'self' blob: {store}",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self' data:",
        "connect-src": f"'self' {sockets} blob: data:",
        "frame-ancestors": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}".strip() for name, value in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


class SecurityHeaders:
    """Adds what is missing; a route that brings its own policy (stored files) keeps it."""

    def __init__(self, app: ASGIApp, settings_of: Callable[[], Settings]) -> None:
        self._app = app
        self._settings_of = settings_of
        self._headers: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = self._headers or self._build()
        renewed = _renewed_cookie(scope, is_https="strict-transport-security" in headers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in headers.items():
                    answer.setdefault(name, value)
                if renewed and answer.get("content-type", "").startswith("text/html"):
                    answer.append("set-cookie", renewed)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _build(self) -> dict[str, str]:
        settings = self._settings_of()
        self._headers = {
            "content-security-policy": content_security_policy(settings),
            "x-content-type-options": "nosniff",
            # not "no-referrer": a form would then carry "Origin: null" and be refused by SameOrigin
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        }
        if settings.public_url.startswith("https:"):
            self._headers["strict-transport-security"] = "max-age=31536000"
        return self._headers


def _renewed_cookie(scope: Scope, *, is_https: bool) -> str:
    """The browser's own session cookie with a new end, sent with each page, so that 30 days count from the last use."""
    if scope["method"] != "GET":
        return ""
    session_id = cookie_parser(Headers(scope=scope).get("cookie", "")).get(SESSION_COOKIE, "")
    if not (session_id.isascii() and session_id.replace("-", "").replace("_", "").isalnum() and len(session_id) < 100):
        return ""
    secure = "; Secure" if is_https else ""
    return f"{SESSION_COOKIE}={session_id}; HttpOnly; Max-Age={COOKIE_SECONDS}; Path=/; SameSite=lax{secure}"


class SameOrigin:
    """
    Refuses writes that another site's page sends (OWASP, CSRF prevention: verifying origin).

    A browser states the origin of every POST; one without is refused too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_write = scope["type"] == "http" and scope["method"] not in _SAFE_METHODS
        if is_write and not scope["path"].startswith(_OPEN_PREFIX) and not _is_from_here(Headers(scope=scope)):
            refusal = PlainTextResponse("This form came from another site. Nothing was done.", 403)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_from_here(headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin", "")
    return bool(host) and urlsplit(origin).scheme in ("http", "https") and urlsplit(origin).netloc == host
