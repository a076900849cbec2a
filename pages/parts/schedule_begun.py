"""What a form of a schedule holds: in this tab, and kept in the database so that a reload loses nothing."""

from dataclasses import dataclass

from pydantic import ValidationError

from pages.parts import doors, session
from pages.parts.schedule_entered import Entered
from services import jobs

PAGE = "schedules"


@dataclass(frozen=True)
class Held:
    """What stands in a form, what it began with, and whether it was found again after a reload."""

    entered: Entered
    first: Entered
    is_found: bool = False


def _slot(form: str) -> session.Slot[Held | None]:
    return session.Slot(PAGE, f"held-{form}", None)


def held(form: str, first: Entered) -> Held:
    """
    What stands in the form, for this run.

    :param first: what it begins with where nothing was begun; where that has changed and nothing was entered, it counts
    """
    found = session.get(_slot(form))
    if found is not None and (found.first == first or found.entered != found.first):
        return found
    if found is not None:
        session.forget(PAGE)
    with doors.app().tx(doors.scope()) as tx:
        begun = jobs.begun(tx, form)
    entered = first
    if begun is not None:
        try:
            entered = Entered.model_validate(begun.entered)
        except ValidationError:  # of an older version of the form
            entered = first
    made = Held(entered, first, is_found=entered != first)
    session.put(_slot(form), made)
    return made


def keep(form: str, before: Held, entered: Entered) -> None:
    """Keep what changed, here and in the database."""
    if entered == before.entered:
        return
    session.put(_slot(form), Held(entered, before.first, before.is_found))
    with doors.app().tx(doors.scope()) as tx:
        if entered == before.first:
            jobs.forget_begun(tx, form)
        else:
            jobs.keep_begun(tx, form, entered.model_dump(mode="json"))


def start_over(form: str) -> None:
    """Forget what was entered, here and in the database."""
    with doors.app().tx(doors.scope()) as tx:
        jobs.forget_begun(tx, form)
    session.forget(PAGE)
