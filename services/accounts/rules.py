"""Decisions about connections: values in, values out."""

from datetime import datetime, timedelta

from services.accounts.models import Channel, ChannelState
from services.kit.errors import CredentialsExpired
from services.kit.graph import fault_of

SOON = timedelta(days=7)

_ENDED = {190, 102}
# Graph error reference, subcodes of 190
_WHY = {
    458: "the app was removed in the account's settings",
    459: "the platform wants the account confirmed by its owner",
    460: "the password was changed",
    463: "its time ran out",
    464: "the platform wants the account confirmed by its owner",
    467: "it was replaced or withdrawn",
    492: "the person who connected it lost their role",
    493: "it was not used for 90 days",
}


def ends_connection(error: CredentialsExpired) -> bool:
    """Only the platform's explicit refusal of the token does; a permission that is missing does not."""
    fault = fault_of(error)
    return fault is None or fault.code in _ENDED


def why_ended(error: CredentialsExpired) -> str:
    """For people: "The platform ended the connection: the password was changed."."""
    fault = fault_of(error)
    if fault is None:
        return error.sentence
    why = _WHY.get(fault.subcode or 0, f"it no longer accepts the token ({fault.named})")
    return f"The platform ended the connection: {why}."


def has_ended(channel: Channel, now: datetime) -> bool:
    """Is the token's date past?"""
    return channel.token_expires_at is not None and channel.token_expires_at <= now


def usable(channel: Channel, now: datetime) -> bool:
    """May something be published or read with it now?"""
    return channel.state is ChannelState.CONNECTED and not has_ended(channel, now)


def ends_soon(channel: Channel, now: datetime) -> bool:
    """Ends within a week: the daily renewal has failed for three weeks, or the platform does not renew."""
    return channel.token_expires_at is not None and channel.token_expires_at - now <= SOON
