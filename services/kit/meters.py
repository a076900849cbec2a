"""
What Prometheus asks for: figures of this process, and readings of the database at the moment it asks.

Labels are words of ours: no organisation, no person, no id. Figures cost nothing worth naming while nobody asks.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import time
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from psycopg_pool import ConnectionPool

from services.kit.redaction import redact

_log = logging.getLogger("loopdesk.meters")
_LONG = (0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600)

registry = CollectorRegistry()
job_seconds = Histogram(
    "loopdesk_job_seconds", "How long jobs took", ["task", "state"], registry=registry, buckets=_LONG
)
late_seconds = Histogram(
    "loopdesk_job_late_seconds", "How long after they were due jobs began", ["task"], registry=registry, buckets=_LONG
)
call_seconds = Histogram(
    "loopdesk_provider_call_seconds",
    "Calls at other systems",
    ["platform", "outcome"],
    registry=registry,
    buckets=_LONG,
)
cost = Counter("loopdesk_provider_cost", "What platforms bill", ["platform", "currency"], registry=registry)
defects = Counter("loopdesk_defects", "Errors that are ours, each in the log under an id", registry=registry)
ticked_at = Gauge("loopdesk_clockwork_ticked_at", "Unix time of a sweep's last good end", ["sweep"], registry=registry)


@dataclass(frozen=True)
class Reading:
    """One figure read when it is asked for: `samples` by the values of its one label, "" where it has none."""

    name: str
    help: str
    label: str
    samples: Mapping[str, float]


class Readings(Collector):
    """Asks `read` at every scrape. Where it fails, `loopdesk_database_up` is 0 and the rest of the answer stands."""

    def __init__(self, read: Callable[[], Iterable[Reading]], failures: tuple[type[Exception], ...]) -> None:
        self._read, self._failures = read, failures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        found: list[Reading] = []
        is_up = 1.0
        try:
            found = list(self._read())
        except self._failures as error:
            is_up = 0.0
            _log.warning("figures of the database could not be read: %s", error)
        for one in (*found, Reading("loopdesk_database_up", "Does the database answer?", "", {"": is_up})):
            family = GaugeMetricFamily(one.name, one.help, labels=[one.label] if one.label else [])
            for value, figure in one.samples.items():
                family.add_metric([redact(value)] if one.label else [], figure)
            yield family

    def describe(self) -> list[Any]:
        """Nothing: what is read is known only once it is."""
        return []


def ticked(sweep: str) -> None:
    """A sweep came to a good end just now."""
    ticked_at.labels(sweep).set(time())


def pool(connections: ConnectionPool[Any], process: str) -> list[Reading]:
    """How much of this process's database connections is in use, and who waits for one."""
    told = connections.get_stats()
    open_, free = told.get("pool_size", 0), told.get("pool_available", 0)
    by_use = {"used": float(open_ - free), "free": float(free), "most": float(told.get("pool_max", 0))}
    waiting = {"": float(told.get("requests_waiting", 0))}
    return [
        Reading("loopdesk_database_connections", f"Connections of the {process}", "use", by_use),
        Reading("loopdesk_database_waiting", "Who waits for a connection", "", waiting),
    ]


def serve(host: str, port: int, readings: Readings) -> Callable[[], None]:
    """
    Answer `/metrics` on a port of its own (none where it is 0); returns what ends it.

    A port that is taken is told and not fatal: a second worker on one machine works on without being asked.
    """
    if not port:
        return _nothing
    registry.register(readings)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        registry.unregister(readings)
        _log.warning("nobody can ask for figures at %s:%d: %s", host, port, error)
        return _nothing

    def end() -> None:
        registry.unregister(readings)
        server.shutdown()
        server.server_close()
        thread.join(3)

    return end


def _nothing() -> None:
    return None
