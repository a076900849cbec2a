"""Connected platform accounts: sign-in, sealed tokens, health."""

from services.accounts.choose import choose, drop_choice, waiting_choice
from services.accounts.connect import begin, disconnect, finish
from services.accounts.errors import ChannelNotFound, code_of, sentence_for
from services.accounts.health import (
    check_channel,
    due_checks,
    mark_needs_reconnect,
    report_failure,
    report_success,
    request_check,
)
from services.accounts.hosts import PlatformHost, host_of
from services.accounts.models import Channel, ChannelState, Choice, ChoiceLine, Finished, Token
from services.accounts.rules import ends_connection, ends_soon, has_ended, usable
from services.accounts.service import Connectable, channel, channels, connectable
from services.accounts.tokens import open_token

__all__ = [
    "Channel",
    "ChannelNotFound",
    "ChannelState",
    "Choice",
    "ChoiceLine",
    "Connectable",
    "Finished",
    "PlatformHost",
    "Token",
    "begin",
    "channel",
    "channels",
    "check_channel",
    "choose",
    "code_of",
    "connectable",
    "disconnect",
    "drop_choice",
    "due_checks",
    "ends_connection",
    "ends_soon",
    "finish",
    "has_ended",
    "host_of",
    "mark_needs_reconnect",
    "open_token",
    "report_failure",
    "report_success",
    "request_check",
    "sentence_for",
    "usable",
    "waiting_choice",
]
