"""Which call is which on practice LinkedIn. Its two hosts share one address here."""

from starlette.responses import Response
from starlette.routing import Route

from services.practice.linkedin import comments, people, posts, signin, uploads
from services.practice.linkedin.access import check_version
from services.practice.linkedin.errors import LinkedInError, missing_field
from services.practice.screens import public
from services.practice.wire.calls import Call
from services.practice.wire.gate import Act, Answer, Endpoint, gate
from services.practice.world import World


def routes(world: World) -> list[Route]:
    """Sign-in, uploads, the API, public pages."""
    return [
        Route("/linkedin/oauth/v2/authorization", _gate(world, signin.authorize), methods=["GET", "POST"]),
        Route("/linkedin/oauth/v2/accessToken", _gate(world, signin.token), methods=["POST"]),
        Route("/linkedin/v2/userinfo", _gate(world, people.userinfo), methods=["GET"]),
        Route("/linkedin/dms-uploads/{rest:path}", _gate(world, upload), methods=["PUT"]),
        Route("/linkedin/rest/{rest:path}", _gate(world, api), methods=["GET", "POST", "DELETE"]),
        Route("/linkedin/feed/update/{urn}/", public.post_page(world, "linkedin")),
        Route("/linkedin/{handle}", public.account_page(world, "linkedin")),
    ]


def upload(call: Call) -> Response:
    """A picture, or a part of a video. :raises LinkedInError: 404 for any other address"""
    match call.segments:
        case "image", key:
            return uploads.put_image(call, key)
        case "video", key, number:
            return uploads.put_part(call, key, number)
    raise _nowhere(call)


def api(call: Call) -> Answer:
    """Answer a call of a dated version. :raises LinkedInError: 400, 404, 426, and what the act raises"""
    check_version(call)
    match call.method, *call.segments, call.get("action"):
        case "POST", "posts", "":
            return posts.create(call)
        case "GET", "posts", "":
            return posts.list_posts(call)
        case "GET", "posts", urn, "":
            return posts.read(call, urn)
        case "POST", "images", "initializeUpload":
            return uploads.initialize_image(call)
        case "POST", "videos", "initializeUpload":
            return uploads.initialize_video(call)
        case "POST", "videos", "finalizeUpload":
            return uploads.finalize_video(call)
        case "GET", ("images" | "videos") as kind, urn, "":
            return uploads.read(call, kind.removesuffix("s"), urn)
        case "POST", "socialActions", urn, "comments", "":
            return comments.create(call, urn)
        case "GET", "socialActions", urn, "comments", "":
            return comments.list_comments(call, urn)
        case "GET", "organizationAcls", "":
            return people.list_acls(call)
        case "GET", "organizations", number, "":
            return people.read_organisation(call, number)
    raise _nowhere(call)


def _gate(world: World, act: Act) -> Endpoint:
    return gate(world, "linkedin", act, missed=missing_field)


def _nowhere(call: Call) -> LinkedInError:
    return LinkedInError(404, "RESOURCE_NOT_FOUND", f"No virtual resource found for {call.path}")
