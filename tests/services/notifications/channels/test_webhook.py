"""Signed messages to an address of the organisation, over real HTTP, checked as docs/webhooks.md tells receivers to."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import OutcomeUnknown, ProviderError, RateLimited, Rejected, Unavailable
from services.kit.outside import NotOutside
from services.notifications.carrier import Target
from services.notifications.channels.webhook import Webhook
from tests.services.notifications.channels.letters import HOSTILE, HOSTILE_MESSAGE, MESSAGE, NOW, door
from tests.stand_ins.receiver import Answer, Received, receiver

TARGET = Target("https://ops.acme.example/hooks/loopdesk?x=1", "ldwh_key")
DOCS = Path(__file__).parents[4] / "docs" / "webhooks.md"


def _as_told() -> Any:
    """The receiver's own check, as it stands in the documentation."""
    [code] = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return names["is_genuine"]


def _sent(later: timedelta = timedelta(0)) -> Received:
    with receiver() as ops:
        assert Webhook().send(HOSTILE_MESSAGE, TARGET, replace(door(ops), now=NOW + later)) == "200"
    [received] = ops.received
    return received


def test_the_documented_check_takes_what_we_send() -> None:
    received = _sent()
    assert _as_told()("ldwh_key", received.headers, received.body, NOW.timestamp())
    assert received.path == "/hooks/loopdesk?x=1" and received.headers["host"] == "ops.acme.example"


def test_the_documented_check_refuses_what_was_changed_replayed_or_signed_by_others() -> None:
    received, is_genuine = _sent(), _as_told()
    now = NOW.timestamp()
    later = str(int(now) + 60)
    assert not is_genuine("ldwh_other", received.headers, received.body, now)
    assert not is_genuine("ldwh_key", received.headers, received.body + b" ", now)
    assert not is_genuine("ldwh_key", {**received.headers, "loopdesk-timestamp": later}, received.body, now)
    assert not is_genuine("ldwh_key", received.headers, received.body, now + 301)
    assert not is_genuine("ldwh_key", {}, received.body, now)


def test_the_body_carries_the_words_as_they_are_and_the_same_id_at_every_try() -> None:
    first, second = _sent(), _sent(timedelta(minutes=1))
    assert first.body == second.body
    assert first.headers["loopdesk-delivery"] == second.headers["loopdesk-delivery"] == str(MESSAGE.id)
    assert first.headers["loopdesk-signature"] != second.headers["loopdesk-signature"]
    [told] = json.loads(first.body)["messages"]
    assert told["title"] == HOSTILE and told["count"] == 3 and told["severity"] == "urgent"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, "no"), Rejected), ((404, ""), Rejected), ((302, ""), Rejected), ((410, "gone"), Rejected),
        ((408, ""), Unavailable), ((500, "oops"), Unavailable), ((503, ""), Unavailable),
        ((429, ""), RateLimited), (None, OutcomeUnknown),
    ],
)  # fmt: skip
def test_each_answer_becomes_one_of_our_errors(answer: Answer, error: type[ProviderError]) -> None:
    with receiver() as ops:
        ops.answers.append(answer)
        with pytest.raises(error) as told:
            Webhook().send(MESSAGE, TARGET, door(ops))
    assert type(told.value) is error and len(ops.received) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://ops.acme.example/x",
        "https://ops.acme.example:8443/",
        "https://me:pw@ops.acme.example/",
        "https://[::1/",
        "x",
    ],
)
def test_only_plain_https_addresses_are_connected_to(address: str) -> None:
    with receiver() as ops:
        with pytest.raises(NotOutside):
            Webhook().send(MESSAGE, Target(address, "k"), door(ops))
    assert ops.went_to == []
