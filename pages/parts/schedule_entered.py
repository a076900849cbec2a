"""What stands in the form of a schedule, as entered, and the draft it makes. Wall times are naive, lengths as shown."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from services import jobs
from services.jobs import CadenceWrong, Draft, Misfire, Overlap, Schedule

ORGANISATION, INSTALLATION = "organisation", "installation"
UNITS = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400}
How = Literal["words", "cron", "interval", "once"]
Unit = Literal["seconds", "minutes", "hours", "days"]


class Entered(BaseModel):
    """
    `target` is ORGANISATION, INSTALLATION or the id of a brand; of the four ways to say when, all texts are kept.

    `version` is that of the schedule which is being changed; 0 where a new one is made.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: str
    name: str
    target: str = ORGANISATION
    parameters: dict[str, Any] = {}
    how: How = "words"
    zone: str = "UTC"
    words: str = "every day at 09:00"
    cron: str = "0 9 * * *"
    every: int = 1
    unit: Unit = "hours"
    anchor: datetime | None = None
    at: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    jitter_minutes: float = 0.0
    misfire: Misfire = Misfire.SKIP
    grace_minutes: float = 5.0
    overlap: Overlap = Overlap.SKIP
    then_kind: str = ""
    then_parameters: dict[str, Any] = {}
    note: str = ""
    owner_id: UUID | None = None
    version: int = 0

    @property
    def brand_id(self) -> UUID | None:
        return None if self.target in (ORGANISATION, INSTALLATION) else UUID(self.target)

    def cadence(self) -> jobs.Cadence:
        """:raises CadenceWrong: it is not a time yet"""
        if self.how == "interval":
            anchored = jobs.interval(self.every * UNITS[self.unit], self.zone)
            return anchored.model_copy(update={"anchor": self.anchor})
        if self.how == "once":
            if self.at is None:
                raise CadenceWrong("Say on which day and at which time.")
            return jobs.once(self.at, self.zone)
        return jobs.cron(jobs.cron_of(self.words) if self.how == "words" else self.cron, self.zone)

    def draft(self) -> Draft:
        """:raises CadenceWrong: when it starts, ends or is due is not a time yet"""
        return Draft(
            name=self.name,
            kind=self.kind,
            cadence=self.cadence(),
            parameters=self.parameters,
            brand_id=self.brand_id,
            is_installation=self.target == INSTALLATION,
            starts_at=jobs.wall_instant(self.starts_at, self.zone) if self.starts_at else None,
            ends_at=jobs.wall_instant(self.ends_at, self.zone) if self.ends_at else None,
            jitter_seconds=round(self.jitter_minutes * 60),
            misfire=self.misfire,
            grace_seconds=round(self.grace_minutes * 60),
            overlap=self.overlap,
            then_kind=self.then_kind or None,
            then_parameters=self.then_parameters if self.then_kind else {},
            note=self.note,
            owner_id=self.owner_id,
        )


def entered_of(found: Schedule, zone: str) -> Entered:
    """A schedule as its form shows it; `zone` is for the wall times of one that has none of its own."""
    cadence = found.cadence
    own = cadence.zone if cadence.type != "interval" else zone
    every, unit = _length(cadence.seconds or 3_600)
    return Entered(
        kind=found.kind,
        name=found.name,
        target=target_of(found),
        parameters=found.parameters,
        zone=own,
        every=every,
        unit=unit,
        anchor=cadence.anchor,
        at=cadence.at,
        starts_at=_wall(found.starts_at, own),
        ends_at=_wall(found.ends_at, own),
        jitter_minutes=found.jitter_seconds / 60,
        misfire=found.misfire,
        grace_minutes=found.grace_seconds / 60,
        overlap=found.overlap,
        then_kind=found.then_kind or "",
        then_parameters=found.then_parameters,
        note=found.note,
        owner_id=found.owner_id,
        version=found.version,
        **_when(cadence),
    )


def target_of(found: Schedule) -> str:
    if found.org_id is None:
        return INSTALLATION
    return str(found.brand_id) if found.brand_id else ORGANISATION


def _when(cadence: jobs.Cadence) -> dict[str, Any]:
    """Cron is shown in words where words say exactly the same."""
    if cadence.type != "cron" or not cadence.cron:
        return {"how": cadence.type}
    words = jobs.words_of(cadence.cron)
    try:
        is_same = jobs.cron_of(words) == cadence.cron
    except CadenceWrong:
        is_same = False
    return {"how": "words", "words": words, "cron": cadence.cron} if is_same else {"how": "cron", "cron": cadence.cron}


def _length(seconds: int) -> tuple[int, Unit]:
    for unit in ("days", "hours", "minutes"):
        if seconds % UNITS[unit] == 0:
            return seconds // UNITS[unit], unit
    return seconds, "seconds"


def _wall(instant: datetime | None, zone: str) -> datetime | None:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if instant else None
