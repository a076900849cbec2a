"""A token that ends under a post: where it can be renewed the post goes out, once; else it waits for a person."""

from datetime import timedelta

import pytest

from services import accounts
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio
from tests.makers.x import ACME, SCOPES

POST = {"match": "/x/2/tweets", "count": 1}


def connect(studio: Studio, *, left: timedelta, refresh: str | None = None) -> None:
    """An X account whose token has this much left."""
    now = studio.world.clock.now()
    kept = refresh or studio.practice.token("x", SCOPES, ACME, kind="refresh", expires_in=None)
    token = studio.practice.token("x", SCOPES, ACME, expires_in=None)
    make_channel(
        studio.world,
        studio.cast,
        "x",
        token=token,
        refresh=kept,
        remote_id=ACME,
        token_given_at=now + left - timedelta(hours=2),
        token_expires_at=now + left,
    )


def channel(studio: Studio) -> accounts.Channel:
    with studio.world.worker.tx(studio.cast.worker) as tx:
        return accounts.channels(tx)[0]


def renewals(studio: Studio) -> int:
    return len(studio.practice.requests("/x/2/oauth2/token"))


def test_a_token_near_its_end_is_renewed_before_the_post(studio: Studio) -> None:
    connect(studio, left=timedelta(minutes=10))
    post = studio.settle(plan_files(studio, "x", (), "Fresh."))
    assert post.state is PostState.PUBLISHED
    assert renewals(studio) == 1


@pytest.mark.parametrize("kind", ["expire_token", "rotate_token"])
def test_a_token_that_ends_before_its_date_is_renewed_and_the_post_goes_out_once(studio: Studio, kind: str) -> None:
    connect(studio, left=timedelta(minutes=100))
    match = "/x/2/tweets" if kind == "expire_token" else "/x/2/media"
    studio.practice.fault(kind, match=match, count=1)
    post = studio.settle(plan_files(studio, "x", ("picture",), "Fresh."))
    assert post.state is PostState.PUBLISHED
    assert len(studio.practice.accepted("x")) == 1
    assert renewals(studio) == 1
    assert channel(studio).is_connected


def test_a_refused_renewal_holds_the_post_for_a_person(studio: Studio) -> None:
    connect(studio, left=timedelta(minutes=100), refresh="not-one-of-theirs")
    studio.practice.fault("expire_token", **POST)
    held = studio.settle(plan_files(studio, "x", (), "Fresh."))
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.TOKEN)
    assert channel(studio).state is accounts.ChannelState.NEEDS_RECONNECT
    assert studio.practice.accepted("x") == []


def test_a_platform_that_refuses_every_token_is_not_asked_for_ever(studio: Studio) -> None:
    connect(studio, left=timedelta(minutes=100))
    studio.practice.fault("expire_token", match="/x/2/tweets", count=50)
    held = studio.settle(plan_files(studio, "x", (), "Fresh."))
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.TOKEN)
    assert len(studio.practice.requests("/x/2/tweets")) <= 4
