"""The sign-in page of every platform: who you are, what the app may do, and Allow, Allow some or Deny."""

from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from services.practice.codes import issue_code
from services.practice.screens.html import choice, notice, page
from services.practice.tokens import Grant
from services.practice.wire.calls import Call

INSTAGRAM_SCOPES = (
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_insights",
    "instagram_business_manage_comments",
    "instagram_business_manage_messages",
)
FACEBOOK_SCOPES = (
    "public_profile",
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "pages_manage_engagement",
    "pages_read_user_content",
    "read_insights",
    "business_management",
    "publish_video",
)


@dataclass(frozen=True)
class Desk:
    """
    One platform's sign-in: its name, the scopes it knows, who may sign in, and the Pages each may tick.

    `client` is what the platform calls the app's id. A challenge (PKCE, S256) is kept wherever one is sent; with
    `wants_challenge` there is no sign-in without.
    """

    platform: str
    title: str
    scopes: tuple[str, ...]
    subjects: dict[str, str]
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    client: str = "client_id"
    wants_challenge: bool = False


def consent(call: Call, desk: Desk) -> Response:
    """Show the page, or answer the form: a redirect with `code` and `state`, or with the person's refusal."""
    problem = _problem(call, desk)
    if problem is not None:
        return notice("This app cannot sign you in", problem, status=400)
    wanted = _scopes(call)
    if call.method == "GET":
        return _form(call, desk, wanted)
    decision, subject = call.get("decision"), call.get("subject")
    if decision == "deny":
        return _back(
            call,
            error="access_denied",
            error_reason="user_denied",
            error_description="The user denied your request.",
        )
    if decision not in ("allow", "some") or subject not in desk.subjects:
        return notice("Something is missing", "Choose who you are, then allow or deny.", status=400)
    own_pages = tuple(desk.pages.get(subject, {}))
    granted = wanted if decision == "allow" else tuple(s for s in wanted if s in call.many("granted"))
    pages = own_pages if decision == "allow" else tuple(p for p in own_pages if p in call.many("page"))
    declined = tuple(scope for scope in wanted if scope not in granted)
    grant = Grant(desk.platform, subject, granted, declined, pages)
    code = issue_code(call.world, grant, call.get("redirect_uri"), call.get("code_challenge"))
    return _back(call, code=code)


def _scopes(call: Call) -> tuple[str, ...]:
    return tuple(dict.fromkeys(call.get("scope").replace(",", " ").split()))


def _problem(call: Call, desk: Desk) -> str | None:
    if call.get(desk.client) != call.world.app_id:
        return f"Invalid platform app: the {desk.client} is not known here."
    if not may_return_to(call.get("redirect_uri"), call.world.redirect_prefixes):
        return "Invalid redirect_uri: this address is not registered for the app."
    if call.get("response_type") != "code":
        return "The response_type must be code."
    if call.get("code_challenge") and call.get("code_challenge_method") != "S256":
        return "The code_challenge_method must be S256."
    if desk.wants_challenge and not call.get("code_challenge"):
        return "The code_challenge is missing."
    wanted = _scopes(call)
    unknown = [scope for scope in wanted if scope not in desk.scopes]
    if unknown or not wanted:
        return f"Invalid Scopes: {', '.join(unknown) or 'none given'}."
    return None


def may_return_to(address: str, prefixes: tuple[str, ...]) -> bool:
    """Is this a plain http address under one of the registered prefixes, without a user name or a fragment?"""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in address or parts.fragment:
        return False
    return any(address.startswith(prefix) for prefix in prefixes)


def _back(call: Call, **answer: str) -> Response:
    state = {"state": call.get("state")} if call.get("state") else {}
    address = call.get("redirect_uri")
    joint = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{joint}{urlencode(answer | state)}", status_code=302)


def _form(call: Call, desk: Desk, wanted: tuple[str, ...]) -> Response:
    first = next(iter(desk.subjects))
    people = "".join(choice("radio", "subject", key, name, checked=key == first) for key, name in desk.subjects.items())
    names = {page_id: name for pages in desk.pages.values() for page_id, name in pages.items()}
    pages = "".join(choice("checkbox", "page", key, name, checked=True) for key, name in names.items())
    scopes = "".join(choice("checkbox", "granted", scope, scope, checked=True) for scope in wanted)
    body = (
        f'<h1>{escape(desk.title)}</h1><p class="soft">Loopdesk would like to work with your account.</p>'
        '<form method="post" class="card">'
        f"<fieldset><legend>Continue as</legend>{people}</fieldset>"
        + (f"<fieldset><legend>Pages</legend>{pages}</fieldset>" if pages else "")
        + f"<fieldset><legend>Loopdesk may</legend>{scopes}</fieldset>"
        '<button class="main" name="decision" value="allow">Allow</button>'
        '<button name="decision" value="some">Allow some</button>'
        '<button name="decision" value="deny">Deny</button>'
        '<p class="soft">Allow gives everything listed. Allow some gives only what is ticked.</p></form>'
    )
    return page(desk.title, body)
