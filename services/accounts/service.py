"""Reading channels, and what can be connected here."""

from dataclasses import dataclass
from uuid import UUID

from services import identity
from services.accounts import queries
from services.accounts.adapter import TakesToken
from services.accounts.errors import ChannelNotFound
from services.accounts.hosts import hosts
from services.accounts.models import Channel
from services.accounts.registry import ADAPTERS, sign_in
from services.identity import Act
from services.kit.config import Settings
from services.kit.db import Tx


@dataclass(frozen=True)
class Connectable:
    """
    A platform that can be connected here; `account` is what people call one account of it.

    `by_token`: a business can also make a token there and paste it (`connect_by_token`).
    """

    platform: str
    is_practice: bool
    name: str
    account: str
    by_token: bool = False


def channels(tx: Tx, brand_id: UUID | None = None) -> list[Channel]:
    """The organisation's channels, or one brand's: the real ones first. Disconnected ones are among them."""
    identity.demand(tx, Act.LOOK)
    return queries.channels(tx, brand_id)


def channel(tx: Tx, channel_id: UUID) -> Channel:
    """:raises ChannelNotFound: not in this organisation"""
    found = queries.channel(tx, channel_id)
    if found is None:
        raise ChannelNotFound()
    return found


def connectable(settings: Settings) -> list[Connectable]:
    """What can be connected here, real platforms first."""
    found = []
    for platform, is_practice in sorted(hosts(settings), key=lambda key: (key[1], key[0])):
        if platform not in ADAPTERS:
            continue
        adapter = sign_in(platform)
        spec = adapter.spec
        name = f"Practice {spec.name}" if is_practice else spec.name
        found.append(Connectable(platform, is_practice, name, spec.account, isinstance(adapter, TakesToken)))
    return found
