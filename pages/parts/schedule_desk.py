"""All that the screen of schedules reads at once, and what it says of somebody's rights there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pages.parts import doors
from pages.parts.schedule_words import reader
from services import brands, identity, jobs
from services.identity import Act, Viewer


@dataclass(frozen=True)
class Desk:
    """The organisation's schedules and, for those who may see the system, the installation's; by name."""

    person: Viewer
    brands: Sequence[brands.Brand]
    members: Sequence[identity.Member]
    schedules: Sequence[jobs.Schedule]
    latest: Mapping[UUID, Sequence[jobs.LatestStart]]
    now: datetime
    viewer: str

    @property
    def may(self) -> bool:
        return identity.can(self.person.role, Act.SCHEDULE)

    @property
    def may_system(self) -> bool:
        return identity.can(self.person.role, Act.SYSTEM)

    @property
    def zone(self) -> str:
        return self.brands[0].time_zone if self.brands else "UTC"

    @property
    def is_busy(self) -> bool:
        """Whether something started by a schedule has not ended."""
        return any(not one.state.is_over for some in self.latest.values() for one in some[:2])

    def one(self, schedule_id: UUID | None) -> jobs.Schedule | None:
        return next((one for one in self.schedules if one.id == schedule_id), None)


def read(person: Viewer) -> Desk:
    app, scope = doors.app(), doors.scope_of(person)
    with app.tx(scope) as tx:
        found, latest = jobs.list_schedules(tx), jobs.latest_starts(tx)
        known, members, now = brands.brands(tx), identity.members(tx), tx.now
    if identity.can(person.role, Act.SYSTEM):
        own = jobs.installation_schedules(app, scope)
        found = sorted([*found, *own], key=lambda one: (one.name.lower(), one.id))
        latest = {**latest, **(jobs.installation_latest_starts(app, scope) if own else {})}
    return Desk(person, known, members, found, latest, now, reader())
