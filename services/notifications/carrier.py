"""What every way out of the inbox must do, and what it is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.kit.http import Client
from services.kit.mail import Mail
from services.kit.outside import Resolve
from services.notifications.models import Category, Severity

ITEMS_MOST = 20  # what a digest names; the inbox has the rest


@dataclass(frozen=True)
class Line:
    """One matter; `address` is its full address at our web. Title and body may hold words from outside."""

    category: Category
    severity: Severity
    title: str
    body: str
    address: str
    count: int
    told_at: datetime


@dataclass(frozen=True)
class Message:
    """
    What is sent: `id` names it to receivers that forget repetitions.

    :param lines: at most `ITEMS_MOST`, urgent first; `left_out` more are in the inbox
    :param inbox: the address of the person's or organisation's inbox
    """

    id: UUID
    org_id: UUID
    organisation: str
    subject: str
    lines: tuple[Line, ...]
    left_out: int
    inbox: str
    is_test: bool = False


@dataclass(frozen=True)
class Target:
    """Where to: an e-mail address, or an https address with what its messages are signed with."""

    address: str
    signing_key: str = ""


@dataclass(frozen=True)
class Door:
    """The ways out. `mail` is None where no mail server is set up."""

    http: Client
    look_up: Resolve
    mail: Mail | None
    now: datetime


class Carrier(Protocol):
    """
    One way out. `is_repeatable`: the receiver forgets a message of the same id, so that in doubt it is sent again.
    """

    is_repeatable: bool

    def send(self, message: Message, target: Target, door: Door) -> str:
        """
        Send once; returns what the other side answered, in a few words.

        :raises ProviderError: one of our five. :raises NotOutside: the address leads into our own network
        """
        ...
