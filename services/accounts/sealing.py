"""Tokens in and out of their seals. What is opened here lives as long as one act."""

from uuid import UUID

from pydantic import SecretStr

from services.accounts import queries, vault
from services.accounts.errors import ChannelNotFound
from services.accounts.models import Channel, Offer, Renewed, Token
from services.kit.app import App
from services.kit.crypto import Sealer
from services.kit.db import Scope


def load(app: App, scope: Scope, channel_id: UUID) -> tuple[Channel, vault.Sealed | None]:
    """A channel that this scope sees and its sealed token. :raises ChannelNotFound: not in this organisation"""
    with app.admin_tx() as tx:
        sealed = vault.sealed_token(tx, channel_id)
        tx.act_as(scope)
        channel = queries.channel(tx, channel_id)
    if channel is None:
        raise ChannelNotFound()
    return channel, sealed if sealed and sealed.org_id == channel.org_id else None


def seal(sealer: Sealer, channel_id: UUID, given: Offer | Renewed) -> vault.Pair:
    """What the platform gave, sealed for this channel."""
    access = sealer.seal(given.secret.get_secret_value(), vault.bound_to(channel_id))
    if given.refresh is None:
        return vault.Pair(sealer.current, access, None)
    refresh = sealer.seal(given.refresh.get_secret_value(), vault.bound_to(channel_id, vault.REFRESH))
    return vault.Pair(sealer.current, access, refresh)


def opened(sealer: Sealer, channel: Channel, sealed: vault.Sealed, *, refresh: bool = False) -> Token:
    """The token to use; with `refresh` also the one that renews it, for renewing and revoking only."""
    kept = sealed.refresh_token if refresh else None
    return Token(
        channel_id=channel.id,
        platform=channel.platform,
        is_practice=channel.is_practice,
        remote_id=channel.remote_id,
        handle=channel.handle,
        secret=SecretStr(sealer.open(sealed.access_token, vault.bound_to(channel.id))),
        refresh=SecretStr(sealer.open(kept, vault.bound_to(channel.id, vault.REFRESH))) if kept else None,
    )
