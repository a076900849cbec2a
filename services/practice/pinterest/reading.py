"""Reading pins: `/pins`, `/pins/{id}`, `/boards/{id}/pins`; and taking one away."""

from typing import Any

from starlette.responses import Response

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.pinterest.access import own_account
from services.practice.pinterest.boards import board_of, page_of
from services.practice.pinterest.errors import not_found
from services.practice.wire.calls import Call
from services.practice.world import iso_time

_ALL = 10_000


def list_pins(call: Call) -> dict[str, Any]:
    """`GET /v5/pins`: the account's, newest first."""
    account = own_account(call, "boards:read", "pins:read")
    return page_of(call, [pin_node(post) for post in _posts(call, account.id)])


def list_board(call: Call, board_id: str) -> dict[str, Any]:
    """`GET /v5/boards/{board_id}/pins`: newest first. :raises PinterestError: 404 no such board"""
    account = own_account(call, "boards:read", "pins:read")
    board = board_of(call, account.id, board_id)
    shown = [post for post in _posts(call, account.id) if post.details["board"] == board["id"]]
    return page_of(call, [pin_node(post) for post in shown])


def read_pin(call: Call, pin_id: str) -> dict[str, Any]:
    """`GET /v5/pins/{pin_id}`."""
    account = own_account(call, "boards:read", "pins:read")
    return pin_node(_post(call, account.id, pin_id))


def delete_pin(call: Call, pin_id: str) -> Response:
    """`DELETE /v5/pins/{pin_id}`: 204."""
    account = own_account(call, "boards:read", "boards:write", "pins:read", "pins:write")
    accepted.remove(call.world, _post(call, account.id, pin_id).id)
    return Response(status_code=204)


def pin_node(post: Post) -> dict[str, Any]:
    """A pin as the API tells it."""
    return {
        "id": post.id,
        "board_id": post.details["board"],
        "created_at": iso_time(post.created_at)[:19],
        "creative_type": "VIDEO" if post.format == "video" else "REGULAR",
        "media": {"media_type": post.format},
        "title": post.details["title"] or None,
        "description": post.caption or None,
        "link": post.details["link"] or None,
        "alt_text": post.alt_text or None,
        "is_owner": True,
        "has_been_promoted": False,
    }


def _posts(call: Call, account: str) -> list[Post]:
    return accepted.posts_of(call.world, account, limit=_ALL, platform="pinterest")


def _post(call: Call, account: str, pin_id: str) -> Post:
    post = accepted.find(call.world, pin_id)
    if post is None or (post.platform, post.account) != ("pinterest", account):
        raise not_found("Pin", 50)
    return post
