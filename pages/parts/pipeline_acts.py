"""What owners and admins do to a stage: promise something else, go back to an earlier day."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

from pages.parts import doors, session
from pages.parts.markup import esc, html
from pages.parts.notices import notices, tell
from pages.parts.pipeline_desk import Desk
from services import pipelines
from services.pipelines import Targets

_ASKED: session.Slot[tuple[object, ...]] = session.Slot("pipelines", "asked", ())
_MOST_HOURS = 90 * 24.0


def ask_promises(stage: str, targets: Targets, is_own: bool) -> None:
    """For callbacks: the dialog opens in the run that follows."""
    session.put(_ASKED, ("promises", stage, is_own))
    for name, value in (
        ("fresh", targets.fresh_seconds and targets.fresh_seconds / 60),
        ("silence", targets.silence_seconds and targets.silence_seconds / 3_600),
        ("p95", targets.p95_seconds and targets.p95_seconds / 60),
        ("ratio", targets.success_ratio and targets.success_ratio * 100),
    ):
        session.put(_field(name), value)


def ask_back(stage: str, mark: str) -> None:
    session.put(_ASKED, ("back", stage, mark))


def _closed() -> None:
    session.pop(_ASKED)


def dialogs(desk: Desk) -> None:
    """Open what was asked for, until it is done or put away."""
    match session.get(_ASKED):
        case ("promises", str(stage), bool(is_own)):
            _promises(stage, is_own)
        case ("back", str(stage), str(mark)):
            _back(desk, stage, mark)


@st.dialog("Change promises", width="small", icon=":material/tune:", on_dismiss=_closed)
def _promises(stage: str, is_own: bool) -> None:
    html(f'<p class="mut">Of “{esc(pipelines.get_stage(stage).title)}”, in your organisation. Leave a field empty to '
         "promise nothing.</p>")  # fmt: skip
    fresh = _number("Nothing waits longer than, minutes", "fresh", 1.0, _MOST_HOURS * 60)
    silence = _number("A success at least every, hours", "silence", 1.0, _MOST_HOURS)
    ratio = _number("Percent that succeed", "ratio", 50.0, 99.99)
    p95 = _number("95 of 100 take at most, minutes", "p95", 1 / 60, _MOST_HOURS * 60)
    with st.container(horizontal=True, gap="small"):
        is_saved = st.button("Save", type="primary", key="pipelines-promise-save")
        is_usual = is_own and st.button("Back to the usual", key="pipelines-promise-usual")
    if is_saved or is_usual:
        with notices("Saved", quiet_error=True), doors.app().tx(doors.scope()) as tx:
            if is_usual:
                pipelines.usual_targets(tx, stage)
            else:
                wanted = Targets(
                    fresh_seconds=_times(fresh, 60),
                    silence_seconds=_times(silence, 3_600),
                    success_ratio=ratio / 100 if ratio else None,
                    p95_seconds=_times(p95, 60),
                )
                pipelines.set_targets(tx, stage, wanted)
        _closed()
        st.rerun()


def _field(name: str) -> session.Slot[float | None]:
    return session.Slot("pipelines", f"promise-{name}", None)


def _number(label: str, name: str, least: float, most: float) -> float | None:
    """Empty where nothing is promised; filled beforehand, because a field with a default cannot be emptied."""
    return st.number_input(label, least, most, None, 1.0, "%g", key=_field(name).key)


def _times(value: float | None, unit: int) -> int | None:
    return round(value * unit) if value else None


@st.dialog("Go back", width="small", icon=":material/history:", on_dismiss=_closed)
def _back(desk: Desk, stage: str, mark: str) -> None:
    found = pipelines.get_stage(stage)
    html(f"<p>{esc(found.reset_help)}</p>")
    today = desk.now.astimezone(ZoneInfo(desk.zone)).date()
    first = (desk.now - pipelines.GO_BACK_MOST).date()
    since = st.date_input("Back to the beginning of", today, min_value=first, max_value=today, format="YYYY-MM-DD",
                          key="pipelines-back-day")  # fmt: skip
    if st.button("Go back", type="primary", key="pipelines-back-now"):
        with notices(quiet_error=True):
            with doors.app().tx(doors.scope()) as tx:
                count = pipelines.go_back(tx, stage, mark, _midnight(since, desk))
            tell(f"{count:,} will be taken again" if count else "There is nothing to take again since then")
        _closed()
        st.rerun()


def _midnight(day: date, desk: Desk) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(desk.zone))
