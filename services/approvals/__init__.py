"""Who decides, what was decided, the seal."""

from services.approvals.decide import REASON_MAX, approvals_of, approve, deciders, reject, take_back
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
    VersionNotFound,
)
from services.approvals.models import Approval, QueueItem, Request, RequestState
from services.approvals.requests import (
    NOTE_MAX,
    ask,
    count_decided,
    count_waiting,
    decided_queue,
    queue_item,
    request_of,
    waiting_queue,
    withdraw_request,
)
from services.approvals.rules import may_decide
from services.approvals.seal import PictureMissing, SealedContent, SealedMedia, compose, content_for, tracked

__all__ = [
    "AlreadyDecided",
    "Approval",
    "ChannelElsewhere",
    "ChannelNotConnected",
    "LaterWaits",
    "NOTE_MAX",
    "NoChannel",
    "NotDecided",
    "OwnWork",
    "PictureMissing",
    "QueueItem",
    "ReasonMissing",
    "REASON_MAX",
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
    "count_decided",
    "count_waiting",
    "decided_queue",
    "deciders",
    "may_decide",
    "queue_item",
    "reject",
    "request_of",
    "take_back",
    "tracked",
    "waiting_queue",
    "withdraw_request",
]
