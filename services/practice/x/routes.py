"""Which call is which on practice X."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from services.practice import accepted
from services.practice.screens import public
from services.practice.screens.html import notice
from services.practice.wire.calls import Call
from services.practice.wire.gate import Act, Answer, Endpoint, gate
from services.practice.world import World
from services.practice.x import media, posts, signin, timeline
from services.practice.x.access import limit_headers
from services.practice.x.problems import missed, not_found


def routes(world: World) -> list[Route]:
    """Sign-in, public pages, then the API."""

    def gated(act: Act) -> Endpoint:
        return gate(world, "x", act, headers=limit_headers, missed=missed)

    return [
        Route("/x/i/oauth2/authorize", gated(signin.authorize), methods=["GET", "POST"]),
        Route("/x/i/status/{post_id}", _by_id(world)),
        Route("/x/2/{rest:path}", gated(api), methods=["GET", "POST", "DELETE"]),
        Route("/x/{handle}/status/{post_id}", public.post_page(world, "x")),
        Route("/x/{handle:str}", public.account_page(world, "x")),
    ]


def api(call: Call) -> Answer:
    """Answer a call of the API. :raises Problem: 404 unknown path, and what the act raises"""
    match call.method, *call.segments:
        case "POST", "oauth2", "token":
            return signin.token(call)
        case "POST", "oauth2", "revoke":
            return signin.revoke(call)
        case "GET", "users", "me":
            return signin.me(call)
        case "GET", "users", user, "tweets":
            return timeline.list_posts(call, user)
        case "POST", "tweets":
            return posts.create(call)
        case "POST", "media", "upload":
            return media.upload(call)
        case "GET", "media", "upload":
            return media.status(call)
        case "POST", "media", "upload", "initialize":
            return media.initialize(call)
        case "POST", "media", "upload", media_id, "append":
            return media.append(call, media_id)
        case "POST", "media", "upload", media_id, "finalize":
            return media.finalize(call, media_id)
        case "POST", "media", "metadata":
            return media.describe(call)
    raise not_found()


def _by_id(world: World) -> public.Show:
    """A post's page under any name."""

    def show(request: Request) -> Response:
        post = accepted.find(world, request.path_params["post_id"])
        if post is None or post.platform != "x":
            return notice("Not found", "There is no such page here.", status=404)
        return RedirectResponse(post.path)

    return show
