"""What a person should hear before a time is promised, and what preflights say again: warnings, never refusals."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services import accounts, schedule
from services.approvals import SealedContent
from services.kit.db import Tx
from services.publishing.clashes import in_the_way


def cautions(
    tx: Tx, channels: Sequence[accounts.Channel], contents: Mapping[UUID, SealedContent], due_at: datetime, zone: str
) -> list[str]:
    """
    One sentence or two for each of these channels that something should be said about, in their order.

    :param contents: what would go out, by channel
    :param zone: in which the sentences tell times
    """
    clashing = in_the_way(tx, {one.id: contents[one.id].text for one in channels if one.id in contents}, due_at)
    found = []
    for channel in channels:
        told = [clashing.get(channel.id, ""), sign_in_problem(channel, due_at, zone)]
        words = " ".join(one for one in told if one)
        if words:
            found.append(f"{channel.name}: {words}" if len(channels) > 1 else words)
    return found


def sign_in_problem(channel: accounts.Channel, due_at: datetime, zone: str) -> str:
    """Why a person must sign in before a post's time; empty where it lasts until then, or no end is told."""
    ends_at = accounts.needs_person_at(channel)
    if not channel.is_connected or ends_at is None or ends_at > due_at:
        return ""
    at = schedule.wall_clock(ends_at, zone).strftime("%a %d %b %Y, %H:%M")
    return f"The sign-in of {channel.name} ends on {at}, before this post's time. Connect it again before that."
