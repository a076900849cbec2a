"""A mail server on another machine: TLS first, by STARTTLS or from the first byte, with a certificate that holds."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from services.kit.errors import Unavailable
from services.kit.mail import Smtp
from tests.stand_ins.mail_server import USER, mail_server

HOST = "mail.example"
SENDER = "desk@acme.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of mail.example in one file, signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path_factory.mktemp("tls") / "mail.pem"
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """mail.example is this machine, which the door does not know."""
    found = socket.getaddrinfo

    def look_up(host: str, *terms: object, **named: object) -> object:
        return found("127.0.0.1" if host == HOST else host, *terms, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _send(url: str, scheme: str) -> str:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = SENDER, "ana@example.com", "Hello"
    letter.set_content("Five scoops")
    address = url.replace("127.0.0.1", f"{USER}:p%40ss%2Fword@{HOST}").replace("smtp", scheme, 1)
    return Smtp(SecretStr(address), SENDER, 5.0).send(letter, "ana@example.com")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_the_letter_and_the_password_travel_sealed(
    certificate: Path, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(needs_password=True, tls=_context(certificate), from_first_byte=scheme == "smtps") as server:
        assert _send(server.url, scheme).startswith("250")
    assert len(server.letters) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_server_whose_certificate_nobody_vouches_for_is_told_nothing(certificate: Path, scheme: str) -> None:
    with mail_server(needs_password=True, tls=_context(certificate), from_first_byte=scheme == "smtps") as server:
        with pytest.raises(Unavailable, match="SSLCertVerificationError"):
            _send(server.url, scheme)
    assert server.letters == []
