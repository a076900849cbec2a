"""How a channel is: what its calls told, and the daily check with its renewal."""

from datetime import timedelta
from uuid import UUID

from pydantic import SecretStr

from services import identity, notifications
from services.accounts import queries, vault
from services.accounts.errors import ChannelNotFound
from services.accounts.hosts import host_of
from services.accounts.models import Channel, ChannelState, Health, Renewed
from services.accounts.registry import sign_in
from services.accounts.rules import ends_connection, why_ended
from services.accounts.store import CHECK_EVERY
from services.accounts.tokens import as_token, open_token
from services.events import ChannelCheckDue
from services.identity import Act
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, ProviderError
from services.kit.http import redact
from services.kit.text import clip

_LEASE = timedelta(minutes=2)  # two calls of at most 25 s each, with room


def report_success(tx: Tx, channel_id: UUID) -> None:
    """A call on this channel worked: the last error is history."""
    queries.set_success(tx, channel_id)


def report_failure(tx: Tx, channel_id: UUID, error: ProviderError) -> None:
    """A call on this channel failed: shown on its card. Ends the connection only where the platform said so."""
    queries.set_error(tx, channel_id, clip(redact(error.sentence), 500))
    if isinstance(error, CredentialsExpired) and ends_connection(error):
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
        body=reason,
        link="/channels",
        cause=f"channel/{channel_id}/lost/{tx.now.isoformat()}",
    )


def request_check(tx: Tx, channel_id: UUID) -> None:
    """
    Check this channel now, in the background.

    :raises ChannelNotFound: not in this organisation
    """
    identity.demand(tx, Act.SCHEDULE)
    if queries.channel(tx, channel_id) is None:
        raise ChannelNotFound()
    tx.emit(ChannelCheckDue(channel_id))


def due_checks(tx: Tx, limit: int = 100) -> int:
    """For the clockwork: queue the daily check of every channel that is due; returns how many."""
    due = queries.claim_due_checks(tx, tx.now + CHECK_EVERY, limit)
    for org_id, channel_id in due:
        tx.act_as(Scope(org_id))
        tx.emit(ChannelCheckDue(channel_id))
    return len(due)


def check_channel(app: App, org_id: UUID, channel_id: UUID) -> None:
    """
    Renew the token where that is due, then ask the platform who we are, what we may do and what is used.

    A refused token pauses the channel and ends this act well. Safe to run twice.

    :raises ProviderError: anything else, noted on the channel; it stays connected
    """
    scope = Scope(org_id)
    with app.tx(scope) as tx:
        channel = queries.channel(tx, channel_id)
    if channel is None or not channel.is_connected:
        return
    try:
        _renew_where_due(app, scope, channel)
        health = _probe(app, scope, channel)
    except CredentialsExpired as error:
        with app.tx(scope) as tx:
            report_failure(tx, channel_id, error)
        return
    except ProviderError as error:
        with app.tx(scope) as tx:
            report_failure(tx, channel_id, error)
        raise
    known = sign_in(channel.platform).spec.scopes
    kept = tuple(right for right in channel.missing_scopes if right not in known)  # told at sign-in only
    with app.tx(scope) as tx:
        scopes = channel.scopes if health.scopes is None else health.scopes
        queries.set_health(tx, channel_id, health, scopes, health.missing + kept)


def _probe(app: App, scope: Scope, channel: Channel) -> Health:
    token = open_token(app, scope, channel.id)
    host = host_of(app.settings, channel.platform, is_practice=channel.is_practice)
    adapter = sign_in(channel.platform)
    health = adapter.probe(host, token, channel.scopes, http=app.http, now=app.clock.now())
    if health.remote_id != channel.remote_id:
        raise CredentialsExpired("The platform says that this token belongs to another account.")
    return health


def _renew_where_due(app: App, scope: Scope, channel: Channel) -> None:
    """One renewal at a time: a lease is held across the call, not a transaction."""
    now, adapter = app.clock.now(), sign_in(channel.platform)
    if channel.token_expires_at is None or channel.token_expires_at - now >= adapter.spec.renew_within:
        return
    with app.admin_tx() as tx:
        held = vault.lease_token(
            tx, channel.id, channel.org_id, until=now + _LEASE, given_before=now - adapter.spec.renew_after
        )
    if held is None:
        return
    old = held.access_token
    try:
        token = as_token(channel, SecretStr(app.sealer.open(old, vault.bound_to(channel.id))))
        host = host_of(app.settings, channel.platform, is_practice=channel.is_practice)
        renewed = adapter.renew(host, token, http=app.http, now=now)
    except ProviderError:
        with app.admin_tx() as tx:
            vault.release_lease(tx, channel.id, old)
        raise
    if renewed is not None:
        _keep(app, scope, channel, old, renewed)


def _keep(app: App, scope: Scope, channel: Channel, old: str, renewed: Renewed) -> None:
    sealed = app.sealer.seal(renewed.secret.get_secret_value(), vault.bound_to(channel.id))
    with app.admin_tx() as tx:
        if vault.replace_token(tx, channel.id, old, sealed, app.sealer.current):
            tx.act_as(scope)
            queries.set_token_expiry(tx, channel.id, renewed.expires_at)
            identity.audit(tx, "renewed", "channel", channel.id)
