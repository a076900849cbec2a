"""`/me`, `/me/accounts`, `/me/permissions`: the person and the Pages they let the app see."""

from typing import Any

from services.practice import tokens
from services.practice.facebook.access import checked_token, person_token
from services.practice.seeds import PAGES, PEOPLE, Page
from services.practice.tokens import Token
from services.practice.wire.calls import Call
from services.practice.wire.errors import not_visible
from services.practice.wire.fields import pick


def read_me(call: Call) -> dict[str, Any]:
    """`GET /me`: the person, or the Page for a Page token."""
    token = checked_token(call)
    if token.kind == "page":
        return pick(_page_node(call, PAGES[token.subject], token), call.get("fields"), kind="Page", default="id,name")
    node = {"id": token.subject, "name": PEOPLE[token.subject].name}
    return pick(node, call.get("fields"), kind="User", default="id,name")


def list_pages(call: Call) -> dict[str, Any]:
    """`GET /me/accounts`: only Pages that were ticked at sign-in, each with its own token."""
    _person, token = person_token(call)
    tokens.require(token, "pages_show_list")
    rows = []
    for page_id in token.grant.pages:
        node = _page_node(call, PAGES[page_id], _page_token(call, token, page_id))
        rows.append(pick(node, call.get("fields"), kind="Page", default="access_token,category,name,id,tasks"))
    return (
        {"data": rows, "paging": {"cursors": {"before": rows[0]["id"], "after": rows[-1]["id"]}}}
        if rows
        else {"data": []}
    )


def list_permissions(call: Call) -> dict[str, Any]:
    """`GET /me/permissions`: what was granted and what was declined."""
    _person, token = person_token(call)
    granted = [{"permission": scope, "status": "granted"} for scope in token.grant.scopes]
    return {"data": granted + [{"permission": scope, "status": "declined"} for scope in token.grant.declined]}


def read_page(call: Call, page_id: str) -> dict[str, Any]:
    """`GET /{page-id}`: with the Page's token, or that of a person who ticked it."""
    token = checked_token(call)
    if token.kind != "page":
        if page_id not in token.grant.pages:
            raise not_visible(page_id, "facebook")
        token = _page_token(call, token, page_id)
    if token.subject != page_id:
        raise not_visible(page_id, "facebook")
    return pick(_page_node(call, PAGES[page_id], token), call.get("fields"), kind="Page", default="id,name")


def _page_token(call: Call, parent: Token, page_id: str) -> Token:
    """A Page token from a 60-day token has no date; from a short one it ends with it."""
    with call.world.store.act():
        living = tokens.living_page_token(call.world, parent, page_id)
        expires_at = parent.expires_at if parent.kind == "short" else None
        return living or tokens.issue_token(
            call.world, parent.grant, "page", expires_at=expires_at, subject=page_id, parent=parent.text
        )


def _page_node(call: Call, page: Page, token: Token) -> dict[str, Any]:
    return {
        "id": page.id,
        "name": page.name,
        "category": page.category,
        "access_token": token.text,
        "tasks": list(PEOPLE[token.grant.subject].tasks.get(page.id, ())),
        "link": f"{call.base}/facebook/{page.id}",
        "fan_count": 2_400,
        "followers_count": 2_500,
        "is_published": True,
        "instagram_business_account": None,
    }
