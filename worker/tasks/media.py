"""Jobs of the library."""

from uuid import UUID

from services import media
from services.kit.app import App
from services.kit.db import Scope


def make_thumbnail(app: App, org_id: UUID, asset_id: UUID) -> None:
    media.make_thumbnail(app, Scope(org_id), asset_id)
