"""Stored files by signed address: `/files/<org>/<uuid>.<ext>?exp=…&sig=…`, for browsers and for the platforms."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from services import media
from services.kit.app import App
from services.kit.files import BadKey, FileMissing

_HEADERS = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; img-src 'self'; media-src 'self'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
}
_CACHE = "private, max-age=3600"  # a key's bytes never change


def routes(app_of: Callable[[], App]) -> list[Route]:
    """The route of stored files. `/media/` is taken: Streamlit serves its own there."""

    def send_file(request: Request) -> Response:
        asked = request.query_params
        try:
            path, content_type = media.served_file(
                app_of(), request.path_params["key"], asked.get("exp", ""), asked.get("sig", "")
            )
        except (FileMissing, BadKey):
            return PlainTextResponse("Not found", 404, headers=_HEADERS | {"cache-control": "no-store"})
        is_shown = content_type.startswith(("image/", "video/"))
        name = asked.get("download") or (None if is_shown else path.name)
        return FileResponse(path, media_type=content_type, filename=name, headers=_HEADERS | {"cache-control": _CACHE})

    return [Route("/files/{key:path}", send_file, methods=["GET"], name="files")]
