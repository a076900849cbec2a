"""A brand's calendar for calendar programs: `/calendar-feed/<secret>.ics`."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services import publishing
from services.api.forms import AppOf

_HEADERS = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex", "cache-control": "private, no-cache"}


def routes(app_of: AppOf) -> list[Route]:
    """The one route. Whoever has the address may read, so it carries the secret and nothing else does."""

    def send_calendar(request: Request) -> Response:
        try:
            body = publishing.read_feed(app_of(), request.path_params["token"])
        except publishing.FeedNotFound:
            return PlainTextResponse("Not found", 404, headers=_HEADERS | {"cache-control": "no-store"})
        name = {"content-disposition": 'inline; filename="loopdesk.ics"'}
        return Response(body, media_type="text/calendar; charset=utf-8", headers=_HEADERS | name)

    return [Route("/calendar-feed/{token}.ics", send_calendar, methods=["GET"], name="calendar-feed")]
