"""Pinterest through the worker's own steps: one pin per post, on the chosen board, whatever breaks."""

from uuid import UUID

import pytest

from services import accounts, publishing
from services.kit.errors import CredentialsExpired, NotAllowed
from services.practice.pinterest.boards import first_board
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

ACME = "549755885100000001"
SCOPES = ("boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read")
KINDS = {"image": "picture", "video": "long clip"}
PIN = {"match": "/v5/pins", "method": "POST", "count": 1}
every_format = pytest.mark.parametrize("kind", KINDS)


def connect(studio: Studio) -> UUID:
    token = studio.practice.token("pinterest", SCOPES, ACME)
    return make_channel(studio.world, studio.cast, "pinterest", token=token, remote_id=ACME)


def plan(studio: Studio, kind: str, link: str = "https://shop.example/boots", **own: str) -> publishing.Post:
    connect(studio)
    chosen = {"format": kind, "board": first_board(ACME), "title": "Boots"} | own
    return plan_files(studio, "pinterest", (KINDS[kind],), "Fresh today.", link, **chosen)


@every_format
def test_a_post_becomes_one_pin_on_its_board(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    done = studio.settle(post)
    (pin,) = studio.practice.accepted("pinterest")
    assert (done.state, done.remote_id, pin["format"]) == (PostState.PUBLISHED, pin["id"], kind)
    assert (pin["caption"], pin["details"]["title"], pin["details"]["board"]) == (
        "Fresh today.",
        "Boots",
        first_board(ACME),
    )
    assert pin["details"]["link"].startswith("https://shop.example/boots?utm_content=p_")
    assert done.permalink is not None and done.permalink.endswith(f"/pinterest/pin/{pin['id']}/")


@every_format
@pytest.mark.parametrize("link", ["https://shop.example/boots", ""])
def test_a_lost_answer_is_found_and_nothing_is_sent_again(studio: Studio, kind: str, link: str) -> None:
    post = plan(studio, kind, link)
    studio.practice.fault("lose_reply", **PIN)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("pinterest")) == 1
    assert len([one for one in studio.practice.requests("/v5/pins") if one["method"] == "POST"]) == 1


@every_format
def test_a_pin_that_is_not_there_is_a_persons_to_decide(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    studio.practice.fault("http", status=503, **PIN)
    now = studio.settle(post, most=30)
    assert (now.state, now.reason_class) == (PostState.UNCONFIRMED, Reason.UNPROVEN)
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.confirm_absent(tx, post.id)
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("pinterest")) == 1


@every_format
def test_a_used_up_rate_limit_is_waited_for_and_then_goes_on_by_itself(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    studio.practice.fault("quota", **PIN)
    now = studio.step(post)
    while now.reason_class != Reason.QUOTA:
        now = studio.wait_and_step(post)
    assert now.state is PostState.HELD and studio.practice.accepted("pinterest") == []
    assert studio.settle(post).state is PostState.PUBLISHED
    assert len(studio.practice.accepted("pinterest")) == 1


@every_format
def test_a_token_that_ends_on_the_way_holds_the_post(studio: Studio, kind: str) -> None:
    post = plan(studio, kind)
    studio.practice.fault("expire_token", **PIN)
    held = studio.settle(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.TOKEN)
    assert studio.practice.accepted("pinterest") == []


def test_a_clip_that_fails_to_process_is_uploaded_anew(studio: Studio) -> None:
    studio.practice.fault("fail_processing", platform="pinterest", count=1)
    assert studio.settle(plan(studio, "video")).state is PostState.PUBLISHED
    uploads = [one for one in studio.practice.requests("/pinterest/upload/") if one["status"] == 204]
    assert len(uploads) == 2 and len(studio.practice.accepted("pinterest")) == 1


def test_without_a_board_nothing_can_be_scheduled(studio: Studio) -> None:
    with pytest.raises(publishing.DoesNotFit) as caught:
        plan(studio, "image", board="")
    assert "board" in caught.value.sentence.lower()


def test_the_boards_to_choose_from_are_the_accounts_own(studio: Studio) -> None:
    channel = connect(studio)
    offered = publishing.offered(studio.web_app, studio.cast.ana, channel, "boards")
    assert offered == ((first_board(ACME), "Autumn"), (first_board(ACME, 1), "Behind the scenes"))
    assert publishing.offered(studio.web_app, studio.cast.ana, channel, "audiences") == ()


def test_who_may_not_make_drafts_or_belongs_elsewhere_sees_no_boards(studio: Studio) -> None:
    channel = connect(studio)
    with pytest.raises(NotAllowed):
        publishing.offered(studio.web_app, studio.cast.vera, channel, "boards")
    with pytest.raises(accounts.ChannelNotFound):
        publishing.offered(studio.web_app, studio.cast.cleo, channel, "boards")


def test_boards_of_an_account_that_ended_want_a_reconnect(studio: Studio) -> None:
    channel = connect(studio)
    studio.practice.fault("expire_token", match="/v5/boards", count=1)
    with pytest.raises(CredentialsExpired):
        publishing.offered(studio.web_app, studio.cast.ana, channel, "boards")
