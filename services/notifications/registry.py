"""One row per way out of the inbox; an adapter is imported on first use."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from services.notifications.carrier import Carrier
from services.notifications.models import Via

_HERE = "services.notifications.channels"
CARRIERS: Mapping[Via, str] = {
    Via.EMAIL: f"{_HERE}.email:Email",
    Via.SLACK: f"{_HERE}.slack:Slack",
    Via.WEBHOOK: f"{_HERE}.webhook:Webhook",
}


@cache
def carrier(via: Via) -> Carrier:
    module, _, name = CARRIERS[via].partition(":")
    found: Carrier = getattr(import_module(module), name)()
    return found
