"""One run as the process that works on it knows it."""

import time
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class RunNote:
    """
    `began` and `ended` are seconds of the process's monotonic clock; `inputs` hold no secret.

    What a run is told of while it runs (kind, brand, cost, outcome) is kept here and written with its end.
    """

    job: int
    attempt: int
    org: str | None
    task: str
    subject: str | None
    due: str | None
    worker: str
    inputs: dict[str, Any]
    trace: str | None = None
    began: float = field(default_factory=time.monotonic)
    ended: float | None = None
    status: str = "running"
    error: str | None = None
    kind: str | None = None
    brand: str | None = None
    origin: str | None = None
    origin_id: str | None = None
    started_by: str | None = None
    outcome: dict[str, Any] | None = None
    api_calls: int = 0
    cost_micros: int = 0
    cost_currency: str | None = None
    heeded_stop: bool = False
    is_written: bool = False

    def spent(self, micros: int, currency: str) -> None:
        """Add to what it cost. :raises ValueError: it cost money of another currency already; they have no sum"""
        if self.cost_currency not in (None, currency):
            raise ValueError(f"a run that cost {self.cost_currency} cannot also cost {currency}")
        self.cost_micros += micros
        self.cost_currency = currency

    def told(self, now: float) -> dict[str, Any]:
        """As a statement takes it: ages in seconds instead of instants, and nothing that is not known."""
        known = {
            "org": self.org,
            "job": self.job,
            "task": self.task,
            "attempt": self.attempt,
            "subject": self.subject,
            "status": self.status,
            "due": self.due,
            "began": now - self.began,
            "ended": None if self.ended is None else now - self.ended,
            "error": self.error,
            "worker": self.worker,
            "trace": self.trace,
            "inputs": None if self.is_written else self.inputs,
            "is_new": not self.is_written,
            "kind": self.kind,
            "brand": self.brand,
            "origin": self.origin,
            "origin_id": self.origin_id,
            "started_by": self.started_by,
            "outcome": self.outcome,
            "calls": self.api_calls or None,
            "micros": self.cost_micros or None,
            "currency": self.cost_currency,
        }
        return {name: value for name, value in known.items() if value is not None}
