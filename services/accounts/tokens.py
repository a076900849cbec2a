"""The ways to an opened token."""

from uuid import UUID

from services.accounts.models import Channel, Token
from services.accounts.registry import sign_in
from services.accounts.renewal import renew_due
from services.accounts.rules import has_ended, has_run_out, is_renewal_due
from services.accounts.sealing import load, opened
from services.accounts.vault import Sealed
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import CredentialsExpired


def open_token(app: App, scope: Scope, channel_id: UUID) -> Token:
    """
    Open the token of a channel that this scope sees; one that ran out is renewed first, where that is possible.

    :raises ChannelNotFound: not in this organisation
    :raises CredentialsExpired: disconnected, waiting for a reconnect, or ended by date
    :raises ProviderError: it ran out and could not be renewed just now
    """
    channel, sealed = load(app, scope, channel_id)
    if channel.is_connected and channel.renews and has_run_out(channel, app.clock.now()):
        renew_due(app, scope, channel_id)
        channel, sealed = load(app, scope, channel_id)
    return _opened(app, channel, sealed)


def fresh_token(app: App, scope: Scope, channel_id: UUID) -> Token:
    """
    As `open_token`, where one whose end is near is renewed first; most are not, and are read once.

    :raises CredentialsExpired: also where the platform refuses to renew it
    """
    channel, sealed = load(app, scope, channel_id)
    now = app.clock.now()
    if has_run_out(channel, now) or is_renewal_due(channel, sign_in(channel.platform).spec, now):
        renew_due(app, scope, channel_id)
        return open_token(app, scope, channel_id)
    return _opened(app, channel, sealed)


def _opened(app: App, channel: Channel, sealed: Sealed | None) -> Token:
    if has_ended(channel, app.clock.now()):
        raise CredentialsExpired(f"The token of {channel.name} has ended.")
    if sealed is None or not channel.is_connected:
        raise CredentialsExpired(f"{channel.name} must be connected again.")
    return opened(app.sealer, channel, sealed)
