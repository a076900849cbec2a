"""A day and an hour before its time: could this post go out as things stand? Tells, never blocks."""

from uuid import UUID

from services import accounts, notifications
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import ProviderError
from services.publishing.limits import check
from services.publishing.models import Post, PostState, Reason
from services.publishing.queries import posts
from services.publishing.registry import publisher_of
from services.publishing.steps.order import Hold, open_door, sealed_order


def preflight(app: App, org_id: UUID, post_id: UUID) -> None:
    """Check seal, stored bytes, rights, token, granted rights, quota and limits; tell people at once what is wrong."""
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        post = posts.one(tx, post_id)
    if post is None or post.state is not PostState.PLANNED:
        return
    found = _found(app, scope, post)
    with app.tx(scope) as tx:
        told = " ".join(found)
        changed = posts.note_risk(tx, post_id, told, Reason.AT_RISK.value if found else "")
        if changed and found and told != post.reason:
            _tell(tx, post, told)


def _found(app: App, scope: Scope, post: Post) -> list[str]:
    found: list[str] = []
    try:
        content = sealed_order(app, scope, post).content
        found += [problem.sentence for problem in check(publisher_of(content).spec, content)]
    except Hold as hold:
        found.append(hold.sentence)
    except ProviderError as error:
        found.append(f"The stored pictures could not be read: {error.sentence}")
    try:
        open_door(app, scope, post)
    except ProviderError as error:
        found.append(error.sentence)
    with app.tx(scope) as tx:
        channel = accounts.channel(tx, post.channel_id)
    if channel.missing_scopes:
        found.append(f"{channel.name} lacks the right {', '.join(channel.missing_scopes)}.")
    if channel.quota_total and (channel.quota_used or 0) >= channel.quota_total:
        found.append(f"{channel.name} has used up its {channel.quota_total} posts of 24 hours.")
    return found


def _tell(tx: Tx, post: Post, told: str) -> None:
    notifications.tell(
        tx,
        kind="post",
        tone="orange",
        title="A planned post could not go out as things stand",
        body=told,
        link=f"/calendar?post={post.id}",
        cause=f"post/{post.id}/at-risk/{tx.now.isoformat()}",
    )
