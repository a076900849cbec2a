"""Which call is which on practice Facebook."""

from starlette.routing import Route

from services.practice.facebook import comments, feed, insights, people, photos, posts, reels, signin, uploads, videos
from services.practice.screens import public
from services.practice.seeds import PAGES
from services.practice.wire.calls import Call
from services.practice.wire.errors import not_visible, unknown_path
from services.practice.wire.gate import Answer, gate
from services.practice.wire.versions import after_version
from services.practice.world import World


def routes(world: World) -> list[Route]:
    """Public pages, then the graph with its sign-in."""
    return [
        Route("/facebook/{page_id:int}", public.facebook_page(world)),
        Route("/facebook/{page_id:int}/posts/{post:int}", public.facebook_post(world)),
        Route("/facebook/rupload/{rest:path}", gate(world, "facebook", reels.upload, headers=_bare), methods=["POST"]),
        Route("/facebook/{rest:path}", gate(world, "facebook", graph), methods=["GET", "POST", "DELETE"]),
    ]


def graph(call: Call) -> Answer:
    """Answer a versioned call. :raises GraphError: 2500 unknown path, 100/33 unknown object, and what the act raises"""
    path = after_version(call)
    match call.method, *path:
        case _, "dialog", "oauth":
            return signin.authorize(call)
        case _, "oauth", "access_token":
            return signin.exchange(call)
        case "GET", "debug_token":
            return signin.debug_token(call)
        case "GET", "me":
            return people.read_me(call)
        case "GET", "me", "accounts":
            return people.list_pages(call)
        case "GET", "me", "permissions":
            return people.list_permissions(call)
        case "POST", page, "photos":
            return photos.post_photo(call, page)
        case "POST", page, "feed":
            return feed.post_feed(call, page)
        case "POST", page, "videos":
            return uploads.step(call, page)
        case "POST", page, "video_reels":
            return reels.step(call, page)
        case "GET", page, "published_posts":
            return posts.list_posts(call, page)
        case "GET", post, "comments":
            return comments.list_comments(call, posts.find_post(call, post))
        case "POST", post, "comments":
            return comments.add_comment(call, posts.find_post(call, post))
        case "GET", post, "insights":
            return insights.read_insights(call, post)
        case "GET", node:
            return _read_node(call, node)
        case _, node:
            raise not_visible(node, "facebook")
    raise unknown_path("/".join(call.segments))


def _read_node(call: Call, node: str) -> Answer:
    if node in PAGES:
        return people.read_page(call, node)
    video = videos.find(call, node)
    return posts.read_node(call, node) if video is None else videos.read(call, video)


def _bare(_call: Call) -> dict[str, str]:
    """The upload host tells nothing of limits."""
    return {}
