"""What SMTP_URL and MAIL_FROM may say."""

from email.utils import parseaddr
from urllib.parse import SplitResult, urlsplit

PORTS = {"smtp": 587, "smtps": 465}


def problem(url: str, sender: str) -> str:
    """What is wrong with the settings, or nothing. Says nothing of what they are."""
    if not url:
        return ""
    try:
        server_of(url)
    except ValueError:
        return "SMTP_URL: expected smtp://user:password@host:587 or smtps://user:password@host:465"
    return "" if "@" in parseaddr(sender)[1] else "MAIL_FROM: expected an address such as Loopdesk <desk@example.com>"


def server_of(url: str) -> SplitResult:
    """:raises ValueError: not of that shape"""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.port == 0:
        raise ValueError("not a mail server")
    return parts
