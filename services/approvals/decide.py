"""Decisions: approve for named channels with a seal over what will be sent, reject with a reason, take it back."""

from collections.abc import Sequence
from uuid import UUID

from services import accounts, identity
from services.approvals import queries
from services.approvals.errors import (
    AlreadyDecided,
    ChannelElsewhere,
    ChannelNotConnected,
    LaterWaits,
    NoChannel,
    NotDecided,
    OwnWork,
    ReasonMissing,
    RequestNotFound,
)
from services.approvals.models import Approval, Request, RequestState
from services.approvals.requests import held
from services.approvals.rules import is_free_to_decide
from services.approvals.seal import content_for
from services.events import DraftDecided
from services.kit.db import Tx

REASON_MAX = 500


def approve(tx: Tx, request_id: UUID, channel_ids: Sequence[UUID]) -> list[Approval]:
    """
    Approve the request's version for these channels and seal, per channel, everything that will reach the platform.

    :raises AlreadyDecided: somebody decided first; a second click has no effect
    :raises OwnWork: the person made or sent this version, and others could decide
    :raises NoChannel: no channel was named
    :raises ChannelNotConnected: a channel is not connected
    :raises ChannelElsewhere: a channel belongs to another brand
    :raises PictureMissing: the version has no picture in the size a channel takes
    """
    request = _open_to_decide(tx, request_id)
    if not channel_ids:
        raise NoChannel()
    for channel_id in dict.fromkeys(channel_ids):
        channel = accounts.channel(tx, channel_id)
        if channel.brand_id != request.brand_id:
            raise ChannelElsewhere()
        if not channel.is_connected:
            raise ChannelNotConnected(f"{channel.name} is not connected. Reconnect it, then approve.")
        content = content_for(tx, request.version_id, channel_id)
        queries.insert_approval(tx, tx.new_id(), request, channel_id, content.seal(), content.model_dump(mode="json"))
    _close(tx, request, RequestState.APPROVED, "")
    return queries.approvals_of(tx, request_id)


def reject(tx: Tx, request_id: UUID, reason: str) -> None:
    """
    Reject with a reason the author will read. Raises as `approve`, and:

    :raises ReasonMissing: no reason was given
    """
    if not reason.strip():
        raise ReasonMissing()
    request = _open_to_decide(tx, request_id)
    _close(tx, request, RequestState.REJECTED, reason.strip()[:REASON_MAX])


def take_back(tx: Tx, request_id: UUID) -> None:
    """
    Undo a decision: the request waits again and its approvals no longer free anything.

    Whoever planned posts on them cancels those first (publishing.undo_decision does both).

    :raises NotDecided: it waits already, or was withdrawn
    :raises OwnWork: somebody else decided
    :raises LaterWaits: a later version of the ad waits already
    """
    identity.demand(tx, identity.Act.APPROVE)
    version_id = queries.version_of(tx, request_id)
    if version_id is None or queries.lock_draft_of(tx, version_id) is None:  # the draft first, as in `ask`
        raise RequestNotFound()
    request = held(tx, request_id)
    if request.state not in (RequestState.APPROVED, RequestState.REJECTED):
        raise NotDecided()
    if request.decided_by != tx.user_id:
        raise OwnWork("Only the person who decided may take the decision back.")
    if queries.waits(tx, request.draft_id):
        raise LaterWaits()
    queries.withdraw_approvals(tx, request_id)
    queries.reopen(tx, request_id)
    identity.audit(tx, "took decision back", "draft", request.draft_id)


def approvals_of(tx: Tx, request_id: UUID) -> list[Approval]:
    """The live approvals of a request."""
    return queries.approvals_of(tx, request_id)


def deciders(tx: Tx) -> list[UUID]:
    """Every member whose role lets them decide."""
    return queries.members_with(tx, [role.value for role in identity.MATRIX[identity.Act.APPROVE]])


def _open_to_decide(tx: Tx, request_id: UUID) -> Request:
    identity.demand(tx, identity.Act.APPROVE)
    if tx.user_id is None:  # the worker may do much, but a decision is a person's
        raise identity.RoleTooLow()
    request = held(tx, request_id)
    if request.state is not RequestState.WAITING:
        raise AlreadyDecided()
    authors = (request.asked_by, queries.version_author(tx, request.version_id))
    if not is_free_to_decide(tx.user_id, authors, deciders(tx)):
        raise OwnWork()
    return request


def _close(tx: Tx, request: Request, state: RequestState, reason: str) -> None:
    if not queries.decide(tx, request.id, state, reason):
        raise AlreadyDecided()
    identity.audit(tx, state.value, "draft", request.draft_id, version=request.version_id)
    tx.emit(DraftDecided(request.id))
