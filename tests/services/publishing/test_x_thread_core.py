"""X under the core: every format goes out once, and what a lost answer leaves of a thread is completed, not doubled."""

import threading

import pytest

from services import approvals, publishing
from services.kit.db import Scope
from services.publishing import PostState
from services.publishing.moves import Lost, advance
from services.publishing.pace import Pace
from services.publishing.queries import attempts
from services.publishing.steps.order import open_door
from services.publishing.steps.take import take
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.makers.x import ACME, SCOPES

WORDS = ["One: see foo.jp", "Two.", "Three 🍦."]
TEXT = "\n---\n".join(WORDS)
POST = {"match": "/x/2/tweets", "method": "POST", "count": 1}


@pytest.fixture
def x(studio: Studio) -> Studio:
    """The studio with a connected X account."""
    token = studio.practice.token("x", SCOPES, ACME, expires_in=None)
    make_channel(studio.world, studio.cast, "x", token=token, remote_id=ACME)
    return studio


def _stands(x: Studio) -> list[str]:
    posts = x.practice.accepted("x")
    assert [post["details"].get("reply_to") for post in posts] == [None, *(post["id"] for post in posts)][: len(posts)]
    return [post["caption"] for post in posts]


def _remote(x: Studio, post: publishing.Post) -> list[dict[str, str]]:
    with x.world.worker.tx(x.cast.worker) as tx:
        return [attempt.remote for attempt in publishing.attempts_of(tx, post.id)]


@pytest.mark.parametrize(
    ("files", "format"),
    [((), "text"), (("picture",), "images"), (("picture", "picture"), "images"), (("square clip",), "video")],
)
def test_each_kind_of_post_goes_out_once(x: Studio, files: tuple[str, ...], format: str) -> None:
    post = x.settle(plan_files(x, "x", files, "Fresh today."))
    assert post.state is PostState.PUBLISHED
    (made,) = x.practice.accepted("x")
    assert (made["id"], made["format"], made["caption"]) == (post.remote_id, format, "Fresh today.")
    with x.world.worker.tx(x.cast.worker) as tx:
        sealed = approvals.content_for(tx, post.version_id, post.channel_id)
    assert made["media"] == [item.sha256 for item in sealed.media] and len(made["media"]) == len(files)


def test_a_thread_goes_out_and_each_part_is_in_the_attempt(x: Studio) -> None:
    post = x.settle(plan_files(x, "x", ("picture",), TEXT, format="thread"))
    assert post.state is PostState.PUBLISHED and _stands(x) == WORDS
    ids = [one["id"] for one in x.practice.accepted("x")]
    (remote,) = _remote(x, post)
    assert [remote[f"part{number}"] for number in (1, 2, 3)] == ids
    assert post.remote_id == ids[0] and "media1" in remote


def _until(x: Studio, post: publishing.Post, state: PostState) -> None:
    for _ in range(6):
        if x.wait_and_step(post).state is state:
            return
    raise AssertionError(x.read(post).state)


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_lost_answer_is_found_and_a_new_attempt_sends_only_the_rest(x: Studio, lost: int) -> None:
    x.practice.settings(quota_total=lost - 1)
    post = plan_files(x, "x", (), TEXT, format="thread")
    x.step(post)
    _until(x, post, PostState.HELD)
    assert _stands(x) == WORDS[: lost - 1]
    x.practice.settings(quota_total=100)
    x.practice.fault("lose_reply", **POST)
    _until(x, post, PostState.UNCONFIRMED)
    assert _stands(x) == WORDS[:lost]
    done = x.settle(post)
    assert done.state is PostState.PUBLISHED and _stands(x) == WORDS
    assert done.remote_id == x.practice.accepted("x")[0]["id"]


def test_a_part_that_never_arrived_waits_for_a_person_and_the_rest_follows(x: Studio) -> None:
    x.practice.settings(quota_total=2)
    post = plan_files(x, "x", (), TEXT, format="thread")
    x.step(post)
    _until(x, post, PostState.HELD)
    x.practice.settings(quota_total=100)
    x.practice.fault("http", status=502, **POST)
    _until(x, post, PostState.UNCONFIRMED)
    assert x.settle(post, most=6).state is PostState.UNCONFIRMED and _stands(x) == WORDS[:2]
    with x.world.web.tx(x.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert x.settle(post).state is PostState.PUBLISHED and _stands(x) == WORDS


def test_what_is_kept_after_the_post_was_given_up_does_not_count(x: Studio) -> None:
    """A worker that asks to keep while another gives the post up must hear that it lost it, whoever comes first."""
    post, pace, scope = plan_files(x, "x", (), TEXT, format="thread"), Pace(), Scope(x.cast.acme)
    with x.world.worker.tx(scope) as tx:
        grip = take(tx, post.id, pace)
        assert grip is not None
        grip = advance(tx, grip, pace, PostState.READY)
        attempts.set_intent(tx, grip.attempt.id, "0" * 64)
        grip = advance(tx, grip, pace, PostState.PUBLISHING)
    door = open_door(x.app, scope, grip.post, grip)
    door.keep({"part1": "1"})
    heard: list[BaseException] = []

    def keep() -> None:
        try:
            door.keep({"part2": "2"})
        except Lost as lost:
            heard.append(lost)

    with x.world.worker.tx(scope) as tx:
        assert take(tx, post.id, pace) is None
        asking = threading.Thread(target=keep)
        asking.start()
        while not tx.value("select count(*) from pg_locks where not granted", {}):
            asking.join(timeout=0.01)
    asking.join(timeout=10)
    assert len(heard) == 1
    assert _remote(x, post) == [{"part1": "1"}]
