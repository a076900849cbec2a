"""Which call is which on practice YouTube. Google's three hosts share one address here."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.practice import accepted
from services.practice.screens import public
from services.practice.screens.html import notice
from services.practice.wire.calls import Call
from services.practice.wire.gate import Act, Answer, Endpoint, gate
from services.practice.world import World
from services.practice.youtube import reading, sessions, signin, thumbnails
from services.practice.youtube.errors import missed, not_found


def routes(world: World) -> list[Route]:
    """Sign-in, uploads, the API, public pages."""
    return [
        Route("/youtube/o/oauth2/v2/auth", _gate(world, signin.authorize), methods=["GET", "POST"]),
        Route("/youtube/token", _gate(world, signin.token), methods=["POST"]),
        Route("/youtube/revoke", _gate(world, signin.revoke), methods=["POST"]),
        Route(sessions.PATH, _gate(world, upload), methods=["POST", "PUT"]),
        Route(thumbnails.PATH, _gate(world, thumbnails.set_thumbnail), methods=["POST"]),
        Route("/youtube/youtube/v3/{rest:path}", _gate(world, api), methods=["GET", "POST", "PUT", "DELETE"]),
        Route("/youtube/watch", _to_page(world)),
        Route("/youtube/shorts/{video}", _to_page(world)),
        Route("/youtube/watch/{video}", public.post_page(world, "youtube")),
        Route("/youtube/{handle}", public.account_page(world, "youtube")),
    ]


def upload(call: Call) -> Answer:
    """Open a session, or go on with one."""
    return sessions.start(call) if call.method == "POST" else sessions.put(call)


def api(call: Call) -> Answer:
    """Answer a call of the Data API. :raises ApiError: 404 for everything that is not practised"""
    match call.method, *call.segments:
        case "GET", "channels":
            return reading.list_channels(call)
        case "GET", "playlistItems":
            return reading.list_playlist_items(call)
        case "GET", "videos":
            return reading.list_videos(call)
    raise not_found(call.path)


def _gate(world: World, act: Act) -> Endpoint:
    return gate(world, "youtube", act, missed=missed)


def _to_page(world: World) -> Callable[[Request], Response]:
    """`/watch?v=` and `/shorts/` lead to the one page that a video has here."""

    def show(request: Request) -> Response:
        video = request.path_params.get("video") or request.query_params.get("v", "")
        post = accepted.find(world, video)
        if post is None or post.platform != "youtube" or not post.published:
            return notice("Not found", "This video is not available.", status=404)
        return RedirectResponse(post.path)

    return show
