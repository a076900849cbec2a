"""The plain public pages that show what was posted, and the stored pictures and clips."""

from collections.abc import Callable
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from services.practice import accepted
from services.practice.accepted import Post
from services.practice.screens.html import notice, page
from services.practice.seeds import ACCOUNTS, INSTAGRAM_ACCOUNTS, PAGES, account_called, instagram_account_named
from services.practice.world import World, day_and_time

Show = Callable[[Request], Response]
_SHOWN = 60


def image(world: World) -> Show:
    """A stored picture or clip by its sha256."""

    def show(request: Request) -> Response:
        row = world.store.one(
            "select content_type, body from images where sha256 = :sha256", sha256=request.path_params["sha256"]
        )
        if row is None:
            return _missing()
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=86400, immutable"}
        return Response(row["body"], media_type=row["content_type"], headers=headers)

    return show


def account_page(world: World, platform: str) -> Show:
    """The posts of an account of any of `ACCOUNTS`, at a route with `{handle}`."""

    def show(request: Request) -> Response:
        account = account_called(platform, request.path_params["handle"])
        if account is None:
            return _missing()
        return _grid_page(world, request, account.id, account.name, account.handle, platform)

    return show


def post_page(world: World, platform: str) -> Show:
    """One post of any of `ACCOUNTS`, at a route that matches the post's `path`."""

    def show(request: Request) -> Response:
        post = accepted.find_by_path(world, platform, request.url.path)
        if post is None:
            return _missing()
        account = ACCOUNTS[platform][post.account]
        return _post_page(world, request, post, account.name, f"/{platform}/{account.handle}")

    return show


def instagram_post(world: World) -> Show:
    """One Instagram post."""

    def show(request: Request) -> Response:
        post = accepted.find_by_shortcode(world, request.path_params["shortcode"])
        if post is None:
            return _missing()
        account = INSTAGRAM_ACCOUNTS[post.account]
        return _post_page(world, request, post, account.username, f"/instagram/{account.username}")

    return show


def instagram_account(world: World) -> Show:
    """An Instagram account's grid."""

    def show(request: Request) -> Response:
        account = instagram_account_named(request.path_params["username"])
        if account is None:
            return _missing()
        return _grid_page(world, request, account.id, account.username, account.name, "instagram")

    return show


def facebook_page(world: World) -> Show:
    """A Facebook Page's grid."""

    def show(request: Request) -> Response:
        found = PAGES.get(str(request.path_params["page_id"]))
        if found is None:
            return _missing()
        return _grid_page(world, request, found.id, found.name, found.category, "facebook")

    return show


def facebook_post(world: World) -> Show:
    """One Facebook post."""

    def show(request: Request) -> Response:
        page_id, number = request.path_params["page_id"], request.path_params["post"]
        post = accepted.find(world, f"{page_id}_{number}")
        if post is None or not post.published:
            return _missing()
        return _post_page(world, request, post, PAGES[post.account].name, f"/facebook/{post.account}")

    return show


def front(world: World) -> Show:
    """The list of accounts."""

    def show(request: Request) -> Response:
        rows = [(f"/instagram/{a.username}", f"Instagram: {a.username}") for a in INSTAGRAM_ACCOUNTS.values()]
        rows += [(f"/facebook/{p.id}", f"Facebook: {p.name}") for p in PAGES.values()]
        for platform, accounts in ACCOUNTS.items():
            rows += [(f"/{platform}/{a.handle}", f"{platform.capitalize()}: {a.name}") for a in accounts.values()]
        items = "".join(f'<li><a href="{escape(link)}">{escape(name)}</a></li>' for link, name in rows)
        return page("Practice platforms", f'<h1>Practice platforms</h1><ul class="card">{items}</ul>')

    return show


def _post_page(world: World, request: Request, post: Post, author: str, author_link: str) -> Response:
    base = str(request.base_url).rstrip("/")
    files = "".join(_file(world, post, sha256, base, post.alt_text) for sha256 in post.media)
    details = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in post.details.items())
    body = (
        f'<h1><a href="{escape(author_link)}">{escape(author)}</a></h1>'
        f'<p class="soft">{escape(day_and_time(post.created_at))}</p><article class="card">'
        f'{files}<p class="text">{escape(post.caption)}</p>' + (f"<dl>{details}</dl>" if details else "") + "</article>"
    )
    return page(f"{author}: post", body)


def _grid_page(world: World, request: Request, account: str, name: str, subtitle: str, platform: str) -> Response:
    base = str(request.base_url).rstrip("/")
    posts = accepted.posts_of(world, account, limit=_SHOWN, platform=platform)
    cells = "".join(f'<a href="{escape(post.permalink(base))}">{_cell(world, post, base)}</a>' for post in posts)
    shown = f'<div class="grid">{cells}</div>' if cells else "<p>Nothing was posted here yet.</p>"
    body = f'<h1>{escape(name)}</h1><p class="soft">{escape(subtitle)}</p><section class="card">{shown}</section>'
    return page(name, body)


def _cell(world: World, post: Post, base: str) -> str:
    if not post.image_sha256:
        return f"<p>{escape(post.caption[:200])}</p>"
    return _file(world, post, post.image_sha256, base, post.alt_text or post.caption[:100], controls="")


def _file(world: World, post: Post, sha256: str, base: str, words: str, controls: str = " controls") -> str:
    row = world.store.one("select content_type from images where sha256 = :sha256", sha256=sha256)
    source = f'src="{escape(post.file_address(base, sha256))}"'
    if row is not None and row["content_type"].startswith("video/"):
        cover = post.details.get("cover", "")
        poster = f' poster="{escape(post.file_address(base, cover))}"' if cover else ""
        return f'<video {source}{poster} preload="metadata"{controls} aria-label="{escape(words)}"></video>'
    return f'<img {source} alt="{escape(words)}">'


def _missing() -> Response:
    return notice("Not found", "There is no such page here.", status=404)
