"""Jobs about results."""

from uuid import UUID

from services import metrics
from services.kit.app import App
from services.kit.db import Scope


def plan_pulls(app: App, org_id: UUID, post_id: UUID) -> None:
    with app.tx(Scope(org_id)) as tx:
        metrics.plan_pulls(tx, post_id)


def read_post(app: App, org_id: UUID, pull_id: UUID) -> None:
    metrics.read_post(app, org_id, pull_id)
