"""By e-mail: plain text and the same as HTML. Receivers know a repeated message by its Message-ID."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from services.kit.errors import Rejected
from services.kit.text import clip
from services.notifications.carrier import Door, Line, Message, Target

_SUBJECT_MOST = 150


class Email:
    """One message to one person."""

    is_repeatable = True

    def send(self, message: Message, target: Target, door: Door) -> str:
        """:raises Rejected: no mail server is set up, or this is no address that mail can be sent to"""
        if door.mail is None:
            raise Rejected("No mail server is set up.")
        letter = compose(message, target, door.mail.sender)
        letter["Date"] = format_datetime(door.now)
        return door.mail.send(letter, target.address)


def compose(message: Message, target: Target, sender: str) -> EmailMessage:
    """The letter without its date. Words from outside reach no header but the subject, there on one line."""
    letter = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    letter["From"] = sender
    letter["To"] = _receiver(target.address)
    letter["Subject"] = clip(" ".join(message.subject.split()), _SUBJECT_MOST)
    letter["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2].rstrip('>') or 'loopdesk'}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["List-Unsubscribe"] = f"<{message.inbox}?tab=preferences>"
    letter.set_content(_plain(message))
    letter.add_alternative(_html(message), subtype="html")
    return letter


def _receiver(address: str) -> Address:
    """:raises Rejected: mail cannot be sent there"""
    try:
        found = Address(addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Rejected("This is no address that mail can be sent to.") from error
    if not found.username or not found.domain or not address.isascii():
        raise Rejected("This is no address that mail can be sent to.")
    return found


def _plain(message: Message) -> str:
    parts = [f"{_words(line)}\n{line.body}\n{line.address}".replace("\n\n", "\n") for line in message.lines]
    return "\n\n".join([*parts, *_more(message), _foot(message)]) + "\n"


def _html(message: Message) -> str:
    rows = "".join(
        f'<p style="margin:0 0 18px"><b>{escape(_words(line))}</b><br>{escape(line.body)}<br>'
        f'<a href="{escape(line.address)}">Open</a></p>'
        for line in message.lines
    )
    more = "".join(f"<p>{escape(one)}</p>" for one in _more(message))
    foot = f'<p style="color:#667085;font-size:13px">{escape(_foot(message))}</p>'
    return f'<div style="font:15px/1.5 system-ui,sans-serif;max-width:560px">{rows}{more}{foot}</div>'


def _words(line: Line) -> str:
    return f"{line.title} ({line.count} times)" if line.count > 1 else line.title


def _more(message: Message) -> list[str]:
    return [f"And {message.left_out} more: {message.inbox}"] if message.left_out else []


def _foot(message: Message) -> str:
    return f"{message.organisation} on Loopdesk. What you get by e-mail, and when: {message.inbox}?tab=preferences"
