"""What a kind of job is: its name and words, its parameters, what it would do, and doing it."""

from enum import StrEnum
from typing import Any, ClassVar, Literal, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.kit.app import App
from services.kit.db import Scope

Reach = Literal["brand", "organisation", "installation"]
Level = Literal["info", "warning", "error"]


class Overlap(StrEnum):
    """What a schedule does when its job still runs; the value is stored, `words` is for people."""

    SKIP = "skip"
    QUEUE = "queue"
    CANCEL_RUNNING = "cancel_running"

    @property
    def words(self) -> str:
        return {
            "skip": "Leave this time out",
            "queue": "Wait until it has ended",
            "cancel_running": "Cancel what runs and start again",
        }[self.value]


class Link(BaseModel):
    """Something a job made, as a path of our own screens: `/imports?import=…`."""

    model_config = ConfigDict(frozen=True)

    label: str = Field(max_length=120)
    path: str = Field(pattern=r"^/($|[^/])")


class Outcome(BaseModel):
    """What a job has to say at its end: one sentence, what it made, what it counted."""

    model_config = ConfigDict(frozen=True)

    said: str
    links: tuple[Link, ...] = ()
    counts: dict[str, int] = Field(default_factory=dict)


class Given(BaseModel):
    """What the job before in a chain left behind."""

    model_config = ConfigDict(frozen=True)

    start_id: UUID
    kind: str
    outcome: Outcome


class Parameters(BaseModel):
    """
    What a kind may be told. Every field has a title, a description and a default.

    Fields named `brand_id` and `given` are no part of a form (`FILLED`): they are filled in when the job starts, with
    the brand it is for and with what the job before it in a chain left behind.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    FILLED: ClassVar[tuple[str, ...]] = ("brand_id", "given")


class OfBrand(Parameters):
    """The parameters of a kind whose reach is a brand; None means every brand of the organisation."""

    brand_id: UUID | None = Field(default=None, title="Brand", description="Which brand it works for.")


class RunningJob(Protocol):
    """What a kind is given while it runs."""

    @property
    def should_stop(self) -> bool:
        """Somebody asked to cancel: return soon with what there is."""
        ...

    def step(self, done: int, total: int | None = None, note: str = "") -> None: ...

    def log(self, text: str, level: Level = "info") -> None: ...

    def cost(self, api_calls: int = 0, money: Any = None) -> None: ...


class Kind(Protocol):
    """
    A kind of job. One class per kind, in the `kinds.py` of the room that does the work; listed in `registry.py`.

    `payload_version` is raised when older code could not read what newer code writes into the parameters.
    """

    name: str
    title: str
    help: str
    icon: str
    parameters: type[Parameters]
    reach: Reach
    overlap: Overlap
    payload_version: int

    def rehearse(self, app: App, scope: Scope, parameters: Any) -> list[str]:
        """Sentences of what it would do now. Reads only."""
        ...

    def run(self, app: App, scope: Scope, parameters: Any, run: RunningJob) -> Outcome:
        """Do it. May run twice: claims by state, or says the same a second time."""
        ...
