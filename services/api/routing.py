"""Every route that is no screen, in one list."""

from starlette.routing import BaseRoute

from services.api import auth, calendar, google, health, media, oauth, set_up
from services.api.forms import AppOf


def routes(app_of: AppOf) -> list[BaseRoute]:
    """
    The routes of the web process. `app_of` gives the App when a request comes, not before.

    A new kind of route is a module with `routes(app_of)` and one line here.
    """
    rooms = (health, auth, set_up, google, oauth, media, calendar)
    return [route for room in rooms for route in room.routes(app_of)]
