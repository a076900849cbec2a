"""How a channel is: the daily check with its renewal, and the warning before a connection ends."""

from uuid import UUID

from services import identity, notifications
from services.accounts import queries
from services.accounts.errors import ChannelNotFound
from services.accounts.hosts import host_of
from services.accounts.models import Channel, Health
from services.accounts.registry import sign_in
from services.accounts.renewal import renew
from services.accounts.reports import lost, note
from services.accounts.rules import days_told, ends_connection, needs_person_at
from services.accounts.store import CHECK_EVERY
from services.accounts.tokens import open_token
from services.events import ChannelCheckDue
from services.identity import Act
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, ProviderError
from services.kit.text import counted


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
        health = _examine(app, scope, channel)
    except ProviderError as error:
        is_over = isinstance(error, CredentialsExpired)
        with app.tx(scope) as tx:
            note(tx, channel_id, error)
            if isinstance(error, CredentialsExpired) and ends_connection(error):
                lost(tx, channel_id, error)
        if is_over:
            return
        raise
    known = sign_in(channel.platform).spec.scopes
    kept = tuple(right for right in channel.missing_scopes if right not in known)  # told at sign-in only
    with app.tx(scope) as tx:
        scopes = channel.scopes if health.scopes is None else health.scopes
        queries.set_health(tx, channel_id, health, scopes, health.missing + kept)
        _warn(tx, channel_id)


def _examine(app: App, scope: Scope, channel: Channel) -> Health:
    """A token refused before its date gets a second chance where a refresh token is kept."""
    renew(app, scope, channel.id)
    try:
        return _probe(app, scope, channel)
    except CredentialsExpired as error:
        if not channel.renews or not ends_connection(error):
            raise
    renew(app, scope, channel.id, whatever_its_date=True)
    return _probe(app, scope, channel)


def _probe(app: App, scope: Scope, channel: Channel) -> Health:
    token = open_token(app, scope, channel.id)
    host = host_of(app.settings, channel.platform, is_practice=channel.is_practice)
    adapter = sign_in(channel.platform)
    health = adapter.probe(host, token, channel.scopes, http=app.http, now=app.clock.now())
    if health.remote_id != channel.remote_id:
        raise CredentialsExpired("The platform says that this token belongs to another account.")
    return health


def _warn(tx: Tx, channel_id: UUID) -> None:
    """Tell people ten days, three days and a day before a person must sign in again."""
    channel = queries.channel(tx, channel_id)
    ends_at = needs_person_at(channel) if channel else None
    if channel is None or ends_at is None:
        return
    left = days_told(ends_at - tx.now)
    if left is None:
        return
    notifications.tell(
        tx,
        kind="channel_ends",
        tone="orange",
        title=f"{channel.name} must be connected again within {counted(left, 'day')}",
        body="Sign in again before that, and nothing is interrupted.",
        link=f"/channels?channel={channel_id}",
        cause=f"channel/{channel_id}/ends",
        occurrence=f"{ends_at.date().isoformat()}/{left}",
    )
