"""What the platform answered stays with the attempt: for support, small, and without secrets."""

from services import publishing
from services.publishing import PostState
from services.publishing.queries import attempts
from tests.makers.publishing import Studio


def _attempts(studio: Studio, post: publishing.Post) -> list[publishing.Attempt]:
    with studio.world.web.tx(studio.cast.ana) as tx:
        return publishing.attempts_of(tx, post.id)


def test_the_refusal_is_kept_in_the_platforms_own_words(studio: Studio) -> None:
    post = studio.plan()
    studio.practice.fault("http", match="/media_publish", status=400, count=1)
    studio.settle(post)
    last = next(one for one in _attempts(studio, post)[0].answers if one["status"] == 400)
    assert last["call"].startswith("POST 127.0.0.1/instagram/")
    assert last["call"].endswith("/media_publish")
    assert last["at"].startswith("2026-11-23")
    assert "error" in last["body"]


def test_what_went_well_is_kept_too_but_not_every_not_yet(studio: Studio) -> None:
    post = studio.plan()
    assert studio.settle(post).state is PostState.PUBLISHED
    (attempt,) = _attempts(studio, post)
    calls = [one["call"].rpartition("/")[2] for one in attempt.answers]
    assert calls[0] == "media"
    assert calls[-1] == "media_publish"
    assert attempt.polls >= 0


def test_the_latest_twenty_are_kept_in_order(studio: Studio) -> None:
    post = studio.plan()
    studio.settle(post)
    (attempt,) = _attempts(studio, post)
    with studio.world.worker.tx(studio.cast.worker) as tx:
        for number in range(30):
            attempts.add_answers(tx, attempt.id, [{"call": str(number), "status": 200, "body": "", "at": ""}], 20)
    assert [one["call"] for one in _attempts(studio, post)[0].answers] == [str(number) for number in range(10, 30)]


def test_no_answer_holds_the_token(studio: Studio) -> None:
    post = studio.plan("facebook")
    studio.settle(post)
    with studio.world.worker.admin_tx() as tx:
        sealed = tx.value(
            "select access_token from private.channel_secrets where channel_id = %(id)s", {"id": post.channel_id}
        )
    token = studio.app.sealer.open(sealed, f"channels/{post.channel_id}/access_token")
    told = str(_attempts(studio, post))
    assert "facebook" in told
    assert token not in told
