"""Decisions about connections: values in, values out."""

from datetime import datetime, timedelta
from http import HTTPStatus

from services.accounts.adapter import AccountSpec
from services.accounts.models import Channel, ChannelState
from services.kit.errors import CredentialsExpired, PermissionMissing
from services.kit.graph import fault_of
from services.kit.rest import said_of

SOON = timedelta(days=10)
_TOLD_AT_DAYS = (1, 3, 10)
RENEW_SOONEST = timedelta(minutes=5)  # so that a token of minutes is not renewed at every use

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
    if isinstance(error, PermissionMissing):
        return False
    fault, said = fault_of(error), said_of(error)
    if fault is not None:
        return fault.code in _ENDED
    return said is None or said.status != HTTPStatus.FORBIDDEN


def why_ended(error: CredentialsExpired) -> str:
    """For people: "The platform ended the connection: the password was changed."."""
    fault = fault_of(error)
    if fault is None:
        return error.sentence
    why = _WHY.get(fault.subcode or 0, f"it no longer accepts the token ({fault.named})")
    return f"The platform ended the connection: {why}."


def has_run_out(channel: Channel, now: datetime) -> bool:
    """Is the token's date past? It may still be renewed."""
    return channel.token_expires_at is not None and channel.token_expires_at <= now


def has_ended(channel: Channel, now: datetime) -> bool:
    """Is the token's date past, and nothing but a person can help?"""
    can_renew = channel.renews and (channel.sign_in_ends_at is None or channel.sign_in_ends_at > now)
    return has_run_out(channel, now) and not can_renew


def usable(channel: Channel, now: datetime) -> bool:
    """May something be published or read with it now?"""
    return channel.state is ChannelState.CONNECTED and not has_ended(channel, now)


def needs_person_at(channel: Channel) -> datetime | None:
    """When a person must have signed in again, as far as it is known; None where no date is told."""
    return channel.sign_in_ends_at if channel.renews else channel.token_expires_at


def ends_soon(channel: Channel, now: datetime) -> bool:
    """A person is needed within ten days: the daily renewal has failed for long, or the platform does not renew."""
    ends_at = needs_person_at(channel)
    return ends_at is not None and ends_at - now <= SOON


def days_told(left: timedelta) -> int | None:
    """The warning for this much time left, in days; None while there is nothing to tell."""
    return next((days for days in _TOLD_AT_DAYS if left <= timedelta(days=days)), None)


def renew_at(expires_at: datetime | None, spec: AccountSpec, now: datetime) -> datetime | None:
    """When a token given now is to be renewed; None where it has no date."""
    if expires_at is None:
        return None
    return max(expires_at - spec.renew_within, now + spec.renew_after, now + RENEW_SOONEST)


def is_renewal_due(channel: Channel, spec: AccountSpec, now: datetime) -> bool:
    """Is its end near? One that ran out can be renewed by a refresh token only, never by itself."""
    if channel.token_expires_at is None or (has_run_out(channel, now) and not channel.renews):
        return False
    return channel.token_expires_at - now <= spec.renew_within
