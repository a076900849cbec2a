"""Letters through a real mail server: words from outside reach no header, and both bodies say the same."""

import pytest
from pydantic import SecretStr

from services.kit.errors import Rejected
from services.kit.mail import Smtp
from services.notifications.carrier import Target
from services.notifications.channels.email import Email
from tests.services.notifications.channels.letters import HOSTILE_MESSAGE, MESSAGE, door
from tests.stand_ins.mail_server import mail_server

SENDER = "Loopdesk <desk@acme.example>"
ANA = Target("ana@example.com")


def test_a_letter_says_what_happened_and_where_to_see_it() -> None:
    with mail_server() as server:
        Email().send(MESSAGE, ANA, door(mail=Smtp(SecretStr(server.url), SENDER)))
    [(to, letter)] = server.letters
    assert to == ["ana@example.com"] and letter["From"] == SENDER and letter["Subject"] == "“Cone” was refused"
    assert letter["Message-ID"] == f"<{MESSAGE.id}@acme.example>" and letter["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        assert "Too many tags" in body.get_content() and "https://desk.example/calendar?post=1" in body.get_content()


def test_words_from_outside_add_no_header_no_recipient_and_no_markup() -> None:
    with mail_server() as server:
        Email().send(HOSTILE_MESSAGE, ANA, door(mail=Smtp(SecretStr(server.url), SENDER)))
    [(to, letter)] = server.letters
    assert to == ["ana@example.com"] and letter["Bcc"] is None
    assert "\n" not in letter["Subject"] and letter["Subject"].strip().startswith("<!channel> & ")
    html = letter.get_body(("html",))
    assert html is not None
    assert "&lt;!channel&gt;" in html.get_content() and "<!channel>" not in html.get_content()


def test_without_a_mail_server_it_says_so() -> None:
    with pytest.raises(Rejected, match="No mail server"):
        Email().send(MESSAGE, ANA, door())


@pytest.mark.parametrize(
    "address", ["jürgen@example.com", "a b@example.com", "a@b@c", "ana", "ana@example.com\nBcc: x@y.z"]
)
def test_an_address_that_mail_cannot_carry_is_refused_and_not_a_fault(address: str) -> None:
    with mail_server() as server, pytest.raises(Rejected):
        Email().send(MESSAGE, Target(address), door(mail=Smtp(SecretStr(server.url), SENDER)))
    assert server.letters == []
