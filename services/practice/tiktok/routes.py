"""Which call is which on practice TikTok. Slashes at the end belong to the addresses."""

from starlette.routing import Route

from services.practice.screens import public
from services.practice.tiktok import creator, inits, posts, signin, uploads, videos
from services.practice.tiktok.access import TikTokError, invalid, ok
from services.practice.wire.calls import Call
from services.practice.wire.gate import Act, Answer, gate
from services.practice.world import World

_CALLS: dict[tuple[str, str], Act] = {
    ("GET", "user/info/"): videos.user_info,
    ("POST", "video/list/"): videos.list_videos,
    ("POST", "video/query/"): videos.query_videos,
    ("POST", "post/publish/creator_info/query/"): lambda call: ok(creator.query(call)),
    ("POST", "post/publish/video/init/"): inits.video,
    ("POST", "post/publish/inbox/video/init/"): inits.draft,
    ("POST", "post/publish/content/init/"): inits.photos,
    ("POST", "post/publish/status/fetch/"): posts.fetch_status,
}


def routes(world: World) -> list[Route]:
    """Sign-in, uploads, the API, then public pages."""

    def at(path: str, act: Act, *methods: str) -> Route:
        return Route(
            path, gate(world, "tiktok", act, missed=lambda name: invalid(f"{name} is required")), methods=methods
        )

    return [
        at("/tiktok/v2/auth/authorize/", signin.authorize, "GET", "POST"),
        at("/tiktok/v2/oauth/token/", signin.token, "POST"),
        at("/tiktok/v2/oauth/revoke/", signin.revoke, "POST"),
        at("/tiktok/upload/video/", uploads.put, "PUT"),
        at("/tiktok/v2/{rest:path}", api, "GET", "POST"),
        Route("/tiktok/{handle}/video/{number}", public.post_page(world, "tiktok")),
        Route("/tiktok/{handle}", public.account_page(world, "tiktok")),
    ]


def api(call: Call) -> Answer:
    """Answer a call of the API. :raises TikTokError: unsupported_path, and what the act raises"""
    act = _CALLS.get((call.method, call.path.removeprefix("/tiktok/v2/")))
    if act is None:
        raise TikTokError("unsupported_path", "Unsupported path(Janus)", status=404)
    return act(call)
