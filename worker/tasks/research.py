"""Jobs of research."""

from uuid import UUID

from services import research
from services.jobs import Progress
from services.kit.app import App
from services.kit.db import Scope


def run_import(app: App, org_id: UUID, import_id: UUID, progress: Progress) -> None:
    research.run_import(app, Scope(org_id), import_id, progress.step)
