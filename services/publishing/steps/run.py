"""One job's work on one post: take it, then step after step until it is done or has to wait."""

import logging
from uuid import UUID

from services.approvals import SealedContent
from services.kit.answers import Answer, hearing
from services.kit.app import App
from services.kit.db import Scope
from services.publishing.models import PostState, Reason
from services.publishing.moves import Grip, Lost, keep_answers
from services.publishing.pace import Pace
from services.publishing.queries import sources
from services.publishing.reads import said_of
from services.publishing.steps.look import look
from services.publishing.steps.prepare import poll, prepare
from services.publishing.steps.publish import publish
from services.publishing.steps.take import take

_log = logging.getLogger("loopdesk.publishing")


def step(app: App, org_id: UUID, post_id: UUID) -> str:
    """
    Do what this post's state asks for; what became of the post and why, empty where it goes on as planned.

    Safe to run twice, by two workers, or after one of them died.

    Never raises for what a platform does: every outcome is written to the post.
    """
    scope, pace, said = Scope(org_id), Pace(app.settings.publishing_pace), ""
    try:
        with app.tx(scope) as tx:
            grip = take(tx, post_id, pace)
            content = sources.sealed_content(tx, grip.post.approval_id) if grip else None
            said = said_of(tx, post_id) if grip is None else ""
        while grip is not None and content is not None:
            with hearing() as heard:
                following = _next(app, scope, grip, pace, content)
            said = _note(app, scope, grip, heard, is_last=following is None)
            grip = following
    except Lost:
        _log.warning("post %s went on under another attempt; this one's result is discarded", post_id)
    return said


def _note(app: App, scope: Scope, grip: Grip, heard: list[Answer], *, is_last: bool) -> str:
    """Keep what the platform answered; of the many "not yet" only that they were counted. At the end, what became."""
    waits = grip.post.state is PostState.PROCESSING or grip.post.reason_class == Reason.ACCEPTED
    is_kept = bool(heard) and not (waits and all(one.status < 400 for one in heard))
    if not is_kept and not is_last:
        return ""
    with app.tx(scope) as tx:
        if is_kept:
            keep_answers(tx, grip, heard)
        return said_of(tx, grip.post.id) if is_last else ""


def _next(app: App, scope: Scope, grip: Grip, pace: Pace, content: SealedContent) -> Grip | None:
    match grip.post.state:
        case PostState.PREPARING:
            return prepare(app, scope, grip, pace, content)
        case PostState.PROCESSING:
            return poll(app, scope, grip, pace, content)
        case PostState.READY:
            publish(app, scope, grip, pace, content)
        case PostState.UNCONFIRMED:
            return look(app, scope, grip, pace, content)
    return None
