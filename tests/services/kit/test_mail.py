"""The door to a mail server, against a real one: what is sent, and which of our errors each refusal becomes."""

import socket
from email.message import EmailMessage

import pytest
from pydantic import SecretStr

from services.kit.config import Settings, misconfigured
from services.kit.errors import CredentialsExpired, OutcomeUnknown, ProviderError, Rejected, Unavailable
from services.kit.mail import Smtp, mask, open_mail
from services.kit.mail_settings import problem
from tests.stand_ins.mail_server import USER, mail_server

SENDER = "Loopdesk <desk@acme.example>"
ANA = "ana@example.com"


def _letter() -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = SENDER, ANA, "Grüße"
    letter.set_content("Fünf Kugeln\n.\nvor Mittag")
    return letter


def _door(url: str) -> Smtp:
    return Smtp(SecretStr(url), SENDER, 5.0)


def test_a_letter_arrives_as_it_was_written_and_the_servers_word_comes_back() -> None:
    with mail_server() as server:
        assert _door(server.url).send(_letter(), ANA) == "250 2.0.0 queued as 7QK2"
    [(to, letter)] = server.letters
    assert to == [ANA] and letter["Subject"] == "Grüße"
    assert letter.get_content().split() == ["Fünf", "Kugeln", ".", "vor", "Mittag"]


def test_user_and_password_are_read_from_the_address_and_a_wrong_one_is_ours_to_put_right() -> None:
    with mail_server(needs_password=True) as server:
        right = server.url.replace("://", f"://{USER}:p%40ss%2Fword@")
        assert _door(right).send(_letter(), ANA).startswith("250")
        with pytest.raises(CredentialsExpired) as told:
            _door(right.replace("p%40ss", "p%40zz")).send(_letter(), ANA)
    assert "p@zz" not in told.value.sentence and len(server.letters) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("451 4.3.0 try again later", Unavailable),
        ("421 4.7.0 too many letters", Unavailable),
        ("554 5.7.1 looks like spam", Rejected),
        ("", OutcomeUnknown),
    ],
)
def test_what_the_server_says_to_a_letter_decides_whether_it_is_tried_again(
    answer: str, error: type[ProviderError]
) -> None:
    with mail_server() as server:
        server.answers.append(answer)
        with pytest.raises(error) as told:
            _door(server.url).send(_letter(), ANA)
    assert type(told.value) is error
    assert answer in told.value.sentence
    assert server.letters == []


def test_an_unknown_mailbox_is_refused_for_good() -> None:
    with mail_server() as server:
        server.unknown.add(ANA)
        with pytest.raises(Rejected, match="no such mailbox"):
            _door(server.url).send(_letter(), ANA)


def test_a_server_that_is_away_was_given_nothing() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    door = _door(f"smtp://127.0.0.1:{port}")
    with pytest.raises(Unavailable, match="could not be reached"):
        door.send(_letter(), ANA)
    with pytest.raises(Unavailable, match="a moment ago"):
        door.send(_letter(), ANA)


def test_nothing_is_said_in_the_clear_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """This server offers no TLS; were it elsewhere, it would be given neither password nor letter."""
    with mail_server(needs_password=True) as server:
        found = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo",
            lambda host, *terms, **named: found("127.0.0.1" if host == "mail.example" else host, *terms, **named),
        )  # fmt: skip
        elsewhere = server.url.replace("127.0.0.1", f"{USER}:p%40ss%2Fword@mail.example")
        with pytest.raises(Unavailable):
            _door(elsewhere).send(_letter(), ANA)
    assert server.letters == []


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://", "smtp://mail.example:port"])
def test_a_wrong_setting_is_told_at_start_without_its_value(url: str) -> None:
    told = misconfigured(Settings(smtp_url=SecretStr(url), mail_from=SENDER, _env_file=None))
    assert [one for one in told if one.startswith("SMTP_URL")]
    assert "mail.example" not in " ".join(told)


def test_a_mail_server_needs_a_sender_and_none_needs_nothing() -> None:
    assert problem("smtp://mail.example", "").startswith("MAIL_FROM")
    assert problem("smtp://mail.example", SENDER) == problem("", "") == ""
    assert open_mail(SecretStr(""), "") is None


def test_a_masked_address_tells_which_mailbox_and_not_whose() -> None:
    assert mask("ana.holm@acme.example") == "a…@acme.example"
    assert mask("no address") == mask("") == "…"
