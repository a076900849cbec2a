"""A person says of a half-sent thread that it is there: what is out stays, what is missing is sent, nothing twice."""

import pytest

from services import publishing
from services.publishing import PostState, Reason
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.services.publishing.test_x_thread_core import POST, TEXT, WORDS, _stands, _until, x

__all__ = ["x"]


def _asked(x: Studio, lost: int) -> publishing.Post:
    """Part number `lost` went out, but its answer and every look for it failed: a person is asked."""
    x.practice.settings(quota_total=lost - 1)
    post = plan_files(x, "x", (), TEXT, format="thread")
    x.step(post)
    _until(x, post, PostState.HELD)
    x.practice.settings(quota_total=100)
    x.practice.fault("lose_reply", **POST)
    _until(x, post, PostState.UNCONFIRMED)
    x.practice.fault("http", match="/tweets", method="GET", status=500)
    asked = x.settle(post, most=5)
    x.practice.clear_faults()
    assert asked.reason_class == Reason.UNPROVEN and _stands(x) == WORDS[:lost]
    return asked


def _say_there(x: Studio, post: publishing.Post, address: str) -> PostState:
    return publishing.confirm_there(x.web_app, x.cast.ana, post.id, address)


@pytest.mark.parametrize("lost", [1, 2])
def test_the_rest_follows_the_part_that_a_person_names(x: Studio, lost: int) -> None:
    post = _asked(x, lost)
    named = x.practice.accepted("x")[lost - 1]["id"]
    assert _say_there(x, post, f"https://x.com/practice_acme/status/{named}?s=20") is PostState.DUE
    done = x.settle(post)
    assert done.state is PostState.PUBLISHED and _stands(x) == WORDS
    assert done.remote_id == x.practice.accepted("x")[0]["id"]


def test_a_thread_whose_last_part_is_named_is_published(x: Studio) -> None:
    post = _asked(x, 3)
    assert _say_there(x, post, x.practice.accepted("x")[2]["id"]) is PostState.PUBLISHED
    done = x.read(post)
    assert done.remote_id == x.practice.accepted("x")[0]["id"] and _stands(x) == WORDS


def test_naming_the_beginning_looks_for_the_part_in_doubt_and_goes_on(x: Studio) -> None:
    post = _asked(x, 2)
    assert _say_there(x, post, x.practice.accepted("x")[0]["id"]) is PostState.DUE
    assert x.settle(post).state is PostState.PUBLISHED and _stands(x) == WORDS


def test_a_beginning_alone_does_not_make_it_published_and_the_sentence_says_what_is_missing(x: Studio) -> None:
    x.practice.settings(quota_total=1)
    post = plan_files(x, "x", (), TEXT, format="thread")
    x.step(post)
    _until(x, post, PostState.HELD)
    x.practice.settings(quota_total=100)
    x.practice.fault("http", status=502, **POST)  # part 2 never arrived
    _until(x, post, PostState.UNCONFIRMED)
    asked = x.settle(post, most=5)
    assert asked.reason_class == Reason.UNPROVEN
    assert "1 of 3 parts are public. Part 2 is in doubt" in asked.reason
    with pytest.raises(publishing.AddressWrong, match="Part 2 is in doubt"):
        _say_there(x, post, x.practice.accepted("x")[0]["id"])
    with x.world.web.tx(x.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert x.settle(post).state is PostState.PUBLISHED and _stands(x) == WORDS


def test_a_post_elsewhere_in_the_timeline_is_not_the_part_in_doubt(x: Studio) -> None:
    post = _asked(x, 2)
    other = x.settle(plan_files(x, "x", (), "Something else.", format="text"))
    with pytest.raises(publishing.AddressWrong):
        _say_there(x, post, str(other.remote_id))
    assert x.read(post).state is PostState.UNCONFIRMED
