"""X threads end to end over real HTTP: every part once, in its place, whatever is lost on the way."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from services.kit.errors import OutcomeUnknown, RateLimited, Rejected
from services.publishing.publisher import Sighting
from tests.makers.x import Desk, picture, x_desk

WORDS = ["One: foo.jp & more.", "Two.", "Three 🍦."]
POST = {"match": "/x/2/tweets", "method": "POST"}


@pytest.fixture(params=["words", "pictures"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    files = [picture(), picture(200)] if request.param == "pictures" else []
    with x_desk(tmp_path, "thread", text="\n---\n".join(WORDS), files=files) as made:
        assert made.prepare()
        yield made


def _stands(desk: Desk) -> list[str]:
    """The words of every public part, after checking that each replies to the former."""
    posts = desk.accepted()
    for former, post in pairwise(posts):
        assert post["details"]["reply_to"] == former["id"]
    assert [post["media"] for post in posts[1:]] == [[]] * len(posts[1:])
    return [post["caption"] for post in posts]


def test_a_thread_goes_out_in_order_with_its_pictures_on_the_first_part(desk: Desk) -> None:
    receipt = desk.publish()
    assert _stands(desk) == WORDS
    first = desk.accepted()[0]
    assert (receipt.remote_id, len(first["media"])) == (first["id"], len(desk.files))
    assert receipt.permalink is not None and "foo.jp" in httpx.get(receipt.permalink).text
    assert {name: value for name, value in desk.kept.items() if name.startswith("part")} == {
        f"part{number}": post["id"] for number, post in enumerate(desk.accepted(), 1)
    }


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_whichever_answer_is_lost_the_thread_is_completed_and_no_part_doubled(desk: Desk, lost: int) -> None:
    whole = desk.text
    desk.text = "\n---\n".join(WORDS[: lost - 1])
    if lost > 1:
        desk.publish()
    desk.text = whole
    desk.practice.admin.fault("lose_reply", count=1, **POST)
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    assert _stands(desk) == WORDS[:lost]
    sighting = desk.find()
    if lost == 3:
        assert sighting.is_live and sighting.seen[0].remote_id == desk.accepted()[0]["id"]
    else:
        assert sighting.is_absent and not sighting.seen
        desk.kept = dict(sighting.remote)
        desk.publish()
    assert _stands(desk) == WORDS


@pytest.mark.parametrize("sent", [0, 1, 2])
def test_a_part_that_never_arrived_is_not_claimed_and_a_person_lets_the_rest_go_on(desk: Desk, sent: int) -> None:
    whole = desk.text
    desk.text = "\n---\n".join(WORDS[:sent])
    if sent:
        desk.publish()
    desk.text = whole
    desk.practice.admin.fault("http", status=502, count=1, **POST)
    with pytest.raises(OutcomeUnknown):
        desk.publish()
    assert desk.find() == Sighting()
    desk.publish()
    assert _stands(desk) == WORDS


def test_a_quota_that_ends_in_the_middle_goes_on_where_it_stopped(desk: Desk) -> None:
    desk.practice.admin.settings(quota_total=2)
    with pytest.raises(RateLimited, match="2 of 3 parts are public") as caught:
        desk.publish()
    assert caught.value.retry_at is not None and caught.value.retry_at > desk.clock.now()
    desk.clock.move(minutes=15)
    desk.publish()
    assert _stands(desk) == WORDS


def test_a_part_that_x_refuses_stops_the_thread_and_says_how_far_it_came(desk: Desk) -> None:
    desk.text = "\n---\n".join([*WORDS[:2], "x" * 281])
    for _ in range(2):
        with pytest.raises(Rejected, match="2 of 3 parts are public"):
            desk.publish()
    assert _stands(desk) == WORDS[:2]


def test_the_first_part_of_another_post_with_the_same_words_is_not_taken_for_ours(tmp_path: Path) -> None:
    with x_desk(tmp_path, "text", text=WORDS[0]) as other:
        other.publish()
        other.format, other.text = "thread", "\n---\n".join(WORDS)
        with pytest.raises(OutcomeUnknown, match="posted the same"):
            other.publish()
        assert other.find() == Sighting()
        assert [post["caption"] for post in other.accepted()] == WORDS[:1]
