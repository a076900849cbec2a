"""A message of hostile words, and the ways out as the adapters get them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from services.kit.mail import Mail
from services.notifications import Category, Severity
from services.notifications.carrier import Door, Line, Message
from tests.stand_ins.receiver import Receiver

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTILE = "<!channel> & <https://evil.example|free>\r\nBcc: everybody@example.com <@U123>"
LINE = Line(
    category=Category.PUBLISHING, severity=Severity.URGENT, title="“Cone” was refused", body="Too many tags",
    address="https://desk.example/calendar?post=1", count=1, told_at=NOW,
)  # fmt: skip
MESSAGE = Message(
    id=UUID(int=7), org_id=UUID(int=8), organisation="Acme", subject=LINE.title, lines=(LINE,), left_out=0,
    inbox="https://desk.example/notifications",
)  # fmt: skip
HOSTILE_MESSAGE = replace(MESSAGE, subject=HOSTILE, lines=(replace(LINE, title=HOSTILE, body=HOSTILE, count=3),))


def door(receiver: Receiver | None = None, mail: Mail | None = None, address: str = "93.184.215.14") -> Door:
    client = (receiver or Receiver()).reaching()
    return Door(http=client, look_up=lambda host: [address], mail=mail, now=NOW)
