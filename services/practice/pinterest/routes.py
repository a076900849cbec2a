"""Which call is which on practice Pinterest."""

from starlette.routing import Route

from services.practice.pinterest import boards, media, pins, reading, signin
from services.practice.pinterest.access import rate_headers
from services.practice.pinterest.errors import PinterestError, missed
from services.practice.screens import public
from services.practice.wire.calls import Call
from services.practice.wire.gate import Answer, gate
from services.practice.world import World


def routes(world: World) -> list[Route]:
    """Sign-in, the file store, public pages, then the API."""
    return [
        Route("/pinterest/oauth/", gate(world, "pinterest", signin.authorize), methods=["GET", "POST"]),
        Route("/pinterest/upload/", gate(world, "pinterest", media.upload), methods=["POST"]),
        Route("/pinterest/pin/{number}/", public.post_page(world, "pinterest")),
        Route("/pinterest/{handle:str}", public.account_page(world, "pinterest")),
        Route(
            "/pinterest/v5/{rest:path}",
            gate(world, "pinterest", api, headers=rate_headers, missed=missed),
            methods=["GET", "POST", "PATCH", "DELETE"],
        ),
    ]


def api(call: Call) -> Answer:
    """Answer a call of version 5. :raises PinterestError: 404 for a path that is none, and what the act raises"""
    match call.method, *call.segments:
        case "POST", "oauth", "token":
            return signin.token(call)
        case "GET", "user_account":
            return signin.user_account(call)
        case "GET", "boards":
            return boards.list_boards(call)
        case "POST", "boards":
            return boards.make_board(call)
        case "GET", "boards", board, "pins":
            return reading.list_board(call, board)
        case "POST", "media":
            return media.register(call)
        case "GET", "media", media_id:
            return media.read_media(call, media_id)
        case "GET", "pins":
            return reading.list_pins(call)
        case "POST", "pins":
            return pins.make_pin(call)
        case "GET", "pins", pin:
            return reading.read_pin(call, pin)
        case "DELETE", "pins", pin:
            return reading.delete_pin(call, pin)
    raise PinterestError(404, 0, "No such path.")
