"""Renewing tokens: by schedule and right before use, one at a time, and never because of it losing a good one."""

from datetime import timedelta
from uuid import UUID

from services import identity
from services.accounts import queries, vault
from services.accounts.adapter import AccountSpec
from services.accounts.hosts import host_of
from services.accounts.models import Channel, Renewed, TokenDates
from services.accounts.registry import sign_in
from services.accounts.reports import lost, note
from services.accounts.rules import RENEW_SOONEST, ends_connection, has_run_out, is_renewal_due, renew_at
from services.accounts.sealing import load, opened, seal
from services.events import ChannelRenewalDue
from services.kit.app import App
from services.kit.db import Scope, Tx
from services.kit.errors import CredentialsExpired, ProviderError, Unavailable

_LEASE = timedelta(minutes=2)  # two calls of at most 25 s each, with room
_TRY_AGAIN = timedelta(minutes=10)
_TOLD_FROM = timedelta(days=7)  # a renewal that brings less than this is no news in the audit trail


def renew_due(app: App, scope: Scope, channel_id: UUID) -> None:
    """
    Before using a token: renew it if its end is near. A renewal that fails is noted, and a token still good is used.

    Where a person acts the worker is asked to renew, and only for a token that has run out.

    :raises ChannelNotFound: not in this organisation
    :raises CredentialsExpired: the platform refuses to renew; the channel is paused and people are told
    :raises ProviderError: the token has run out and could not be renewed just now
    """
    if scope.user_id is not None:
        _ask_the_worker(app, scope, channel_id)
        return
    try:
        renew(app, scope, channel_id)
    except ProviderError as error:
        refused = isinstance(error, CredentialsExpired) and ends_connection(error)
        if refused or has_run_out(load(app, scope, channel_id)[0], app.clock.now()):
            raise


def renew(app: App, scope: Scope, channel_id: UUID, *, whatever_its_date: bool = False) -> None:
    """
    Renew a token whose end is near, or with `whatever_its_date` any; what goes wrong is noted on the channel.

    Nothing happens where that is not possible, where it is not due, or where somebody else is at it.

    :raises ProviderError: it was not renewed; only an explicit refusal pauses the channel
    """
    channel, sealed = load(app, scope, channel_id)
    now, adapter = app.clock.now(), sign_in(channel.platform)
    if sealed is None or not channel.is_connected:
        return
    if not whatever_its_date and not is_renewal_due(channel, adapter.spec, now):
        return
    is_dead = whatever_its_date or has_run_out(channel, now)
    given_before = now if is_dead else now - max(adapter.spec.renew_after, RENEW_SOONEST)
    with app.admin_tx() as tx:
        held = vault.lease_token(
            tx, channel.id, channel.org_id, until=now + _LEASE, given_before=given_before, seen=sealed.access_token
        )
    if held is None:
        _leave_to_others(app, scope, channel_id)
        return
    try:
        _renew(app, channel, held)
    except ProviderError as error:
        _failed(app, channel, held, error)
        raise


def renew_channel(app: App, org_id: UUID, channel_id: UUID) -> None:
    """The scheduled renewal. Safe to run twice. :raises ProviderError: not renewed, and another try may help"""
    try:
        renew(app, Scope(org_id), channel_id)
    except CredentialsExpired as error:
        if not ends_connection(error):
            raise


def due_renewals(tx: Tx, limit: int = 200) -> int:
    """For the clockwork: queue the renewal of every token whose time has come; returns how many."""
    due = queries.claim_due_renewals(tx, tx.now + _TRY_AGAIN, limit)
    for org_id, channel_id in due:
        tx.act_as(Scope(org_id))
        tx.emit(ChannelRenewalDue(channel_id))
    return len(due)


def _ask_the_worker(app: App, scope: Scope, channel_id: UUID) -> None:
    """People may not write what a renewal brings. :raises Unavailable: the token has run out"""
    channel, _ = load(app, scope, channel_id)
    if not channel.is_connected or not channel.renews or not has_run_out(channel, app.clock.now()):
        return
    with app.tx(scope) as tx:
        tx.emit(ChannelRenewalDue(channel_id))
    raise Unavailable(f"The token of {channel.name} has run out and is being renewed. Try again in a moment.")


def _leave_to_others(app: App, scope: Scope, channel_id: UUID) -> None:
    """:raises Unavailable: the token has run out and the new one is not here yet"""
    channel, _ = load(app, scope, channel_id)
    if channel.renews and has_run_out(channel, app.clock.now()):
        raise Unavailable(f"The token of {channel.name} is being renewed right now.")


def _renew(app: App, channel: Channel, held: vault.Sealed) -> None:
    host = host_of(app.settings, channel.platform, is_practice=channel.is_practice)
    adapter, now = sign_in(channel.platform), app.clock.now()
    token = opened(app.sealer, channel, held, refresh=True)
    renewed = adapter.renew(host, token, http=app.http, now=now)
    with app.admin_tx() as tx:
        if renewed is None:
            vault.release_lease(tx, channel.id, held.access_token)
            tx.act_as(Scope(channel.org_id))
            queries.stop_renewing(tx, channel.id)
            return
        if vault.replace_token(tx, channel.id, held.access_token, seal(app.sealer, channel.id, renewed)):
            tx.act_as(Scope(channel.org_id))
            _record(tx, channel, renewed, adapter.spec)


def _record(tx: Tx, channel: Channel, renewed: Renewed, spec: AccountSpec) -> None:
    dates = TokenDates(
        renewed.expires_at,
        renew_at(renewed.expires_at, spec, tx.now),
        renews=channel.renews or renewed.refresh is not None,
        sign_in_ends_at=renewed.refresh_expires_at or channel.sign_in_ends_at,
    )
    queries.set_token_dates(tx, channel.id, dates)
    if renewed.expires_at is None or renewed.expires_at - tx.now >= _TOLD_FROM:
        identity.audit(tx, "renewed", "channel", channel.id)


def _failed(app: App, channel: Channel, held: vault.Sealed, error: ProviderError) -> None:
    with app.admin_tx() as tx:
        vault.release_lease(tx, channel.id, held.access_token)
        tx.act_as(Scope(channel.org_id))
        note(tx, channel.id, error)
        if isinstance(error, CredentialsExpired) and ends_connection(error):
            lost(tx, channel.id, error)
