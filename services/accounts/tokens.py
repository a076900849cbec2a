"""The one way to an opened token."""

from uuid import UUID

from pydantic import SecretStr

from services.accounts import queries, vault
from services.accounts.errors import ChannelNotFound
from services.accounts.models import Channel, Token
from services.accounts.rules import has_ended
from services.kit.app import App
from services.kit.db import Scope
from services.kit.errors import CredentialsExpired


def open_token(app: App, scope: Scope, channel_id: UUID) -> Token:
    """
    Open the token of a channel that this scope sees.

    :raises ChannelNotFound: not in this organisation
    :raises CredentialsExpired: disconnected, waiting for a reconnect, or ended by date
    """
    with app.admin_tx() as tx:
        sealed = vault.sealed_token(tx, channel_id)
        tx.act_as(scope)
        channel = queries.channel(tx, channel_id)
    if channel is None:
        raise ChannelNotFound()
    if has_ended(channel, app.clock.now()):
        raise CredentialsExpired(f"The token of {channel.name} has ended.")
    if sealed is None or sealed.org_id != channel.org_id or not channel.is_connected:
        raise CredentialsExpired(f"{channel.name} must be connected again.")
    return as_token(channel, SecretStr(app.sealer.open(sealed.access_token, vault.bound_to(channel_id))))


def as_token(channel: Channel, secret: SecretStr) -> Token:
    return Token(
        channel_id=channel.id,
        platform=channel.platform,
        is_practice=channel.is_practice,
        remote_id=channel.remote_id,
        handle=channel.handle,
        secret=secret,
    )
