"""Jobs: one row each with its last runs as marks. Shape and colour both tell how a run ended."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from pages.parts.base import mount, one_of
from pages.parts.rows import Chip
from pages.parts.ticks import remember_ticks, ticked, turn_of

OUTCOMES = frozenset({"done", "late", "retrying", "failed", "crashed", "cancelled", "running", "none"})

COLUMNS = (
    "last", "planned", "ran", "finished", "took", "lateness", "attempts", "progress", "cost", "by", "next"
)  # fmt: skip


@dataclass(frozen=True)
class RunAct:
    """A button of one row; `word` is shown, or only read out where `bare`."""

    id: str
    symbol: str
    word: str
    bare: bool = False


@dataclass(frozen=True)
class Job:
    """
    One job or schedule, all in words. `last` is oldest first: (one of OUTCOMES, when it was).

    `note` stands under the name: how often, or the reason of the last failure.
    """

    id: str
    name: str
    note: str
    state: Chip
    last: tuple[tuple[str, str], ...] = ()
    planned: str = ""
    ran: str = ""
    finished: str = ""
    took: str = ""
    lateness: str = ""
    is_late: bool = False
    attempts: str = ""
    progress: str = ""
    cost: str = ""
    by: str = ""
    next: str = ""
    acts: tuple[RunAct, ...] = ()


@dataclass(frozen=True)
class RunsTold:
    """What was pressed in this run: a job opened, or an act on a job as (act id, job id); and what is ticked."""

    opened: str | None
    act: tuple[str, str] | None
    ticked: tuple[str, ...] = ()


def runs(
    jobs: Sequence[Job],
    *,
    key: str,
    titles: Mapping[str, str] | None = None,
    dense: bool = False,
    selectable: bool = False,
    page: str = "",
) -> RunsTold:
    """
    Draw the table; columns nobody fills are left out.

    :param titles: other words over some columns, by the name of the field
    :param dense: for many columns: narrow, and empty where there is nothing
    :param page: as `rows` takes it
    """
    known = {job.id for job in jobs}
    data = {
        "jobs": [{**asdict(job), "last": [_run(*one) for one in job.last]} for job in jobs],
        "columns": {name: any(getattr(job, name) for job in jobs) for name in COLUMNS},
        "titles": dict(titles or {}),
        "dense": dense,
        "page": page,
        "selectable": selectable,
        "selected": list(ticked(key, known)),
        "turn": turn_of(key),
    }
    told = mount("runs", data, key=key, events={"open": None, "act": None, "picked": remember_ticks(key)})
    return RunsTold(one_of(told.open, known), _act_of(told.act, jobs), ticked(key, known))


def legend() -> str:
    """What the marks mean, as safe HTML for `html(...)`."""
    told = (("Done", "green", 15), ("Late", "orange", 10), ("Retrying", "yellow", 10), ("Failed", "red", 15))
    marks = "".join(
        f'<span class="row"><i class="sw" style="height:{height}px;background:var(--t-{tone})"></i>{word}</span>'
        for word, tone, height in (*told, ("Running", "violet", 15))
    )
    return f'<div class="legend">{marks}<span class="sp">Newest on the right</span></div>'


def _run(outcome: str, when: str) -> tuple[str, str]:
    return (outcome if outcome in OUTCOMES else "none", when)


def _act_of(told: object, jobs: Sequence[Job]) -> tuple[str, str] | None:
    if not isinstance(told, dict):
        return None
    offered = {(act.id, job.id) for job in jobs for act in job.acts}
    pressed = (told.get("act"), told.get("id"))
    return next((one for one in offered if one == pressed), None)
