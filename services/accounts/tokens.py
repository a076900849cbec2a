"""The one way to an opened token."""

from uuid import UUID

from services.accounts.models import Token
from services.accounts.renewal import renew_due
from services.accounts.rules import has_ended, has_run_out
from services.accounts.sealing import load, opened
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
    if has_ended(channel, app.clock.now()):
        raise CredentialsExpired(f"The token of {channel.name} has ended.")
    if sealed is None or not channel.is_connected:
        raise CredentialsExpired(f"{channel.name} must be connected again.")
    return opened(app.sealer, channel, sealed)
