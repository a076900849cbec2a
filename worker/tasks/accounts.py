"""Jobs about connected accounts."""

from uuid import UUID

from services import accounts
from services.kit.app import App


def check_channel(app: App, org_id: UUID, channel_id: UUID) -> None:
    accounts.check_channel(app, org_id, channel_id)


def renew_channel(app: App, org_id: UUID, channel_id: UUID) -> None:
    accounts.renew_channel(app, org_id, channel_id)
