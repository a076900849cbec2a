"""Which call is which on practice Instagram."""

from starlette.routing import Route

from services.practice.accepted import Post
from services.practice.instagram import comments, containers, insights, media, publishing, signin
from services.practice.instagram.access import own_account
from services.practice.screens import public
from services.practice.wire.calls import Call
from services.practice.wire.errors import not_visible, unknown_path
from services.practice.wire.gate import Answer, gate
from services.practice.wire.versions import after_version
from services.practice.world import World


def routes(world: World) -> list[Route]:
    """Sign-in, public pages, then the graph."""
    return [
        Route("/instagram/oauth/authorize", gate(world, "instagram", signin.authorize), methods=["GET", "POST"]),
        Route("/instagram/oauth/access_token", gate(world, "instagram", signin.exchange_code), methods=["POST"]),
        Route("/instagram/access_token", gate(world, "instagram", signin.exchange_token), methods=["GET"]),
        Route("/instagram/refresh_access_token", gate(world, "instagram", signin.refresh_token), methods=["GET"]),
        Route("/instagram/p/{shortcode}", public.instagram_post(world)),
        Route("/instagram/{username:str}", public.instagram_account(world)),
        Route("/instagram/{rest:path}", gate(world, "instagram", graph), methods=["GET", "POST", "DELETE"]),
    ]


def graph(call: Call) -> Answer:
    """Answer a versioned call. :raises GraphError: 2500 unknown path, 100/33 unknown object, and what the act raises"""
    path = after_version(call)
    match call.method, *path:
        case "POST", account, "media":
            return containers.create_container(call, account)
        case "POST", account, "media_publish":
            return publishing.publish(call, account)
        case "GET", account, "media":
            return media.list_media(call, account)
        case "GET", account, "stories":
            return media.list_stories(call, account)
        case "GET", account, "content_publishing_limit":
            return publishing.publishing_limit(call, account)
        case "GET", media_id, "insights":
            return insights.read_insights(call, _own_post(call, media_id))
        case "GET", media_id, "comments":
            return comments.list_comments(call, _own_post(call, media_id))
        case "POST", media_id, "comments":
            return comments.add_comment(call, _own_post(call, media_id))
        case "GET", node:
            return _read_node(call, node)
        case _, node:
            raise not_visible(node, "instagram")
    raise unknown_path("/".join(call.segments))


def _own_post(call: Call, media_id: str) -> Post:
    post = media.find_media(call, media_id)
    if post is None:
        raise not_visible(media_id, "instagram")
    return post


def _read_node(call: Call, node: str) -> Answer:
    account = own_account(call, "instagram_business_basic")
    container = containers.find_container(call, node)
    if container is not None and container.account == account.id:
        return containers.read_container(call, container)
    post = media.find_media(call, node)
    if post is not None:
        return media.read_media(call, post)
    return media.read_account(call, node)
