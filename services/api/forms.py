"""Forms in, redirects and cookies out: what every sign-in route shares."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services import identity
from services.api.problems import problem_code
from services.kit.app import App
from services.kit.errors import ProviderError, UserError

SESSION_COOKIE = "ld_sid"
COOKIE_SECONDS = 30 * 24 * 3600  # as long as an unused session; renewed with every page (headers.py)
_FORM_BYTES_MAX = 16 * 1024


@dataclass(frozen=True)
class Form:
    """What was posted: text by name ("" where absent), and the bytes of uploads."""

    fields: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def all(self, *names: str) -> dict[str, str]:
        return {name: self[name] for name in names if self[name]}


Act = Callable[[App, Form, identity.Caller], Response]
AppOf = Callable[[], App]


def posting(path: str, app_of: AppOf, act: Act, back: Callable[[Form], str], limit: int = _FORM_BYTES_MAX) -> Route:
    """
    A route that takes a form. The act runs in a thread; a refusal goes back to `back(form)` with `?problem=<code>`.

    :param limit: largest body in bytes
    """

    async def endpoint(request: Request) -> Response:
        form = await _read(request, limit)
        caller = caller_of(request)

        def run() -> Response:
            try:
                return act(app_of(), form, caller)
            except (UserError, ProviderError) as error:
                return redirect(with_query(back(form), problem=problem_code(error)))

        return await run_in_threadpool(run)

    return Route(path, endpoint, methods=["POST"])


async def _read(request: Request, limit: int) -> Form:
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(411)
    if int(length) > limit:
        raise HTTPException(413, "That is too large.")
    texts: dict[str, str] = {}
    files: dict[str, bytes] = {}
    async with request.form(max_files=1, max_fields=40, max_part_size=limit) as parsed:
        for name, value in parsed.multi_items():
            if isinstance(value, UploadFile):
                files[name] = await value.read()
            else:
                texts[name] = value
    return Form(texts, files)


def caller_of(request: Request) -> identity.Caller:
    """Where the request comes from; behind a proxy the server's --proxy-headers puts the real address there."""
    address = request.client.host if request.client else ""
    return identity.Caller(address, request.headers.get("user-agent", ""), request.cookies.get(SESSION_COOKIE))


def redirect(to: str) -> Response:
    return RedirectResponse(to, 303, headers={"cache-control": "no-store"})


def signed_in(app: App, session_id: str, to: str) -> Response:
    """Send the browser on, with its new session."""
    answer = redirect(to)
    answer.set_cookie(
        SESSION_COOKIE,
        session_id,
        max_age=COOKIE_SECONDS,
        path="/",
        secure=app.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return answer


def signed_out(app: App, to: str) -> Response:
    answer = redirect(to)
    secure = app.settings.public_url.startswith("https:")
    answer.delete_cookie(SESSION_COOKIE, path="/", secure=secure, httponly=True, samesite="lax")
    return answer


def safe_next(asked: str) -> str:
    """Our own path to go to after signing in; `/` for anything that could lead elsewhere or straight back."""
    clean = all(c.isprintable() and c not in "\\ " for c in asked)
    if not clean or not asked.startswith("/") or asked.startswith("//") or len(asked) > 1000:
        return "/"
    parts = urlsplit(asked)
    if parts.scheme or parts.netloc or parts.path.startswith(("/auth/", "//")):
        return "/"
    kept = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("problem", "told", "setup", "invite", "reset")]
    return f"{parts.path}{f'?{urlencode(kept)}' if kept else ''}"


def with_query(path: str, **more: str) -> str:
    """The path with these query parameters set; empty ones are left out."""
    parts = urlsplit(path)
    query = dict(parse_qsl(parts.query)) | {name: value for name, value in more.items() if value}
    return f"{parts.path}{f'?{urlencode(query)}' if query else ''}"
