"""Everything a step needs before it may call: the sealed content, verified; the pictures; the open account."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from typing import BinaryIO
from uuid import UUID

from services import accounts, approvals
from services.kit.answers import unheard
from services.kit.app import App
from services.kit.crypto import sha256_of
from services.kit.db import Scope, Tx
from services.kit.errors import NotFound
from services.kit.files import FileForbidden, FileMissing
from services.publishing.models import Post, PostState, Reason
from services.publishing.moves import Grip, Lost
from services.publishing.pace import Pace
from services.publishing.publisher import Door, Order, Remote
from services.publishing.queries import attempts, sources
from services.publishing.steps.watched import Alive, nobody_waits, watched

MEDIA_ADDRESS_SECONDS = 86_400  # platforms may fetch for as long as a container lives


class Hold(Exception):
    """The post must not go out: `kind` and the sentence a person reads."""

    def __init__(self, kind: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.kind, self.sentence = kind, sentence


def demand_sealed(tx: Tx, post: Post) -> approvals.SealedContent:
    """
    The content as the rows have it now, if it is what was approved, still approved and still allowed.

    Holds the approval, so that nobody withdraws it before this transaction ends.

    :raises Hold: it is not
    """
    approval = sources.hold_approval(tx, post.approval_id)
    if approval is None or approval.withdrawn_at is not None:
        raise Hold(Reason.WITHDRAWN, "The approval was withdrawn. A new approval is needed.")
    try:
        content = approvals.content_for(tx, post.version_id, post.channel_id)
    except (NotFound, approvals.PictureMissing) as error:
        raise Hold(Reason.SEAL, "What was approved is no longer there. A new approval is needed.") from error
    if not content.seal() == post.seal == approval.seal:
        raise Hold(Reason.SEAL, "What is stored differs from what was approved. A new approval is needed.")
    ended = sources.rights_ended(tx, post.version_id, tx.now.date())
    if ended:
        raise Hold(Reason.RIGHTS, f"The rights to a picture have ended: {', '.join(ended)}.")
    return content


def sealed_order(app: App, scope: Scope, post: Post, alive: Alive = nobody_waits) -> Order:
    """
    The order with its pictures, after reading every stored byte of them.

    :param alive: called while an adapter reads a file, as `watched.heart` makes it
    :raises Hold: rows or bytes are not what was approved, or the store does not give them
    """
    with app.tx(scope) as tx:
        content = demand_sealed(tx, post)
    return order_of(app, content, alive)


def order_of(app: App, content: approvals.SealedContent, alive: Alive = nobody_waits) -> Order:
    """As `sealed_order` for rows that are verified elsewhere: in the transaction of the intent."""
    with _from_store():
        for item in content.files:
            with watched(app.files.open(item.file_key), alive) as file:
                stored = sha256_of(file)
            if stored != item.sha256:
                raise Hold(Reason.SEAL, "A stored picture differs from the approved one. A new approval is needed.")
        urls = tuple(app.files.url(item.file_key, MEDIA_ADDRESS_SECONDS) for item in content.files)

    def open_media(place: int) -> AbstractContextManager[BinaryIO]:
        with _from_store():
            return watched(app.files.open(content.files[place].file_key), alive)

    count = len(content.media)
    open_cover = partial(open_media, count)  # behind the others in `files`
    return Order(content, urls[:count], open_media, "".join(urls[count:]), open_cover)


@contextmanager
def _from_store() -> Iterator[None]:
    """:raises Hold: the store no longer has a file, or refuses it to us"""
    try:
        yield
    except FileMissing as error:
        raise Hold(Reason.SEAL, "The approved picture is no longer stored. A new approval is needed.") from error
    except FileForbidden as error:
        sentence = "The store refuses the approved file to us. Have its access keys checked, then try again."
        raise Hold(Reason.MEDIA, sentence) from error


def open_door(app: App, scope: Scope, post: Post, grip: Grip | None = None) -> Door:
    """
    With the `grip` of a step that publishes, what the platform gives on the way can be kept.

    :raises CredentialsExpired: the account must be reconnected
    """
    return door_of(app, scope, post.channel_id, grip)


def door_of(app: App, scope: Scope, channel_id: UUID, grip: Grip | None = None) -> Door:
    """One account, whatever for. :raises CredentialsExpired: the account must be reconnected"""
    with unheard():
        token = accounts.fresh_token(app, scope, channel_id)
    host = accounts.host_of(app.settings, token.platform, is_practice=token.is_practice)
    kept = dict(grip.attempt.remote) if grip else {}
    limit = Pace(app.settings.publishing_pace).limit(PostState.PUBLISHING)

    def keep(given: Remote) -> None:
        kept.update(given)
        with app.tx(scope) as tx:
            if grip is None or not attempts.set_remote_in_hand(tx, grip.attempt.id, kept, limit):
                raise Lost()

    return Door(
        app.http,
        token.platform,
        host.api_url,
        token.remote_id,
        token.secret,
        app.clock.now(),
        token.handle,
        keep,
    )
