"""The nouns of connected accounts. Tokens appear as `SecretStr` only, so that printing a model shows none."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator


class ChannelState(StrEnum):
    CONNECTED = "connected"
    NEEDS_RECONNECT = "needs_reconnect"  # the platform refused the token; a person must sign in again
    DISCONNECTED = "disconnected"  # a person took the account off; its token is gone


class _Noun(BaseModel):
    model_config = ConfigDict(frozen=True)


class Channel(_Noun):
    """
    A connected platform account. `token_expires_at` None is a token without a date; quotas are per 24 hours.

    `renews`: a refresh token is kept, so the end of the token itself is of no interest to people. `sign_in_ends_at` is
    when that one ends and a person must sign in again; None where no date is told.
    """

    id: UUID
    org_id: UUID
    brand_id: UUID
    platform: str
    is_practice: bool
    remote_id: str
    name: str
    handle: str
    scopes: tuple[str, ...]
    missing_scopes: tuple[str, ...]
    state: ChannelState
    state_reason: str
    token_expires_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    last_error_at: datetime | None
    quota_used: int | None
    quota_total: int | None
    quota_read_at: datetime | None
    next_check_at: datetime
    renews: bool = False
    sign_in_ends_at: datetime | None = None
    token_kind: str = ""

    @property
    def is_connected(self) -> bool:
        return self.state is ChannelState.CONNECTED


class _Secret(_Noun):
    secret: SecretStr
    expires_at: datetime | None = None
    refresh: SecretStr | None = None
    refresh_expires_at: datetime | None = None

    @field_validator("secret")
    @classmethod
    def _not_empty(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value().strip():
            raise ValueError("an empty token never replaces a stored one")
        return value

    @field_validator("refresh")
    @classmethod
    def _none_where_empty(cls, value: SecretStr | None) -> SecretStr | None:
        return value if value and value.get_secret_value().strip() else None


class Offer(_Secret):
    """
    An account that a sign-in offers, with its token. `missing` are rights that posting needs and nobody gave.

    `known_as`: by which the same account may have been kept before its platform told an id; empty for none.
    """

    remote_id: str = Field(min_length=1)
    known_as: str = ""
    name: str
    handle: str = ""
    scopes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Renewed(_Secret):
    """A token that came back from a renewal; `refresh` None: the platform sent none, the stored one stays."""


@dataclass(frozen=True)
class TokenDates:
    """When a stored token ends, is renewed, and whether by a refresh token that itself ends at `sign_in_ends_at`."""

    expires_at: datetime | None
    renew_at: datetime | None
    renews: bool
    sign_in_ends_at: datetime | None

    def row(self) -> dict[str, Any]:
        """As statement parameters."""
        return {
            "expires": self.expires_at,
            "renew": self.renew_at,
            "renews": self.renews,
            "ends": self.sign_in_ends_at,
        }


class Health(_Noun):
    """What a probe found. None, or no `kind` of token, where the platform does not tell."""

    remote_id: str
    name: str
    handle: str = ""
    scopes: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()
    quota_used: int | None = None
    quota_total: int | None = None
    kind: str = ""


class Token(_Noun):
    """
    An opened token, for one account. Lives as long as one act; is never stored, passed to a job or logged.

    `refresh` is opened for renewing and revoking only.
    """

    channel_id: UUID
    platform: str
    is_practice: bool
    remote_id: str
    handle: str
    secret: SecretStr
    refresh: SecretStr | None = None


class ReviewState(StrEnum):
    NOT_STARTED = "not_started"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class Review(_Noun):
    """How far a platform's review of our app has come, as people noted it."""

    platform: str
    state: ReviewState = ReviewState.NOT_STARTED
    applied_on: date | None = None
    note: str = ""


class Flow(_Noun):
    """A sign-in under way, or one waiting for a person to choose an account."""

    state_hash: str
    brand_id: UUID
    platform: str
    is_practice: bool
    channel_id: UUID | None
    offered: str | None


class ChoiceLine(_Noun):
    """One account a person may choose: no secret in it."""

    remote_id: str
    name: str
    handle: str
    missing: tuple[str, ...]


class Choice(_Noun):
    """A finished sign-in that offers several accounts."""

    id: str
    brand_id: UUID
    platform: str
    is_practice: bool
    lines: tuple[ChoiceLine, ...]


class Finished(_Noun):
    """What came of a sign-in: a channel, or a choice to make on the Channels screen (`channel_id` None)."""

    channel_id: UUID | None
