"""Who decides, what was decided, the seal."""

from services.approvals.decide import approvals_of, approve, count_deciders, may_decide, reject, take_back
from services.approvals.errors import (
    AlreadyDecided,
    ChannelNotConnected,
    NoChannel,
    NotDecided,
    OwnWork,
    ReasonMissing,
    RequestNotFound,
    VersionNotFound,
)
from services.approvals.models import Approval, QueueItem, Request, RequestState
from services.approvals.requests import ask, count_waiting, decided_queue, waiting_queue, withdraw_request
from services.approvals.seal import PictureMissing, SealedContent, SealedMedia, compose, content_for, tracked

__all__ = [
    "AlreadyDecided",
    "Approval",
    "ChannelNotConnected",
    "NoChannel",
    "NotDecided",
    "OwnWork",
    "PictureMissing",
    "QueueItem",
    "ReasonMissing",
    "Request",
    "RequestNotFound",
    "RequestState",
    "SealedContent",
    "SealedMedia",
    "VersionNotFound",
    "approvals_of",
    "approve",
    "ask",
    "compose",
    "content_for",
    "count_deciders",
    "count_waiting",
    "decided_queue",
    "may_decide",
    "reject",
    "take_back",
    "tracked",
    "waiting_queue",
    "withdraw_request",
]
