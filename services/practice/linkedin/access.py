"""Who is asking, in which version, and whom they may act for."""

from datetime import UTC, date, datetime

from services.practice import tokens
from services.practice.linkedin.errors import LinkedInError, denied, wrong_author
from services.practice.linkedin.roles import MEMBERS, POSTING, ROBIN
from services.practice.tokens import Token
from services.practice.wire.calls import Call

# The living versions and the last day of each; None where no day was announced. Source: versioning, September 2026.
_VERSIONS: dict[str, date | None] = {
    "202601": date(2027, 1, 15),
    "202602": date(2027, 2, 15),
    "202603": date(2027, 3, 16),
    "202604": None,
    "202605": None,
    "202606": None,
    "202607": None,
    "202608": date(2027, 8, 17),
    "202609": date(2027, 9, 15),
}


def check_version(call: Call) -> None:
    """:raises LinkedInError: 400 VERSION_MISSING, 426 NONEXISTENT_VERSION"""
    version = call.headers.get("linkedin-version", "")
    if not version:
        raise LinkedInError(400, "VERSION_MISSING", "A version must be present. Please specify a version")
    last = _VERSIONS.get(version, date.min)
    if last is not None and datetime.fromtimestamp(call.now, UTC).date() > last:
        raise LinkedInError(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")


def needs_protocol(call: Call) -> None:
    """Without the header the call falls back to protocol 1.0, in which finders fail. :raises LinkedInError: 400"""
    if call.headers.get("x-restli-protocol-version") != "2.0.0":
        raise LinkedInError(400, "ILLEGAL_ARGUMENT", "Syntax exception in path variables")


def scoped(call: Call, *scopes: str) -> Token:
    """The token of the call. :raises LinkedInError: 401 none, unknown, expired or revoked; 403 without a scope"""
    if not call.bearer:
        raise LinkedInError(401, "EMPTY_ACCESS_TOKEN", "Empty oauth2 access token", service=65604)
    token = tokens.find_token(call.world, "linkedin", call.bearer)
    if token is None or token.kind == "refresh":
        raise LinkedInError(401, "INVALID_ACCESS_TOKEN", "Invalid access token", service=65600)
    state = tokens.standing(token, call.now)
    if state == "retired":
        message = "The token used in the request has been revoked by the user"
        raise LinkedInError(401, "REVOKED_ACCESS_TOKEN", message, service=65601)
    if state == "expired":
        message = "The token used in the request has expired"
        raise LinkedInError(401, "EXPIRED_ACCESS_TOKEN", message, service=65602)
    for scope in scopes:
        if scope not in token.grant.scopes:
            raise denied(f"{'.'.join(call.segments)} ({scope})")
    return token


def member_of(token: Token) -> str:
    """Whose token this is. One made for a page, without the sign-in, is that of its administrator."""
    return token.subject if token.subject in MEMBERS else ROBIN


def acting_as(call: Call, author: str) -> str:
    """The author, whom the token's member may post for. :raises LinkedInError: 401, 403"""
    is_member = author.startswith("urn:li:person:")
    token = scoped(call, "w_member_social" if is_member else "w_organization_social")
    member = MEMBERS[member_of(token)]
    if author != member.urn and member.roles.get(author) not in POSTING:
        raise wrong_author()
    return author


def may_read(call: Call, author: str) -> None:
    """Posts of a page, to those who may post for it; members' to nobody. :raises LinkedInError: 401, 403"""
    token = scoped(call)
    if author.startswith("urn:li:person:"):
        scoped(call, "r_member_social")
        return
    scoped(call, "r_organization_social")
    if MEMBERS[member_of(token)].roles.get(author) not in POSTING:
        raise denied("partnerApiPosts")


def window(call: Call) -> tuple[int, int]:
    """`start` and `count` of a list. :raises LinkedInError: 400"""
    start, count = call.get("start", "0"), call.get("count", "10")
    if not start.isdecimal() or not count.isdecimal() or not 1 <= int(count) <= 100:
        raise LinkedInError(400, "INVALID_QUERY", "start and count must be numbers, count from 1 to 100")
    return int(start), int(count)
