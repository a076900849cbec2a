"""
The beat a second time, in a file outside the database: what tells a restored database from a plain pause.

The beat is committed first and marked after. So a mark that is newer than the beat says that this database was newer
once. Hosted workers keep no files: there the length of the gap alone has to decide.
"""

import os
from datetime import datetime
from pathlib import Path

from services.kit.app import App

_NAME = "publishing.mark"


def read_mark(app: App) -> datetime | None:
    """The newest beat that was marked; None where there is no file, or no time in it."""
    try:
        at = datetime.fromisoformat(_place(app).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return at if at.tzinfo else None


def write_mark(app: App, at: datetime) -> None:
    """Whole or not at all; a disk that is full keeps the older mark."""
    if app.settings.is_hosted:
        return
    place = _place(app)
    partial = place.with_name(f"{_NAME}.{os.getpid()}")
    try:
        partial.write_text(at.isoformat(), "ascii")
        partial.replace(place)
    except OSError:
        partial.unlink(missing_ok=True)


def _place(app: App) -> Path:
    return app.settings.loopdesk_data / _NAME
