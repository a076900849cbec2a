"""`/metrics` of the worker, on the port after the web's where METRICS_PORT is set."""

from collections.abc import Callable

import psycopg
from psycopg_pool import PoolTimeout

from services import jobs, publishing
from services.kit import meters
from services.kit.app import App

AWAY = (psycopg.Error, PoolTimeout)


def serve_figures(app: App) -> Callable[[], None]:
    """Begin to answer; returns what ends it. Nothing is read before somebody asks."""

    def read() -> list[meters.Reading]:
        own = meters.pool(app.db.pool, "worker")
        with app.admin_tx() as tx:
            return [*own, *jobs.figures(tx), *publishing.figures(tx)]

    port = app.settings.metrics_port
    return meters.serve(app.settings.metrics_host, port + 1 if port else 0, meters.Readings(read, AWAY))
