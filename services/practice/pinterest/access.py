"""Who is asking on Pinterest, may they, and how much of the rate limit is left."""

from services.practice import accepted, tokens
from services.practice.pinterest.errors import missing_scope, unauthenticated
from services.practice.seeds import ACCOUNTS, Account
from services.practice.wire.calls import Call

RATE_SECONDS = 60
SCOPES = (
    "boards:read",
    "boards:write",
    "pins:read",
    "pins:write",
    "user_accounts:read",
    "boards:read_secret",
    "boards:write_secret",
    "pins:read_secret",
    "pins:write_secret",
    "ads:read",
)


def own_account(call: Call, *scopes: str) -> Account:
    """The account of the token in the header. :raises PinterestError: 401 code 2 no good token, code 3 missing scope"""
    token = tokens.find_token(call.world, "pinterest", call.bearer or "")
    if token is None or token.kind != "access" or tokens.standing(token, call.now) != "ok":
        raise unauthenticated()
    for scope in scopes:
        if scope not in token.grant.scopes:
            raise missing_scope(scope)
    return ACCOUNTS["pinterest"][token.subject]


def may_see_secret(call: Call) -> bool:
    """Was the right to secret boards given?"""
    token = tokens.find_token(call.world, "pinterest", call.bearer or "")
    return token is not None and "boards:read_secret" in token.grant.scopes


def writes_left(call: Call) -> int:
    """How many pins the account may still make in this minute."""
    token = tokens.find_token(call.world, "pinterest", call.bearer or "")
    account = token.subject if token is not None else ""
    made = accepted.posts_since(call.world, account, call.now - RATE_SECONDS, platform="pinterest")
    return 0 if call.struck("quota") else max(0, int(call.world.setting("pinterest_writes_per_minute")) - made)


def rate_headers(call: Call) -> dict[str, str]:
    """What every answer tells; the limit is structured as the real one's, the reset in seconds from now."""
    most = int(call.world.setting("pinterest_writes_per_minute"))
    return {
        "X-RateLimit-Limit": f'{most}, {most};w={RATE_SECONDS};name="org_write"',
        "X-RateLimit-Remaining": str(writes_left(call)),
        "X-RateLimit-Reset": str(RATE_SECONDS),
    }
