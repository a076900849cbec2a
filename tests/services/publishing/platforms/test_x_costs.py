"""What X bills for a post lands on the run that made the call: once, for what was answered or may have been done."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit import calls, meters
from services.kit.errors import OutcomeUnknown, ProviderError
from services.publishing.platforms.x.costs import cost_of, cost_of_thread
from services.publishing.platforms.x.posts import Images, Text
from services.publishing.platforms.x.thread import Thread
from services.publishing.publisher import Order
from tests.makers.x import Bill
from tests.services.publishing.platforms.contract import Answer, answering, breaking, content, door
from tests.services.publishing.platforms.test_x_posts import OLD, OURS, problem

CREATED = answering(201, {"data": {"id": "1990000000000000001"}})
SINCE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUPLICATE = problem(403, detail="You are not allowed to create a Tweet with duplicate content.")


@pytest.fixture
def bill() -> Iterator[Bill]:
    told = Bill()
    with calls.counted(told):
        yield told


def _order(text: str, **changes: Any) -> Order:
    return Order(content("x", text=text, media=(), **changes), ())


def test_a_post_costs_more_where_x_sees_a_link(bill: Bill) -> None:
    Text().publish(_order("Fresh today."), {}, door(CREATED, "x"))
    assert (bill.api_calls, bill.micros) == (1, 15_000)
    Text().publish(_order("Fresh today, see foo.jp"), {}, door(CREATED, "x"))
    assert (bill.api_calls, bill.micros) == (2, 215_000)


@pytest.mark.parametrize("answer", [problem(429), problem(402), problem(401), problem(400), DUPLICATE])
def test_what_x_refuses_costs_nothing(bill: Bill, answer: Answer) -> None:
    with pytest.raises(ProviderError):
        Text().publish(_order("Fresh today."), {}, door(answer, "x"))
    assert (bill.api_calls, bill.micros) == (1, 0)


@pytest.mark.parametrize(
    "answer", [problem(503), breaking(httpx.ReadTimeout), answering(201, {"data": {}}), answering(200, {"errors": []})]
)
def test_a_post_that_may_be_out_counts_as_paid(bill: Bill, answer: Answer) -> None:
    with pytest.raises(OutcomeUnknown):
        Text().publish(_order("Fresh today."), {}, door(answer, "x"))
    assert bill.micros == 15_000


def test_a_post_that_never_left_costs_nothing(bill: Bill) -> None:
    with pytest.raises(ProviderError):
        Text().publish(_order("Fresh today."), {}, door(breaking(httpx.ConnectError), "x"))
    assert bill.micros == 0


def test_each_part_of_a_thread_is_a_post(bill: Bill) -> None:
    text = "One.\n---\nTwo, see foo.jp"
    Thread().publish(_order(text), {}, door(CREATED, "x"))
    assert bill.micros == 215_000 == 1_000 * cost_of_thread(text)


def test_an_alt_text_costs_and_the_picture_does_not(bill: Bill) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"data": {"id": "7"}})

    of_two = content("x", text="Hi.")
    order = Order(of_two, (), open_media=lambda _: io.BytesIO(b"jpg"))
    Images().prepare(order, door(answer, "x"))
    described = sum(bool(one.alt_text) for one in of_two.media)
    assert described
    assert bill.micros == 5_000 * described


def test_a_look_at_the_timeline_costs_every_post_that_came_back(bill: Bill) -> None:
    seen = answering(200, {"data": [OURS, OLD, OURS | {"id": "7"}]})
    Text().find(content("x", text="Fresh today.", media=()), {}, SINCE, door(seen, "x"))
    assert (bill.api_calls, bill.micros) == (1, 15_000)
    Text().find(content("x", text="Fresh today.", media=()), {}, SINCE, door(answering(200, {"meta": {}}), "x"))
    assert (bill.api_calls, bill.micros) == (2, 15_000)


def test_a_bill_that_cannot_be_kept_neither_fails_nor_repeats_a_post() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return CREATED(request)

    class Broken(Bill):
        def spent(self, micros: int, currency: str) -> None:
            raise ZeroDivisionError("a figure that cannot be")

    before = meters.registry.get_sample_value("loopdesk_defects_total") or 0.0
    with calls.counted(Broken()):
        receipt = Text().publish(_order("Fresh today."), {}, door(answer, "x"))
    assert (receipt.remote_id, len(sent)) == ("1990000000000000001", 1)
    assert meters.registry.get_sample_value("loopdesk_defects_total") == before + 1


def test_what_is_billed_is_a_figure_for_alarms() -> None:
    def billed() -> float:
        labels = {"platform": "x", "currency": "USD"}
        return meters.registry.get_sample_value("loopdesk_provider_cost_total", labels) or 0.0

    before = billed()
    Text().publish(_order("Fresh today."), {}, door(CREATED, "x"))
    assert billed() == pytest.approx(before + 0.015)


@given(st.text(st.sampled_from("abc xyzäß,!"), max_size=40), st.integers(0, 4))
def test_a_link_makes_a_post_dearer_and_each_alt_text_adds_its_price(words: str, alt_texts: int) -> None:
    assert cost_of(words, alt_texts=alt_texts) == 15 + 5 * alt_texts
    assert cost_of(f"{words} foo.jp", alt_texts=alt_texts) == 200 + 5 * alt_texts


def test_a_thread_costs_the_sum_of_its_posts() -> None:
    assert cost_of_thread("One\n---\nTwo foo.jp\n---\nThree", alt_texts=1) == 15 + 200 + 15 + 5


def test_the_desk_tells_before_what_the_run_tells_after(bill: Bill) -> None:
    text = "Fresh today, see foo.jp"
    Text().publish(_order(text), {}, door(CREATED, "x"))
    told = Text.spec.cost
    assert told is not None
    assert bill.micros == 1_000 * told(text, 0) == 1_000 * cost_of(text)
