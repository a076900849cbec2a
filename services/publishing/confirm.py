"""What a person says about a post whose outcome no machine can prove."""

from uuid import UUID

from services import identity
from services.events import PostDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.publishing.errors import AddressWrong, NotUnconfirmed, PostNotFound
from services.publishing.models import Outcome, Post, PostState, Reason
from services.publishing.moves import Grip, Lost, record
from services.publishing.pace import Pace
from services.publishing.publisher import Door, OnTheirWord, Publisher, Receipt
from services.publishing.queries import attempts, history, posts, sources
from services.publishing.registry import publisher_of
from services.publishing.steps.order import open_door

_PACE = Pace()
_NOT_YET = "It is still looked for, or processed there, and may yet appear. Wait until nobody can tell from here."


def confirm_there(app: App, scope: Scope, post_id: UUID, address: str) -> None:
    """
    "It is there", with its id or its web address, which must be that of one of the account's latest posts.

    Where the platform lists them to nobody, the address must only be one of its posts and of none of ours.

    :raises NotUnconfirmed: its outcome is known by now
    :raises AddressWrong: no post of this account, or one that belongs to another of our posts
    :raises ProviderError: the account could not be read
    """
    with app.tx(scope) as tx:
        post = _asked_about(tx, post_id)
        adapter = publisher_of(sources.sealed_content(tx, post.approval_id))
    wanted = address.strip().rstrip("/")
    found = _named(adapter, wanted, open_door(app, scope, post))
    with app.tx(scope) as tx:
        post = _asked_about(tx, post_id)
        if not found or posts.claimed_remote_ids(tx, post.channel_id, [found[0].remote_id]):
            raise AddressWrong()
        attempt = attempts.one(tx, post.attempt_id) if post.attempt_id else None
        if attempt is None:
            raise NotUnconfirmed()
        try:
            record(tx, Grip(post, attempt), found[0], "A person found it on the platform.")
        except Lost as lost:
            raise NotUnconfirmed() from lost
        identity.audit(tx, "confirmed as published", "post", post_id)


def confirm_absent(tx: Tx, post_id: UUID) -> None:
    """
    "It is not there: publish again". A new attempt follows at once.

    :raises NotUnconfirmed: its outcome is known by now, or nobody needs to be asked yet
    """
    post = _asked_about(tx, post_id)
    if post.reason_class != Reason.UNPROVEN:
        raise NotUnconfirmed(_NOT_YET)
    if post.attempt_id:
        attempts.finish(tx, post.attempt_id, Outcome.ABSENT)
    posts.release_again(tx, post_id, tx.now + _PACE.due_deadline)
    history.add(tx, post_id, post.state.value, PostState.DUE.value, "A person did not find it on the platform.")
    identity.audit(tx, "confirmed as absent", "post", post_id)
    tx.emit(PostDue(post_id, post.channel_id))


def _asked_about(tx: Tx, post_id: UUID) -> Post:
    identity.demand(tx, identity.Act.SCHEDULE)
    post = posts.lock(tx, post_id)
    if post is None:
        raise PostNotFound()
    if post.state is not PostState.UNCONFIRMED or post.reason_class == Reason.ACCEPTED:
        raise NotUnconfirmed()
    return post


def _named(adapter: Publisher, wanted: str, door: Door) -> list[Receipt]:
    """The post of this id or address: one that the platform lists, or, where it lists none to us, the one they name."""
    listed = [one for one in adapter.recent(door) if wanted in _names(one)]
    told = adapter.at_address(wanted, door) if not listed and isinstance(adapter, OnTheirWord) else None
    return [told] if told else listed


def _names(receipt: Receipt) -> set[str]:
    return {receipt.remote_id, (receipt.permalink or "").rstrip("/")} - {""}
