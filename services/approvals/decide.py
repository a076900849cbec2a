"""Decisions: approve for named channels with a seal over what will be sent, reject with a reason, take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services import accounts, identity
from services.approvals import policies, queries
from services.approvals.errors import (
    AlreadyDecided,
    ChannelElsewhere,
    ChannelNotConnected,
    ConfirmFirst,
    LaterWaits,
    NoChannel,
    NotDecided,
    OthersDecide,
    OwnWork,
    ReasonMissing,
    RequestNotFound,
)
from services.approvals.models import Approval, Mode, Request, RequestState
from services.approvals.requests import held
from services.approvals.rules import TABLE, Part, Say, Standing, part_of, standing
from services.approvals.seal import content_for
from services.events import DraftDecided, ReviewRequested
from services.kit.db import Tx

REASON_MAX = 500


@dataclass(frozen=True)
class _Opened:
    """A held request, the level it waits at, and how the acting person stands to it."""

    request: Request
    mode: Mode
    at: Standing
    part: Part

    @property
    def by_author(self) -> bool:
        return self.part in (Part.AUTHOR, Part.ALONE)


def approve(tx: Tx, request_id: UUID, channel_ids: Sequence[UUID], *, confirmed: bool = False) -> list[Approval]:
    """
    Approve the request's version for these channels and seal, per channel, everything that will reach the platform.

    Where levels follow, this is one yes: nothing is sealed yet, the list is empty, and channels are not looked at.

    :param confirmed: an author was asked and said that nobody else needs to look
    :raises AlreadyDecided: somebody decided first; a second click has no effect
    :raises OwnWork: the person made or sent this version, and others could decide
    :raises OthersDecide: it waits at a level of others, or this person has said yes
    :raises ConfirmFirst: the author may decide alone here, and has not confirmed
    :raises NoChannel: no channel was named
    :raises ChannelNotConnected: a channel is not connected
    :raises ChannelElsewhere: a channel belongs to another brand
    :raises PictureMissing: the version has no picture in the size a channel takes
    """
    opened = _open_to_decide(tx, request_id, confirmed=confirmed)
    request = opened.request
    if opened.mode is Mode.LEVELS:
        policies.sign(tx, request_id, opened.at.level)
        if not _is_complete(tx, opened):
            return []
    if not channel_ids:
        raise NoChannel()
    for channel_id in dict.fromkeys(channel_ids):
        channel = accounts.channel(tx, channel_id)
        if channel.brand_id != request.brand_id:
            raise ChannelElsewhere()
        if not channel.is_connected:
            raise ChannelNotConnected(f"{channel.name} is not connected. Reconnect it, then approve.")
        content = content_for(tx, request.version_id, channel_id)
        queries.insert_approval(
            tx, request, channel_id, content.seal(), content.model_dump(mode="json"),
            mode=opened.mode, by_author=opened.by_author,
        )  # fmt: skip
    _close(tx, opened, RequestState.APPROVED, "")
    return queries.approvals_of(tx, request_id)


def _is_complete(tx: Tx, opened: _Opened) -> bool:
    """Whether this yes was the last one asked for; where it closes its level, those of the next are told."""
    request, at = opened.request, opened.at
    closes = tx.user_id is not None and at.closes(tx.user_id)
    if closes and at.is_last:
        return True
    identity.audit(tx, "signed off", "draft", request.draft_id, version=request.version_id, level=at.level, of=at.of)
    if closes:
        tx.emit(ReviewRequested(request.id))
    return False


def reject(tx: Tx, request_id: UUID, reason: str) -> None:
    """
    Reject with a reason the author will read. Raises as `approve`, and:

    :raises ReasonMissing: no reason was given
    """
    if not reason.strip():
        raise ReasonMissing()
    opened = _open_to_decide(tx, request_id, confirmed=True)  # holding back needs no second look
    _close(tx, opened, RequestState.REJECTED, reason.strip()[:REASON_MAX])


def take_back(tx: Tx, request_id: UUID) -> None:
    """
    Undo a decision, or a yes at a level after which nobody spoke: the request waits again and its approvals no
    longer free anything.

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
    if request.state is RequestState.WAITING and policies.unsign(tx, request_id):
        identity.audit(tx, "took decision back", "draft", request.draft_id)
        return
    if request.state not in (RequestState.APPROVED, RequestState.REJECTED):
        raise NotDecided()
    if request.decided_by != tx.user_id:
        raise OwnWork("Only the person who decided may take the decision back.")
    if queries.waits(tx, request.draft_id):
        raise LaterWaits()
    queries.withdraw_approvals(tx, request_id)
    queries.reopen(tx, request_id)
    if request.state is RequestState.APPROVED:
        policies.unsign(tx, request_id)
    identity.audit(tx, "took decision back", "draft", request.draft_id)


def approvals_of(tx: Tx, request_id: UUID) -> list[Approval]:
    """The live approvals of a request."""
    return queries.approvals_of(tx, request_id)


def _open_to_decide(tx: Tx, request_id: UUID, *, confirmed: bool) -> _Opened:
    identity.demand(tx, identity.Act.APPROVE)
    if tx.user_id is None:  # the worker may do much, but a decision is a person's
        raise identity.RoleTooLow()
    request = held(tx, request_id)
    if request.state is not RequestState.WAITING:
        raise AlreadyDecided()
    rule, deciding = policies.policy_of(tx, request.brand_id), policies.deciders(tx)
    authors = (request.asked_by, queries.version_author(tx, request.version_id))
    at = standing(rule.mode, rule.levels, policies.sign_offs(tx, request_id), authors, deciding)
    part = part_of(rule.mode, tx.user_id, authors, deciding, at)
    refusals = {Say.LOOK: identity.RoleTooLow, Say.OWN: OwnWork, Say.OTHERS: OthersDecide}
    say = TABLE[rule.mode, part]
    if say in refusals:
        raise refusals[say]()
    if say is Say.CONFIRM and not confirmed:
        raise ConfirmFirst()
    return _Opened(request, rule.mode, at, part)


def _close(tx: Tx, opened: _Opened, state: RequestState, reason: str) -> None:
    request = opened.request
    if not queries.decide(tx, request.id, state, reason):
        raise AlreadyDecided()
    identity.audit(
        tx, state.value, "draft", request.draft_id, version=request.version_id, mode=opened.mode,
        by_author=opened.by_author,
    )  # fmt: skip
    tx.emit(DraftDecided(request.id))
