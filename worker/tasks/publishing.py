"""Jobs about posts."""

from uuid import UUID

from services import publishing
from services.jobs import RunProgress
from services.kit.app import App


def step(app: App, org_id: UUID, post_id: UUID, progress: RunProgress) -> None:
    if said := publishing.step(app, org_id, post_id):
        progress.ended({"said": said, "links": [{"label": "The post", "path": f"/calendar?post={post_id}"}]})


def fetch_permalink(app: App, org_id: UUID, post_id: UUID) -> None:
    publishing.fetch_permalink(app, org_id, post_id)


def post_first_comment(app: App, org_id: UUID, post_id: UUID) -> None:
    publishing.post_first_comment(app, org_id, post_id)


def set_cover(app: App, org_id: UUID, post_id: UUID) -> None:
    publishing.set_cover(app, org_id, post_id)


def preflight(app: App, org_id: UUID, post_id: UUID) -> None:
    publishing.preflight(app, org_id, post_id)
