"""What calls on a channel told: successes, failures, and the end of a connection."""

from uuid import UUID

from services import identity, notifications
from services.accounts import queries
from services.accounts.models import ChannelState
from services.accounts.rules import ends_connection, has_run_out, usable, why_ended
from services.events import ChannelCheckDue
from services.kit.db import Tx
from services.kit.errors import CredentialsExpired, ProviderError
from services.kit.http import redact
from services.kit.text import clip


def report_success(tx: Tx, channel_id: UUID) -> None:
    """A call on this channel worked: the last error is history."""
    queries.set_success(tx, channel_id)


def report_failure(tx: Tx, channel_id: UUID, error: ProviderError) -> None:
    """
    A call on this channel failed: shown on its card. Ends the connection only where the platform said so.

    Where a refresh token is kept, a refused token is only doubted: the check that follows at once renews it or ends it.
    """
    note(tx, channel_id, error)
    if not isinstance(error, CredentialsExpired) or not ends_connection(error):
        return
    if queries.doubt_token(tx, channel_id):
        tx.emit(ChannelCheckDue(channel_id))
    else:
        lost(tx, channel_id, error)


def may_renew(tx: Tx, channel_id: UUID) -> bool:
    """Was the token refused or ended, and can a renewal help without a person?"""
    channel = queries.channel(tx, channel_id)
    return channel is not None and channel.renews and has_run_out(channel, tx.now) and usable(channel, tx.now)


def note(tx: Tx, channel_id: UUID, error: ProviderError) -> None:
    """Show what went wrong on the channel's card, and nothing more."""
    queries.set_error(tx, channel_id, clip(redact(error.sentence), 500))


def lost(tx: Tx, channel_id: UUID, error: CredentialsExpired) -> None:
    """The platform said that this connection has ended."""
    mark_needs_reconnect(tx, channel_id, why_ended(error))


def mark_needs_reconnect(tx: Tx, channel_id: UUID, reason: str) -> None:
    """The platform refused the token: pause the channel and tell people, once. A disconnected one stays as it is."""
    reason = clip(redact(reason), 300)
    moved = queries.set_state(tx, channel_id, ChannelState.NEEDS_RECONNECT, reason, unless=ChannelState.DISCONNECTED)
    channel = queries.channel(tx, channel_id) if moved else None
    if channel is None:
        return
    identity.audit(tx, "lost", "channel", channel_id)
    notifications.tell(
        tx,
        kind="channel_lost",
        tone="red",
        title=f"{channel.name} must be connected again",
        body=f"{clip(reason, 220)} Posts planned on it wait until somebody signs in again.",
        link=f"/channels?channel={channel_id}",
        cause=f"channel/{channel_id}/lost",
        occurrence=tx.now.isoformat(),
    )
