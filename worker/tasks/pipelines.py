"""Telling what should have run and did not."""

from uuid import UUID

from services import notifications, pipelines
from services.kit.app import App
from services.kit.db import Scope


def tell_alert(app: App, org_id: UUID, alert_id: UUID) -> None:
    """Once when it is found, once more when it is over; whoever runs this how often."""
    with app.tx(Scope(org_id)) as tx:
        alert = pipelines.alert(tx, alert_id)
        kind, _, name = alert.subject.partition("/")
        is_over = alert.resolved_at is not None
        notifications.tell(
            tx,
            kind="pipeline",
            tone="green" if is_over else "red",
            title=f"Over: {alert.title}" if is_over else alert.title,
            body="It goes on as promised." if is_over else alert.said,
            link=f"/pipelines?stage={name}" if kind == "stage" else f"/schedules?schedule={name}",
            cause=f"{alert.subject}/{alert.cause}" + ("/over" if is_over else ""),
            occurrence=str(alert_id),
        )
