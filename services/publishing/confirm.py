"""What a person says about a post whose outcome no machine can prove."""

from datetime import datetime
from uuid import UUID

from services import identity
from services.approvals import SealedContent
from services.events import PostDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.publishing.errors import AddressWrong, NotUnconfirmed, PostNotFound
from services.publishing.models import Attempt, Outcome, Post, PostState, Reason
from services.publishing.moves import Grip, Lost, record
from services.publishing.pace import Pace
from services.publishing.publisher import Door, InParts, OnTheirWord, Publisher, Receipt, Sighting
from services.publishing.queries import attempts, history, posts, sources
from services.publishing.registry import publisher_of
from services.publishing.steps.order import open_door

_PACE = Pace()
_NOT_YET = "It is still looked for, or processed there, and may yet appear. Wait until nobody can tell from here."


def confirm_there(app: App, scope: Scope, post_id: UUID, address: str) -> PostState:
    """
    "It is there", with its id or its web address, which must be that of one of the account's latest posts.

    Where the platform lists them to nobody, the address must only be one of its posts and of none of ours. Of a post
    in parts it names the part in doubt. Returns how it stands then: published, or due where the rest of it follows.

    :raises NotUnconfirmed: its outcome is known by now
    :raises AddressWrong: no post of this account, or one that belongs to another of our posts, or not the part in doubt
    :raises ProviderError: the account could not be read
    """
    with app.tx(scope) as tx:
        post = _asked_about(tx, post_id)
        content, attempt = sources.sealed_content(tx, post.approval_id), _attempt(tx, post)
        since = attempts.first_intent(tx, post_id) or attempt.started_at
    found = _sighting(content, attempt, address.strip().rstrip("/"), since, open_door(app, scope, post))
    with app.tx(scope) as tx:
        post = _asked_about(tx, post_id)
        ours = [one.remote_id for one in found.seen] or list(found.remote.values())
        if _attempt(tx, post).id != attempt.id:
            raise NotUnconfirmed()
        if not ours or posts.claimed_remote_ids(tx, post.channel_id, ours):
            raise AddressWrong(_wrong(content, attempt))
        if not found.is_live:
            attempts.set_remote(tx, attempt.id, found.remote)
            _send(tx, post, "A person found a part of it on the platform. The rest follows.")
            identity.audit(tx, "confirmed a part", "post", post_id)
            return PostState.DUE
        try:
            record(tx, Grip(post, attempt), found.seen[0], "A person found it on the platform.")
        except Lost as lost:
            raise NotUnconfirmed() from lost
        identity.audit(tx, "confirmed as published", "post", post_id)
    return PostState.PUBLISHED


def confirm_absent(tx: Tx, post_id: UUID) -> None:
    """
    "It is not there: publish again". A new attempt follows at once.

    :raises NotUnconfirmed: its outcome is known by now, or nobody needs to be asked yet
    """
    post = _asked_about(tx, post_id)
    if post.reason_class != Reason.UNPROVEN:
        raise NotUnconfirmed(_NOT_YET)
    _send(tx, post, "A person did not find it on the platform.")
    identity.audit(tx, "confirmed as absent", "post", post_id)


def _send(tx: Tx, post: Post, detail: str) -> None:
    """A new attempt with what the last one knows."""
    if post.attempt_id:
        attempts.finish(tx, post.attempt_id, Outcome.ABSENT)
    posts.release_again(tx, post.id, tx.now + _PACE.due_deadline)
    history.add(tx, post.id, post.state.value, PostState.DUE.value, detail)
    tx.emit(PostDue(post.id, post.channel_id))


def _asked_about(tx: Tx, post_id: UUID) -> Post:
    identity.demand(tx, identity.Act.SCHEDULE)
    post = posts.lock(tx, post_id)
    if post is None:
        raise PostNotFound()
    if post.state is not PostState.UNCONFIRMED or post.reason_class == Reason.ACCEPTED:
        raise NotUnconfirmed()
    return post


def _attempt(tx: Tx, post: Post) -> Attempt:
    attempt = attempts.one(tx, post.attempt_id) if post.attempt_id else None
    if attempt is None:
        raise NotUnconfirmed()
    return attempt


def _sighting(content: SealedContent, attempt: Attempt, wanted: str, since: datetime, door: Door) -> Sighting:
    adapter = publisher_of(content)
    if isinstance(adapter, InParts):
        return adapter.with_named(content, attempt.remote, wanted, since, door)
    return Sighting(_named(adapter, wanted, door)[:1], is_live=True)


def _wrong(content: SealedContent, attempt: Attempt) -> str:
    adapter = publisher_of(content)
    stands = adapter.stands(content, attempt.remote) if isinstance(adapter, InParts) else ""
    return f"That is not the post in doubt. {stands}" if stands else ""


def _named(adapter: Publisher, wanted: str, door: Door) -> list[Receipt]:
    """The post of this id or address: one that the platform lists, or, where it lists none to us, the one they name."""
    listed = [one for one in adapter.recent(door) if wanted in _names(one)]
    told = adapter.at_address(wanted, door) if not listed and isinstance(adapter, OnTheirWord) else None
    return [told] if told else listed


def _names(receipt: Receipt) -> set[str]:
    return {receipt.remote_id, (receipt.permalink or "").rstrip("/")} - {""}
