"""A real SMTP server on this machine: keeps what it is given, and refuses what a test asks it to refuse."""

import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "p@ss/word"


@dataclass
class MailServer:
    """`answers` are given to the next letters instead of taking them; "" breaks the line off after the letter came."""

    url: str = ""
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            answer = self.answers.pop(0)
            if not answer:
                server.transport.close()
            return answer or "421 gone"
        assert isinstance(envelope.content, bytes)
        letter: Any = BytesParser(policy=email.policy.default).parsebytes(envelope.content)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 2.0.0 queued as 7QK2"


def _judge(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def mail_server(
    *, needs_password: bool = False, tls: ssl.SSLContext | None = None, from_first_byte: bool = False
) -> Iterator[MailServer]:
    """
    Listens on a port of its own until the block ends.

    :param tls: is asked for by STARTTLS, or spoken `from_first_byte`
    """
    server = MailServer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        server, hostname="127.0.0.1", port=port, authenticator=_judge, auth_require_tls=False,
        auth_required=needs_password, ssl_context=tls if from_first_byte else None,
        tls_context=None if from_first_byte else tls,
    )  # fmt: skip
    controller.start()
    try:
        server.url = f"smtp://127.0.0.1:{port}"
        yield server
    finally:
        controller.stop()
