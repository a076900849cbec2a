"""`/metrics` of the web process, on a port of its own where METRICS_PORT is set."""

from collections.abc import Callable

import psycopg
from psycopg_pool import PoolTimeout

from services import jobs
from services.kit import meters
from services.kit.app import App

AWAY = (psycopg.Error, PoolTimeout)


def serve_figures(app: App) -> Callable[[], None]:
    """Begin to answer; returns what ends it. Nothing is read before somebody asks."""

    def read() -> list[meters.Reading]:
        own = meters.pool(app.db.pool, "web")
        with app.admin_tx() as tx:
            return [*own, *jobs.figures(tx)]

    return meters.serve(app.settings.metrics_host, app.settings.metrics_port, meters.Readings(read, AWAY))
