"""
The first comment under a published post: a job of its own, whose failure changes nothing about the post.

It looks before it posts, so it may run again after a crash or a lost answer.
"""

from typing import Protocol
from uuid import UUID

from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Unavailable
from services.publishing.models import Post, PostState
from services.publishing.publisher import Door
from services.publishing.queries import history, posts, sources
from services.publishing.registry import commenter, takes_comments
from services.publishing.steps.order import open_door

_DONE = "The first comment is under the post."
_CHANGED = "The first comment was not posted: it differs from what was approved."


class Commenter(Protocol):
    """Comments of one platform. Both methods raise only our five provider errors."""

    def comments(self, remote_id: str, door: Door) -> list[str]:
        """The words of the comments under a post, some fifty of them."""
        ...

    def comment(self, remote_id: str, words: str, door: Door) -> None:
        """Put one under it, as the account itself."""
        ...


def post_first_comment(app: App, org_id: UUID, post_id: UUID) -> None:
    """
    Post what was approved as the first comment, unless it is there; write into the post's history what came of it.

    :raises Unavailable: not done, or nobody knows: the queue tries again, and the next try looks first
    :raises RateLimited: the platform asks to wait
    """
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        post = posts.one(tx, post_id)
        if post is None or post.state is not PostState.PUBLISHED or not post.remote_id:
            return
        content = sources.sealed_content(tx, post.approval_id)
    if not content.first_comment.strip() or not takes_comments(content.platform):
        return
    if content.seal() != post.seal:
        _note(app, scope, post, _CHANGED)
        return
    try:
        _once(app, scope, post, content.first_comment.strip(), commenter(content.platform))
    except (Unavailable, RateLimited):
        raise
    except OutcomeUnknown as error:
        raise Unavailable(error.sentence) from error
    except ProviderError as error:
        _note(app, scope, post, f"The first comment was not posted: {error.sentence}")
    else:
        _note(app, scope, post, _DONE)


def _once(app: App, scope: Scope, post: Post, words: str, under: Commenter) -> None:
    assert post.remote_id is not None
    door = open_door(app, scope, post)
    if words not in [one.strip() for one in under.comments(post.remote_id, door)]:
        under.comment(post.remote_id, words, door)


def _note(app: App, scope: Scope, post: Post, sentence: str) -> None:
    """One line, however often the job runs."""
    with app.tx(scope) as tx:
        if sentence not in [line.detail for line in history.of_post(tx, post.id)]:
            history.add(tx, post.id, post.state.value, post.state.value, sentence)
