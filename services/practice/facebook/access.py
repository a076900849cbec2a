"""Who is asking on Facebook: a person, or a Page by its own token."""

import hashlib
import hmac

from services.practice import tokens
from services.practice.seeds import PAGES, PEOPLE, Page, Person
from services.practice.tokens import Token
from services.practice.wire.calls import Call
from services.practice.wire.errors import GraphError, bad_parameter, not_visible


def checked_token(call: Call) -> Token:
    """Any living token. :raises GraphError: 104, 190, 100 for a wrong `appsecret_proof`"""
    token = tokens.read_token(call)
    proof = call.get("appsecret_proof")
    if proof:
        right = hmac.new(call.world.app_secret.encode(), token.text.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(right.encode(), proof.encode()):
            raise bad_parameter("Invalid appsecret_proof provided in the API argument")
    return token


def person_token(call: Call) -> tuple[Person, Token]:
    """A user token. :raises GraphError: 100/33 for a Page token, and as `checked_token`"""
    token = checked_token(call)
    if token.kind == "page":
        raise not_visible("me", "facebook")
    return PEOPLE[token.subject], token


def page_token(call: Call, page_id: str, *scopes: str, task: str) -> Page:
    """
    The Page in the path, asked for with its own token by somebody with `task`.

    :raises GraphError: 190/2069032 user token, 100/33 another Page's token, 10 missing scope, 200 missing task
    """
    token = checked_token(call)
    if page_id not in PAGES:
        raise not_visible(page_id, "facebook")
    if token.kind != "page":
        raise GraphError(190, "User Access Token Is Not Supported", subcode=2069032, status=401)
    if token.subject != page_id:
        raise not_visible(page_id, "facebook")
    tokens.require(token, *scopes)
    if task not in PEOPLE[token.grant.subject].tasks.get(page_id, ()):
        raise GraphError(200, f"(#200) The user must have the task {task} on this Page", status=403)
    return PAGES[page_id]
