"""How stages are told: their state in a word, their figures in a line, their rows for a file."""

from collections.abc import Iterator

from pages.parts.markup import chip
from pages.parts.pipeline_desk import Desk
from pages.parts.zones import ago, span
from services import pipelines
from services.pipelines import StageState, Standing

STATES = {
    StageState.FRESH: ("Fresh", "green", "check_circle"),
    StageState.LATE: ("Late", "orange", "timer"),
    StageState.FAILING: ("Failing", "red", "error"),
    StageState.NEVER: ("Never ran", "gray", "radio_button_unchecked"),
}
CSV_HEADER = ("stage", "brand", "state", "in", "out", "refused", "waiting", "waits since", "last success", "succeeded",
              "failed", "success ratio", "promised ratio", "budget left", "burn", "p95 seconds",
              "promised p95 seconds")  # fmt: skip


def state_chip(one: Standing | None) -> str:
    """A brand that nothing ever came to stands as one that never ran."""
    return chip(*STATES[one.state if one else StageState.NEVER])


def summary(desk: Desk) -> str:
    """ "4 fresh · 1 late · 1 never ran"."""
    found = [desk.here[name].state if name in desk.here else StageState.NEVER for name in shown_stages(desk)]
    order = (StageState.FAILING, StageState.LATE, StageState.FRESH, StageState.NEVER)
    told = [f"{found.count(state)} {STATES[state][0].lower()}" for state in order if state in found]
    return " · ".join((*told, f"the last {pipelines.WINDOW.days} days"))


def shown_stages(desk: Desk) -> list[str]:
    """Stages that know no brands stand for the organisation, and are not asked for a brand."""
    known = pipelines.list_stages()
    return [one.name for one in known if desk.brand_id is None or one.reach == "brand"]


def last_words(desk: Desk, one: Standing | None) -> str:
    if one is None or not one.measured.last:
        return f"Nothing in {pipelines.LOOK_BACK.days} days"
    if one.measured.last_success_at is None:
        return "No success yet"
    return f"Last success {ago(one.measured.last_success_at, desk.now)} ago"


def waiting_words(desk: Desk, one: Standing | None) -> str:
    if one is None or not one.measured.waiting or one.measured.waits_since is None:
        return "nothing waits"
    since = ago(one.measured.waits_since, desk.now)
    return f"1 waits, for {since}" if one.measured.waiting == 1 else f"{one.measured.waiting:,} wait, up to {since}"


def short(count: int) -> str:
    """ "9,999", "48.3k", "1.2m": fits a card; never rounded up."""
    for size, unit in ((1_000_000, "m"), (1_000, "k")):
        if count >= 10 * size or (unit == "m" and count >= size):
            return f"{count * 10 // size / 10:,.1f}{unit}"
    return f"{count:,}"


def percent(ratio: float | None) -> str:
    """ "98.4 %"; never rounded up to a hundred."""
    if ratio is None:
        return "—"
    return "100 %" if ratio >= 1 else f"{min(ratio * 100, 99.9):.1f} %"


def length(seconds: float | None) -> str:
    return span(max(0.0, seconds)) if seconds is not None else "—"


def csv_rows(desk: Desk) -> Iterator[tuple[object, ...]]:
    """Every stage of what is looked at, then of every brand."""
    order = list(pipelines.STAGES)
    for one in sorted(desk.every, key=lambda one: order.index(one.stage)):
        if desk.brand_id is not None and one.measured.brand_id != desk.brand_id:
            continue
        got, budget = one.measured, one.budget
        brand = desk.brands.get(got.brand_id, "") if got.brand_id else ""
        yield (one.stage, brand, one.state.value, got.came, got.went_on, got.rejected, got.waiting, got.waits_since,
               got.last_success_at, got.succeeded, got.failed, one.success_ratio, one.targets.success_ratio,
               budget.left_ratio if budget else None, budget.burn if budget else None, got.p95_seconds,
               one.targets.p95_seconds)  # fmt: skip
