"""What a post costs stands at the runs that sent it, with their calls, whatever became of an answer."""

import pytest

from services.publishing import PostState
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.makers.working import empty_queue, finish
from tests.makers.x import ACME, SCOPES

POST = {"match": "/x/2/tweets", "method": "POST", "count": 1}


@pytest.fixture
def x(studio: Studio) -> Studio:
    """The studio with a connected X account, and nothing else to do."""
    token = studio.practice.token("x", SCOPES, ACME, expires_in=None)
    make_channel(studio.world, studio.cast, "x", token=token, remote_id=ACME)
    empty_queue(studio)
    return studio


def _costs(x: Studio) -> list[tuple[int, int, str | None]]:
    """Calls, millionths and currency of each run that made a call, in order."""
    with x.world.web.tx(x.cast.ana) as tx:
        return tx.tuples(
            "select api_calls, cost_micros, cost_currency from app.job_runs where task = 'publishing.step' "
            "and api_calls > 0 order by id",
            {},
        )


def test_a_post_that_went_out_at_once_costs_one_post(x: Studio) -> None:
    post = finish(x, plan_files(x, "x", (), "Fresh today."))
    assert post.state is PostState.PUBLISHED
    assert _costs(x) == [(1, 15_000, "USD")]


def test_a_lost_answer_counts_once_and_the_look_for_the_post_costs_what_it_read(x: Studio) -> None:
    x.practice.fault("lose_reply", **POST)
    post = finish(x, plan_files(x, "x", (), "See acme.com"))
    assert post.state is PostState.PUBLISHED and len(x.practice.accepted("x")) == 1
    assert _costs(x) == [(1, 200_000, "USD"), (1, 5_000, "USD")]


def test_a_refusal_costs_nothing_and_the_next_try_its_price(x: Studio) -> None:
    x.practice.fault("http", status=429, **POST)
    post = finish(x, plan_files(x, "x", (), "Fresh today."))
    assert post.state is PostState.PUBLISHED
    assert _costs(x) == [(1, 0, None), (1, 15_000, "USD")]


def test_platforms_that_bill_nothing_have_calls_and_no_money(x: Studio) -> None:
    assert finish(x, plan_files(x, "instagram", ("picture",), "Fresh today.")).state is PostState.PUBLISHED
    told = _costs(x)
    assert told and {(micros, currency) for _, micros, currency in told} == {(0, None)}
