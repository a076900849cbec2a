"""While bytes are moving their sender is alive: nobody takes the post from it, however slow the line."""

import io
from datetime import timedelta

import httpx
import pytest

from services import publishing
from services.kit.db import Scope
from services.publishing import PostState
from services.publishing.moves import Grip, Lost, advance
from services.publishing.pace import Pace
from services.publishing.queries import attempts
from services.publishing.steps.order import open_door, sealed_order
from services.publishing.steps.take import take
from services.publishing.steps.watched import heart, watched
from tests.makers.publishing import Studio
from tests.services.publishing.test_tiktok_posts import plan as plan_tiktok
from tests.services.publishing.test_youtube_posts import plan as plan_youtube

PACE = Pace()


class _SlowLine(httpx.BaseTransport):
    """Every block of an upload takes more than a minute; notes whether the post then counts as left by its worker."""

    def __init__(self, studio: Studio, post: publishing.Post, *, match: str) -> None:
        self._studio, self._post, self._match, self._inner = studio, post, match, httpx.HTTPTransport()
        self.left = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT" and self._match in request.url.path and "*" not in request.headers["content-range"]:
            blocks = []
            for block in request.stream:  # type: ignore[union-attr]
                self._studio.world.clock.move(seconds=100)
                self.left += _counts_as_left(self._studio, self._post)
                blocks.append(block)
            request = httpx.Request(request.method, request.url, headers=request.headers, content=b"".join(blocks))
        return self._inner.handle_request(request)


def _counts_as_left(studio: Studio, post: publishing.Post) -> bool:
    deadline_at = studio.read(post).deadline_at
    return deadline_at is not None and deadline_at <= studio.world.clock.now()


@pytest.mark.parametrize(("platform", "match"), [("tiktok", "/upload/"), ("youtube", "/upload/")])
def test_a_last_part_that_takes_minutes_is_not_looked_for_while_it_is_sent(
    studio: Studio, platform: str, match: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.kit.files._BLOCK_BYTES", 1_024)
    post = plan_tiktok(studio, "video") if platform == "tiktok" else plan_youtube(studio)
    studio.step(post)
    line = _SlowLine(studio, post, match=match)
    slow = studio.with_http(httpx.Client(transport=line, trust_env=False, timeout=20))
    begun = studio.world.clock.now()
    slow.wait_and_step(post)
    assert studio.world.clock.now() - begun > timedelta(minutes=4) and line.left == 0
    assert studio.settle(post).state is PostState.PUBLISHED
    with studio.world.worker.tx(studio.cast.worker) as tx:
        assert len(publishing.attempts_of(tx, post.id)) == 1


def _sending(studio: Studio) -> Grip:
    post = studio.plan("facebook")
    with studio.world.worker.tx(Scope(studio.cast.acme)) as tx:
        grip = take(tx, post.id, PACE)
        assert grip is not None
        grip = advance(tx, grip, PACE, PostState.READY)
        attempts.set_intent(tx, grip.attempt.id, "0" * 64)
        return advance(tx, grip, PACE, PostState.PUBLISHING)


def test_reading_after_another_attempt_took_over_ends_the_sending(studio: Studio) -> None:
    grip, scope = _sending(studio), Scope(studio.cast.acme)
    with watched(io.BytesIO(b"abc"), heart(studio.app, scope, grip, PACE)) as file:
        assert file.read(1) == b"a"
        studio.world.clock.move(seconds=21)
        assert file.read(1) == b"b"
        with studio.world.worker.tx(scope) as tx:
            assert take(tx, grip.post.id, PACE) is None
        studio.world.clock.move(seconds=21)
        with pytest.raises(Lost):
            file.read(1)


def test_what_is_kept_on_the_way_is_a_sign_of_life_too(studio: Studio) -> None:
    grip, scope = _sending(studio), Scope(studio.cast.acme)
    door = open_door(studio.app, scope, grip.post, grip)
    for number in range(4):
        studio.world.clock.move(seconds=170)
        door.keep({f"part{number}": "1"})
    assert not _counts_as_left(studio, grip.post)
    studio.world.clock.move(seconds=181)
    assert _counts_as_left(studio, grip.post)


def test_files_read_without_a_post_in_hand_need_no_sign(studio: Studio) -> None:
    post = studio.plan("facebook")
    order = sealed_order(studio.app, studio.cast.worker, post)
    with order.open_media(0) as file:
        head = file.read(2)
        assert (head, file.tell(), file.seek(0, 2) > 100) == (b"\xff\xd8", 2, True)


def test_a_line_that_never_ends_is_let_go_of(studio: Studio) -> None:
    """Bytes that trickle for ever would hold up every post of the account behind this one."""
    grip, scope = _sending(studio), Scope(studio.cast.acme)
    with watched(io.BytesIO(b"abc" * 1_000), heart(studio.app, scope, grip, PACE)) as file, pytest.raises(Lost):
        for _ in range(PACE.tries_most // timedelta(seconds=100) + 2):
            studio.world.clock.move(seconds=100)
            assert file.read(1) == b"abc"[file.tell() % 3 - 1 :][:1]
    studio.world.clock.move(seconds=181)
    assert _counts_as_left(studio, grip.post)
