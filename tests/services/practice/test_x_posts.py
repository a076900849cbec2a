"""Practice X's posts: a closed body, rules of self-serve access, duplicates, quotas, and what the timeline shows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.kit.clock import FixedClock
from tests.makers.practice import running_practice
from tests.makers.x import ACME, BAKERY, START
from tests.services.practice.x_client import Client, problem

INVALID, FORBIDDEN = (400, "invalid-request"), (403, "about:blank")


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Client]:
    clock = FixedClock(START)
    with running_practice(tmp_path, clock=clock) as practice:
        yield Client(practice, clock)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, INVALID),
        ({"text": " "}, INVALID),
        ({"text": 5}, INVALID),
        ({"text": "x" * 281}, INVALID),
        ({"text": "日" * 141}, INVALID),
        ({"text": "x" * 258 + " foo.jp"}, INVALID),
        ({"text": "a", "status": "b"}, INVALID),
        ({"text": "a", "reply_settings": "everyone"}, INVALID),
        ({"text": "a", "made_with_ai": "yes"}, INVALID),
        ({"text": "a", "media": {"media_ids": []}}, INVALID),
        ({"text": "a", "media": {"media_ids": [1]}}, INVALID),
        ({"text": "a", "media": {"media_ids": ["1"]}}, INVALID),
        ({"text": "a", "media": {"media_ids": ["1"] * 5}}, INVALID),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": 5}}, INVALID),
        ({"text": "a", "reply": {"in_reply_to_tweet_id": "5"}}, FORBIDDEN),
        ({"text": "a", "quote_tweet_id": "5"}, FORBIDDEN),
        ({"text": "$ACME $PEAR"}, FORBIDDEN),
    ],
)
def test_a_body_that_x_does_not_take_is_refused_and_nothing_is_public(
    x: Client, body: dict[str, Any], told: tuple[int, str]
) -> None:
    assert problem(x.post(**body)) == told
    assert x.practice.admin.accepted() == []


@pytest.mark.parametrize("sent", [{"data": {"text": "a"}}, {"content": b"{", "headers": {}}])
def test_a_body_that_is_no_json_is_refused(x: Client, sent: dict[str, Any]) -> None:
    sent.pop("headers", None)
    assert problem(x.call("POST", "tweets", **sent)) == INVALID


def test_exactly_280_by_weight_pass(x: Client) -> None:
    longest = ["x" * 280, "🍦" * 140, "x" * 256 + " foo.jp"]
    made = [x.posted(text=text) for text in longest]
    assert [post["id"] for post in x.practice.admin.accepted()] == made


def test_the_same_words_are_refused_for_a_day(x: Client) -> None:
    x.posted(text="Fresh today.")
    answer = x.post(text="  Fresh  today. ")
    assert problem(answer) == FORBIDDEN and "duplicate content" in answer.json()["detail"]
    x.posted(text="Fresh today.", media={"media_ids": [x.uploaded()]})
    x.token = x.token_of(BAKERY)
    x.posted(text="Fresh today.")
    x.token = x.token_of(ACME)
    x.clock.move(hours=24)
    x.posted(text="Fresh today.")


def test_nobody_replies_to_a_stranger_who_did_not_ask(x: Client) -> None:
    post = x.posted(text="Fresh today.")
    x.token = x.token_of(BAKERY)
    assert problem(x.post(text="Yum.", reply={"in_reply_to_tweet_id": post})) == FORBIDDEN


def test_every_answer_tells_what_is_left_of_the_quarter(x: Client) -> None:
    x.practice.admin.settings(quota_total=2)
    end = str(int(START.timestamp()) + 900)
    left = []
    for number in range(3):
        answer = x.post(text=f"Post {number}.")
        left.append((answer.status_code, answer.headers["x-rate-limit-remaining"]))
        assert (answer.headers["x-rate-limit-limit"], answer.headers["x-rate-limit-reset"]) == ("2", end)
    assert left == [(201, "1"), (201, "0"), (429, "0")]
    x.clock.move(minutes=15)
    assert x.post(text="Post 2.").status_code == 201


@pytest.mark.parametrize(
    ("scopes", "status"), [(("tweet.read", "users.read"), 403), (("tweet.write",), 403), ((), 403)]
)
def test_posting_wants_its_rights(x: Client, scopes: tuple[str, ...], status: int) -> None:
    x.token = x.token_of(ACME, scopes)
    assert problem(x.post(text="a")) == (status, "about:blank")


def test_a_token_is_wanted_and_a_refresh_token_is_none(x: Client) -> None:
    for token in ("made-up", x.practice.admin.token("x", (), ACME, kind="refresh", expires_in=None)):
        x.token = token
        assert problem(x.post(text="a")) == (401, "about:blank")
    x.token = ""
    assert problem(x.post(text="a")) == (401, "about:blank")
    assert problem(x.call("GET", "nothing")) == (404, "about:blank")


def test_the_timeline_shows_what_is_asked_for_newest_first(x: Client) -> None:
    assert x.timeline().json() == {"meta": {"result_count": 0}}
    media = x.upload().json()["data"]
    first = x.posted(text="A & b: foo.jp", media={"media_ids": [media["id"]]})
    x.clock.move(seconds=1)
    second = x.posted(text="More.", reply={"in_reply_to_tweet_id": first})
    asked = "created_at,entities,attachments,referenced_tweets"
    reply, post = x.timeline(tweet__fields=asked).json()["data"]
    assert (reply["id"], reply["referenced_tweets"]) == (second, [{"type": "replied_to", "id": first}])
    assert (post["created_at"], post["attachments"]) == (
        "2026-11-23T09:00:00.000Z",
        {"media_keys": [media["media_key"]]},
    )
    link, page = post["entities"]["urls"]
    assert post["text"] == f"A &amp; b: {link['url']} {page['url']}"
    assert (link["expanded_url"], page["media_key"]) == ("http://foo.jp", media["media_key"])
    assert post["text"][link["start"] : link["end"]] == link["url"]
    assert [row["id"] for row in x.timeline(exclude="replies").json()["data"]] == [first]
    assert [row["id"] for row in x.timeline(start_time="2026-11-23T09:00:01Z").json()["data"]] == [second]
    assert set(x.timeline().json()["data"][0]) == {"id", "text", "edit_history_tweet_ids"}


@pytest.mark.parametrize(
    "params", [{"max_results": 4}, {"max_results": 101}, {"start_time": "yesterday"}, {"exclude": "ads"}]
)
def test_a_list_that_x_does_not_give_is_refused(x: Client, params: dict[str, Any]) -> None:
    assert problem(x.timeline(**params)) == INVALID


def test_an_account_that_is_not_there_is_an_error_inside_an_answer(x: Client) -> None:
    answer = x.timeline("5")
    assert answer.status_code == 200 and "data" not in answer.json()
    assert answer.json()["errors"][0]["type"].endswith("resource-not-found")


def test_a_post_has_a_public_page_under_any_name(x: Client) -> None:
    post = x.posted(text="Fresh <b>today</b>.")
    base = f"{x.practice.base}/x"
    assert "Fresh &lt;b&gt;today&lt;/b&gt;." in httpx.get(f"{base}/practice_acme/status/{post}").text
    assert httpx.get(f"{base}/i/status/{post}").headers["location"] == f"/x/practice_acme/status/{post}"
    assert httpx.get(f"{base}/i/status/5").status_code == 404
    assert "practice_acme" in httpx.get(f"{base}/practice_acme").text
