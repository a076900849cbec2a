"""
The cover of a clip that is given once its post is out: a job of its own, whose failure changes nothing about the post.

Giving it twice gives the same picture, so it may run again after a crash or a lost answer.
"""

from typing import BinaryIO, Protocol
from uuid import UUID

from services import approvals, identity
from services.events import CoverWanted
from services.kit.app import App
from services.kit.crypto import sha256_of
from services.kit.db import Scope, Tx
from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.files import FileForbidden, FileMissing
from services.publishing.errors import CoverIsSet
from services.publishing.models import Post, PostState
from services.publishing.publisher import Door
from services.publishing.queries import covers, history, posts, sources
from services.publishing.reads import post as read_post
from services.publishing.registry import FormatUnknown, PlatformUnknown, cover_setter, publisher_of
from services.publishing.steps.order import open_door

_DONE = "The cover is set."
_CHANGED = "The stored picture is not the one that was approved."
_FORBIDDEN = "The store refuses the approved picture to us. Have its access keys checked, then try again."
_FAILED = "The cover could not be set:"


class CoverSetter(Protocol):
    """Covers of one platform. Raises only our five provider errors."""

    def set_cover(self, remote_id: str, picture: BinaryIO, content_type: str, door: Door) -> None:
        """Give the picture; the one that was there is replaced."""
        ...


def set_cover(app: App, org_id: UUID, post_id: UUID) -> None:
    """
    Give the approved cover, unless it was given; write down what came of it.

    :raises Unavailable: not done, or nobody knows: the queue tries again
    :raises RateLimited: the platform asks to wait
    """
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        post = posts.one(tx, post_id)
        if post is None or post.state is not PostState.PUBLISHED or not post.remote_id:
            return
        content, known = sources.sealed_content(tx, post.approval_id), covers.of_post(tx, post_id)
    if content.cover is None or not _is_due(content) or (known is not None and known.is_set):
        return
    try:
        _give(app, scope, post, content)
    except (Unavailable, RateLimited) as error:
        _note(app, scope, post, f"{error.sentence} It is tried again.", is_over=False)
        raise
    except OutcomeUnknown as error:
        _note(app, scope, post, f"{error.sentence} It is tried again.", is_over=False)
        raise Unavailable(error.sentence) from error
    except ProviderError as error:
        _note(app, scope, post, error.sentence)
    except FileForbidden:
        _note(app, scope, post, _FORBIDDEN)
    else:
        _note(app, scope, post, "")


def try_cover_again(tx: Tx, post_id: UUID) -> None:
    """
    Have the cover given once more. :raises PostNotFound: not in this organisation

    :raises CoverIsSet: there is nothing to repeat
    :raises RoleTooLow: the person may not schedule
    """
    identity.demand(tx, identity.Act.SCHEDULE)
    read_post(tx, post_id)
    known = covers.of_post(tx, post_id)
    if known is None or known.is_set:
        raise CoverIsSet()
    identity.audit(tx, "tried again", "cover", post_id)
    tx.emit(CoverWanted(post_id))


def _is_due(content: approvals.SealedContent) -> bool:
    try:
        cover = publisher_of(content).spec.cover
    except (FormatUnknown, PlatformUnknown):
        return False
    return cover is not None and cover.is_after


def _give(app: App, scope: Scope, post: Post, content: approvals.SealedContent) -> None:
    assert content.cover is not None and post.remote_id is not None
    setter: CoverSetter = cover_setter(content.platform)
    if content.seal() != post.seal or not _is_stored(app, content.cover):
        raise Rejected(_CHANGED)
    door = open_door(app, scope, post)
    with app.files.open(content.cover.file_key) as picture:
        setter.set_cover(post.remote_id, picture, content.cover.content_type, door)


def _is_stored(app: App, cover: approvals.SealedMedia) -> bool:
    try:
        with app.files.open(cover.file_key) as file:
            return sha256_of(file) == cover.sha256
    except FileMissing:
        return False


def _note(app: App, scope: Scope, post: Post, problem: str, *, is_over: bool = True) -> None:
    """How it stands, and one line in the history once it is over, however often the job runs."""
    line = f"{_FAILED} {problem}" if problem else _DONE
    with app.tx(scope) as tx:
        covers.put(tx, post.id, problem)
        if is_over and line not in [one.detail for one in history.of_post(tx, post.id)]:
            history.add(tx, post.id, post.state.value, post.state.value, line)
