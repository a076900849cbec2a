"""What an account offers right now for a setting that reads a live list: the boards of a Pinterest account."""

from uuid import UUID

from services import accounts, identity
from services.kit.app import App
from services.kit.db import Scope
from services.publishing.registry import list_of
from services.publishing.steps.order import door_of


def offered(app: App, scope: Scope, channel_id: UUID, reads: str) -> tuple[tuple[str, str], ...]:
    """
    (value, label) of each, in the platform's order; empty where the platform has no such list.

    :param reads: `Setting.reads` of the setting that is to be chosen
    :raises NotAllowed: only who may make drafts
    :raises ChannelNotFound: not in this organisation
    :raises ProviderError: the account could not be read just now
    """
    with app.tx(scope) as tx:
        identity.demand(tx, identity.Act.MAKE)
        channel = accounts.channel(tx, channel_id)
    read = list_of(channel.platform, reads)
    return () if read is None else read(door_of(app, scope, channel_id))
