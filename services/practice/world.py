"""What every endpoint of the practice platforms is given."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.clock import Clock
from services.kit.http import Client
from services.practice.store import Store

# `processing_seconds`: how long a container stays IN_PROGRESS. `quota_total`: posts per account and 24 hours.
# `containers_total`: containers per account and 24 hours. `insights_delay_seconds`: age below which a post has no
# figures. `calls_per_hour`: what X-App-Usage counts as 100 percent.
DEFAULTS = {
    "processing_seconds": 1.0,
    "quota_total": 100.0,
    "containers_total": 400.0,
    "insights_delay_seconds": 0.0,
    "calls_per_hour": 20_000.0,
}
DAY_SECONDS = 86_400.0


@dataclass(frozen=True)
class World:
    """The record, the time, and the one app that is registered with both platforms."""

    store: Store
    clock: Clock
    http: Client
    admin_token: str
    app_id: str
    app_secret: str
    redirect_prefixes: tuple[str, ...]

    def now(self) -> float:
        """Seconds since 1970, from the clock."""
        return self.clock.now().timestamp()

    def setting(self, name: str) -> float:
        """One of `DEFAULTS`, or what an operator set instead."""
        return self.store.settings(DEFAULTS)[name]


def graph_time(seconds: float) -> str:
    """Write an instant the way the platforms do: 2026-11-21T10:00:00+0000."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def iso_time(seconds: float) -> str:
    """Write an instant with microseconds, for the operator's reports."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")


def day_and_time(seconds: float) -> str:
    """Write an instant for people: 21 Nov 2026, 10:00 UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%d %b %Y, %H:%M UTC")
