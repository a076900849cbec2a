"""What a stage is: declared once in the `stages.py` of the room that does the work, listed in `registry.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString

from pydantic import BaseModel, ConfigDict, Field

from services.kit.db import Tx


class Targets(BaseModel):
    """What is promised of a stage; None promises nothing. Lengths in seconds."""

    model_config = ConfigDict(frozen=True)

    fresh_seconds: int | None = Field(default=None, ge=60, le=90 * 86_400)  # the longest that something may wait there
    silence_seconds: int | None = Field(default=None, ge=3_600, le=90 * 86_400)  # the longest without a success
    success_ratio: float | None = Field(default=None, ge=0.5, le=0.9999)
    p95_seconds: int | None = Field(default=None, ge=1, le=90 * 86_400)  # 95 of 100 take no longer


@dataclass(frozen=True)
class Table:
    """
    Rows for a person. `sql` selects one value per column, newest first.

    Its parameters: `now`, `since`, `brand` (None: every brand), `most`, and what `given` adds to them.
    """

    columns: tuple[str, ...]
    sql: LiteralString
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A rule that holds between two stages; `broken` are the rows that break it, `help` says what that means."""

    name: str
    title: str
    help: str
    broken: Table


@dataclass(frozen=True)
class Mark:
    """How far something has been taken; `upto` None: nothing yet."""

    name: str
    title: str
    upto: datetime | None
    said: str


def _no_marks(_tx: Tx) -> list[Mark]:
    return []


def _no_reset(_tx: Tx, _mark: str, _since: datetime) -> int:
    return 0


@dataclass(frozen=True)
class Stage:
    """
    One stage of the product.

    `works` selects what came to it: brand_id, came_at, ended_at, is_good (null while it waits), came, went_on and
    rejected (counts of what it took, passed on and refused), for everything that came or ended since `%(since)s` or
    still waits; `%(now)s` is the present. What is not due yet has not come.

    `task` names its runs on the Jobs screen, `kinds` the kinds of job that feed it, `path` where people work on it.
    `reset(tx, mark, since)` goes back to that instant and returns how many will be taken again; `reset_help` says
    what that does, and is empty where going back is not offered.
    """

    name: str
    title: str
    help: str
    icon: str
    reach: Literal["brand", "organisation"]
    path: str
    takes: str  # what it counts, such as "rows"
    targets: Targets
    works: LiteralString
    rejects: Table
    checks: tuple[Check, ...] = ()
    task: str = ""
    kinds: tuple[str, ...] = ()
    marks: Callable[[Tx], list[Mark]] = _no_marks
    reset: Callable[[Tx, str, datetime], int] = _no_reset
    reset_help: str = ""
