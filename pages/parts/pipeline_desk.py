"""What the Pipelines screen reads, in one transaction, and what its address asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors
from services import brands, identity, pipelines
from services.pipelines import StageState

STAGE, BRAND = "stage", "brand"


@dataclass(frozen=True)
class Desk:
    """`brand_id` None looks at the whole organisation; `here` holds the standing of each stage that is looked at."""

    person: identity.Viewer
    now: datetime
    zone: str
    brands: Mapping[UUID, str]
    brand_id: UUID | None
    every: list[pipelines.Standing]
    alerts: list[pipelines.Alert]
    marks: Mapping[str, list[pipelines.Mark]]
    own: frozenset[str]

    @property
    def may(self) -> bool:
        return identity.can(self.person.role, identity.Act.SYSTEM)

    @property
    def here(self) -> Mapping[str, pipelines.Standing]:
        return {one.stage: one for one in self.every if one.measured.brand_id == self.brand_id}

    @property
    def chosen(self) -> pipelines.Stage:
        """What the address names, else the first in trouble, else the first."""
        asked = st.query_params.get(STAGE, "")
        if asked in pipelines.STAGES:
            return pipelines.get_stage(asked)
        worry = (name for state in (StageState.FAILING, StageState.LATE) for name, one in self.here.items()
                 if one.state is state)  # fmt: skip
        return pipelines.get_stage(next(worry, next(iter(pipelines.STAGES))))


def read(person: identity.Viewer) -> Desk:
    with doors.app().tx(doors.scope_of(person)) as tx:
        known = brands.brands(tx)
        names = {one.id: one.name for one in known}
        return Desk(
            person=person,
            now=tx.now,
            zone=known[0].time_zone if known else "UTC",
            brands=names,
            brand_id=next((one for one in names if str(one) == st.query_params.get(BRAND)), None),
            every=pipelines.standings(tx),
            alerts=pipelines.alerts(tx),
            marks={name: pipelines.marks(tx, name) for name in pipelines.STAGES},
            own=frozenset(one.name for one in pipelines.list_stages() if pipelines.has_own_targets(tx, one)),
        )


def choose(stage: str) -> None:
    """Look at this stage from the next run on."""
    st.query_params[STAGE] = stage
