"""What a click on the approvals screen does, as callbacks: each one transaction, each with its way back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st

from pages.parts import doors, session
from pages.parts.notices import notices, tell
from services import approvals, brands, publishing, schedule

# What this tab decided last: the second click of a double click is not told as an error.
_DECIDED: session.Slot[str] = session.Slot("approvals", "decided-last", "")


def show(request_id: UUID | str | None) -> None:
    """Make a request the current one; it stands in the address."""
    if request_id is None:
        st.query_params.pop("request", None)
    else:
        st.query_params["request"] = str(request_id)


def approve(
    request_id: UUID,
    channel_ids: Sequence[UUID],
    wall: datetime | None,
    zone: str,
    told: str,
    then: UUID | None,
    *,
    confirmed: bool = False,
) -> None:
    """
    Approve and plan on every channel, in one transaction; go on to the next request.

    Where levels follow, this is one yes, and nothing is planned.

    :param confirmed: an author was asked whether it may go out without another person's look
    :param wall: the brand's wall clock, naive; None is now
    :param told: the sentence when it worked
    """

    def act() -> None:
        with doors.app().tx(doors.scope()) as tx:
            due_at = None if wall is None else schedule.future_instant_of(wall, zone, tx.now)
            for given in approvals.approve(tx, request_id, channel_ids, confirmed=confirmed):
                publishing.plan_post(tx, given.id, due_at, zone)

    _decide(request_id, act, told, then, can_undo=wall is not None)


def reject(request_id: UUID, reason: str, told: str, then: UUID | None) -> bool:
    """Reject with a reason; go on to the next request. False where it was refused."""

    def act() -> None:
        with doors.app().tx(doors.scope()) as tx:
            approvals.reject(tx, request_id, reason)

    return _decide(request_id, act, told, then)


def take_back(request_id: UUID) -> None:
    """Undo a decision with everything planned on it, and show the request again."""
    with notices("Taken back. It waits again.", quiet_error=True):
        undo(request_id)


def undo(request_id: UUID) -> None:
    """:raises UserError: it is on its way or out, or a later version waits"""
    with doors.app().tx(doors.scope()) as tx:
        publishing.undo_decision(tx, request_id)
    session.pop(_DECIDED)
    show(request_id)


def _decide(request_id: UUID, act: Callable[[], None], told: str, then: UUID | None, *, can_undo: bool = True) -> bool:
    """What goes out at once offers no way back: it would be gone before anybody could press it."""
    if session.get(_DECIDED) == str(request_id):
        return True
    done = False
    with notices(told, undo=(lambda: undo(request_id)) if can_undo else None, quiet_error=True):
        act()
        done = True
    if done:
        session.put(_DECIDED, str(request_id))
        show(then)
    return done


def withdraw(request_id: UUID, then: UUID | None) -> None:
    """Take one's own question back."""
    with notices(quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            approvals.withdraw_request(tx, request_id)
        show(then)
        tell("Withdrawn. Nobody is asked any more.")


def next_slot(
    request_id: UUID, brand: brands.Brand, channel_ids: Sequence[UUID], slot: session.Slot[datetime | None]
) -> None:
    """Put the brand's next free slot on these channels into the time of a request."""
    with notices(quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            (free,) = publishing.free_slots(tx, brand.id, channel_ids, deciding=[request_id])
        session.put(slot, schedule.wall_clock(free, brand.time_zone))


def say(draft_id: UUID, version_id: UUID, slot: session.Slot[str]) -> None:
    """Write what stands in the comment's field; can be taken back for a few seconds."""
    made: list[UUID] = []

    def back() -> None:
        with doors.app().tx(doors.scope()) as tx:
            approvals.remove_comment(tx, made[0])

    with notices("Comment written", undo=back, quiet_error=True):
        with doors.app().tx(doors.scope()) as tx:
            made.append(approvals.comment(tx, draft_id, session.get(slot), version_id))
        session.put(slot, "")
