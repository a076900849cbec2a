"""Requests that wait, and approvals given."""

from uuid import UUID

from services import approvals
from services.kit.db import Scope
from tests.makers.accounts import make_channel
from tests.makers.cast import Cast
from tests.makers.creative import make_version
from tests.makers.world import World


def make_request(world: World, cast: Cast, scope: Scope | None = None, **changes: str) -> UUID:
    """Ana (unless told) asks for a decision on a new version; returns the request's id."""
    by = scope or cast.ana
    kept = make_version(world, cast, by, **changes)
    with world.web.tx(by) as tx:
        return approvals.ask(tx, kept.id, note="Same as last week, new flavours.")


def make_approval(world: World, cast: Cast, platform: str = "instagram", **changes: str) -> approvals.Approval:
    """Ana asks, Ben approves for a new practice channel."""
    request_id = make_request(world, cast, **changes)
    channel_id = make_channel(world, cast, platform, remote_id=world.web.ids.new().hex)
    with world.web.tx(cast.ben) as tx:
        (given,) = approvals.approve(tx, request_id, [channel_id])
    return given
