"""Messages into Slack, over real HTTP: what is said, and which answers are tried again."""

import json

import pytest

from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.outside import NotOutside
from services.notifications.carrier import Target
from services.notifications.channels.slack import Slack, payload
from tests.services.notifications.channels.letters import HOSTILE_MESSAGE, MESSAGE, NOW, door
from tests.stand_ins.receiver import Answer, receiver

TARGET = Target("https://hooks.slack.com/services/T0/B0/secret")


def test_a_message_is_one_block_per_matter_with_a_link_to_it() -> None:
    with receiver() as slack:
        assert Slack().send(MESSAGE, TARGET, door(slack)) == "ok"
    [received] = slack.received
    assert received.path == "/services/T0/B0/secret" and received.headers["host"] == "hooks.slack.com"
    assert slack.went_to[0].host == "93.184.215.14"
    said = json.loads(received.body)
    assert said["text"] == "“Cone” was refused"
    [block] = said["blocks"]
    text = block["text"]["text"]
    assert "“Cone” was refused\nToo many tags\n<https://desk.example/calendar?post=1|Open>" in text


def test_words_from_outside_call_nobody_and_link_nowhere() -> None:
    said = payload(HOSTILE_MESSAGE)
    texts = [said["text"], said["blocks"][0]["text"]["text"]]  # type: ignore[index]
    text = "\n".join(texts).replace("<https://desk.example/calendar?post=1|Open>", "")
    assert "<" not in text and ">" not in text
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|free&gt;" in text
    assert said["blocks"][0]["text"]["verbatim"] is True  # type: ignore[index]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, "invalid_payload"), Rejected),
        ((403, "action_prohibited"), Rejected),
        ((404, "no_service"), Rejected),
        ((410, "channel_is_archived"), Rejected),
        ((302, ""), Rejected),
        ((429, "rate_limited"), RateLimited),
        ((503, ""), Unavailable),
        ((500, "rollup_error"), OutcomeUnknown),
        (None, OutcomeUnknown),
    ],
)
def test_each_answer_becomes_one_of_our_errors_without_the_address(answer: Answer, error: type[ProviderError]) -> None:
    with receiver() as slack:
        slack.answers.append(answer)
        with pytest.raises(error) as told:
            Slack().send(MESSAGE, TARGET, door(slack))
    assert type(told.value) is error
    assert len(slack.received) == 1 and "secret" not in told.value.sentence
    if isinstance(told.value, RateLimited):
        assert told.value.retry_at is not None and (told.value.retry_at - NOW).seconds == 90


def test_what_cannot_be_reached_was_not_sent() -> None:
    with receiver() as slack:
        slack.is_away = True
        with pytest.raises(Unavailable):
            Slack().send(MESSAGE, TARGET, door(slack))


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:192.168.0.1"])
def test_a_name_that_leads_inside_is_never_connected_to(inside: str) -> None:
    with receiver() as slack:
        with pytest.raises(NotOutside):
            Slack().send(MESSAGE, TARGET, door(slack, address=inside))
    assert slack.went_to == []
