"""Connected platform accounts: sign-in, sealed tokens, health."""

from services.accounts.by_token import connect_by_token
from services.accounts.choose import choose, drop_choice, waiting_choice
from services.accounts.connect import begin, disconnect, finish
from services.accounts.errors import ChannelNotFound, code_of, sentence_for
from services.accounts.health import check_channel, due_checks, request_check
from services.accounts.hosts import PlatformHost, host_of
from services.accounts.models import (
    Channel,
    ChannelState,
    Choice,
    ChoiceLine,
    Finished,
    Review,
    ReviewState,
    Token,
)
from services.accounts.public import account_address
from services.accounts.renewal import due_renewals, renew_channel, renew_due
from services.accounts.reports import mark_needs_reconnect, may_renew, report_failure, report_success
from services.accounts.resealing import reseal_tokens
from services.accounts.reviews import NEEDS, ReviewNeed, held_back, note_review, reviews
from services.accounts.rules import ends_connection, ends_soon, has_ended, needs_person_at, usable
from services.accounts.service import Connectable, channel, channels, connectable
from services.accounts.tokens import fresh_token, open_token
from services.accounts.versions import ending_versions
from services.accounts.x_prices import X_PRICES

__all__ = [
    "NEEDS",
    "X_PRICES",
    "Channel",
    "ChannelNotFound",
    "ChannelState",
    "Choice",
    "ChoiceLine",
    "Connectable",
    "Finished",
    "PlatformHost",
    "Review",
    "ReviewNeed",
    "ReviewState",
    "Token",
    "account_address",
    "begin",
    "channel",
    "channels",
    "check_channel",
    "choose",
    "code_of",
    "connect_by_token",
    "connectable",
    "disconnect",
    "drop_choice",
    "due_checks",
    "due_renewals",
    "ending_versions",
    "ends_connection",
    "ends_soon",
    "finish",
    "fresh_token",
    "has_ended",
    "held_back",
    "host_of",
    "mark_needs_reconnect",
    "may_renew",
    "needs_person_at",
    "note_review",
    "open_token",
    "renew_channel",
    "renew_due",
    "report_failure",
    "report_success",
    "request_check",
    "reseal_tokens",
    "reviews",
    "sentence_for",
    "usable",
    "waiting_choice",
]
