"""The door to a mail server: one message at a time over SMTP, our errors for what goes wrong."""

import smtplib
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Protocol
from urllib.parse import unquote

from pydantic import SecretStr

from services.kit.calls import called
from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, Rejected, Unavailable
from services.kit.mail_settings import PORTS, server_of
from services.kit.text import clip

_AWAY_SECONDS = 30.0  # how long a server that did not answer is not asked again: each asking holds a thread
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


class Mail(Protocol):
    """`sender` is what stands in From."""

    @property
    def sender(self) -> str: ...

    def send(self, letter: EmailMessage, to: str) -> str:
        """Hand one letter over; returns what the server said. :raises ProviderError: one of our five"""
        ...


class Smtp:
    """
    `smtp://user:password@host:587` or `smtps://…:465`; user and password may be missing.

    Nothing is sent in the clear to another machine: `smtp` turns to TLS before it says who it is. A server that could
    not be reached is left alone for half a minute.
    """

    def __init__(self, url: SecretStr, sender: str, timeout_seconds: float = 20.0) -> None:
        self._parts = server_of(url.get_secret_value())
        self._sender, self._timeout = sender, min(timeout_seconds, 10.0)
        self._away_until = 0.0

    @property
    def sender(self) -> str:
        return self._sender

    def send(self, letter: EmailMessage, to: str) -> str:
        """
        :raises Unavailable: the server could not be reached, or asks to come back later; nothing was sent
        :raises CredentialsExpired: it refuses user or password
        :raises Rejected: it refuses sender, recipient or letter
        :raises OutcomeUnknown: the letter was handed over and no answer came
        """
        if time.monotonic() < self._away_until:
            raise Unavailable("The mail server did not answer a moment ago.")
        with called("SMTP", f"smtp://{self._parts.hostname}") as call:
            try:
                said = self._send(letter, to)
            except ProviderError as error:
                call.outcome = _outcome(error)
                raise
            call.outcome = "ok"
            return said

    def _send(self, letter: EmailMessage, to: str) -> str:
        with self._open() as server:
            with _read("the sender"):
                _agreed(server.mail(parseaddr(self._sender)[1]))
                _agreed(server.rcpt(to))
            try:
                code, words = server.data(letter.as_bytes(policy=letter.policy.clone(linesep="\r\n")))
            except smtplib.SMTPDataError as error:
                raise _refusal(error.smtp_code, error.smtp_error) from error
            except (smtplib.SMTPException, OSError) as error:
                raise OutcomeUnknown(f"The mail server gave no clear answer: {type(error).__name__}") from error
            _agreed((code, words))
            return _told(code, words)

    @contextmanager
    def _open(self) -> Iterator[smtplib.SMTP]:
        try:
            with _read("the connection"):
                server = self._connect()
        except Unavailable:
            self._away_until = time.monotonic() + _AWAY_SECONDS
            raise
        try:
            yield server
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        host, port = self._parts.hostname or "", self._parts.port or PORTS[self._parts.scheme]
        context = ssl.create_default_context()
        if self._parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=self._timeout)
            if host not in _OWN_MACHINE:
                server.starttls(context=context)
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        else:
            server.ehlo_or_helo_if_needed()
        return server


def open_mail(url: SecretStr, sender: str, timeout_seconds: float = 20.0) -> Mail | None:
    """The door, or None where no server is set."""
    return Smtp(url, sender, timeout_seconds) if url.get_secret_value() else None


def mask(address: str) -> str:
    """ "a…@example.com": enough to know which mailbox, for logs."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}" if name else "…"


@contextmanager
def _read(what: str) -> Iterator[None]:
    """Everything before the letter itself: whatever fails, nothing was sent."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise CredentialsExpired("The mail server refuses user or password.") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable(f"The mail server could not be reached ({what}): {type(error).__name__}") from error


def _agreed(answer: tuple[int, bytes]) -> None:
    """:raises ProviderError: the server does not agree"""
    if not 200 <= answer[0] < 300:
        raise _refusal(*answer)


def _refusal(code: int, words: bytes | str) -> ProviderError:
    """4xx: come back later. 5xx: never."""
    return Unavailable(_told(code, words)) if code < 500 else Rejected(_told(code, words))


def _outcome(error: ProviderError) -> str:
    """In the words of `calls.Call`."""
    if isinstance(error, OutcomeUnknown):
        return "unclear"
    if not isinstance(error, Unavailable):
        return "refused"
    has_answered = error.__cause__ is None or isinstance(error.__cause__, smtplib.SMTPResponseException)
    return "limited" if has_answered else "unreachable"


def _told(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return clip(f"{code} {' '.join(text.split())}", 200)
