"""What is said before a time is promised: posts in each other's way, and a sign-in that ends before."""

from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from services import accounts, approvals, notifications, publishing
from services.publishing import Reason
from services.publishing.clashes import SAME_HOUR, SAME_TEXT
from tests.makers.publishing import Studio

ZONE = "Europe/Berlin"


def _told(studio: Studio, due_at: datetime, text: str = "Fresh today.") -> list[str]:
    channel_id = studio.channel("facebook")
    with studio.world.web.tx(studio.cast.ana) as tx:
        channel = accounts.channel(tx, channel_id)
        content = approvals.SealedContent(
            platform="facebook", is_practice=True, target=channel.remote_id, text=text, media=()
        )
        return publishing.cautions(tx, [channel], {channel_id: content}, due_at, ZONE)


def _ends(studio: Studio, channel: UUID, at: datetime, *, renews: bool = True) -> None:
    column = "sign_in_ends_at" if renews else "token_expires_at"
    with psycopg.connect(studio.world.addresses.admin, autocommit=True) as connection:
        connection.execute(
            f"update app.channels set {column} = %s, renews = %s, last_success_at = %s where id = %s",
            (at, renews, studio.world.clock.now(), channel),
        )


@pytest.mark.parametrize(
    ("apart", "text", "said"),
    [
        (timedelta(minutes=59), "Other words.", [SAME_HOUR]),
        (timedelta(minutes=60), "Other words.", []),
        (-timedelta(minutes=59), "Fresh today.", [f"{SAME_TEXT} {SAME_HOUR}"]),
        (timedelta(days=13), "Fresh today.", [SAME_TEXT]),
        (timedelta(days=14), "Fresh today.", []),
        (timedelta(days=1), "", []),
    ],
)
def test_a_time_in_another_posts_way_is_warned_of_before_anything_is_planned(
    studio: Studio, apart: timedelta, text: str, said: list[str]
) -> None:
    post = studio.plan_in(48, "facebook")
    assert _told(studio, post.due_at + apart, text) == said


def test_cancelled_posts_are_in_nobodys_way(studio: Studio) -> None:
    post = studio.plan_in(48, "facebook")
    with studio.world.web.tx(studio.cast.ana) as tx:
        publishing.cancel_post(tx, post.id)
    assert _told(studio, post.due_at) == []


@pytest.mark.parametrize("renews", [True, False])
def test_a_sign_in_that_ends_before_the_time_is_warned_of(studio: Studio, renews: bool) -> None:
    now = studio.world.clock.now()
    _ends(studio, studio.channel("facebook"), now + timedelta(hours=3), renews=renews)
    (told,) = _told(studio, now + timedelta(hours=4))
    assert "ends on Mon 23 Nov 2026, 13:00, before this post's time" in told
    assert _told(studio, now + timedelta(hours=2)) == []


@pytest.mark.parametrize("hours", [24, 1])
def test_the_preflight_tells_of_a_sign_in_that_ends_before_the_post(studio: Studio, hours: int) -> None:
    post = studio.plan_in(30, "facebook")
    studio.world.clock.move(hours=30 - hours)
    _ends(studio, post.channel_id, post.due_at - timedelta(minutes=10))
    publishing.preflight(studio.app, studio.cast.acme, post.id)
    now = studio.read(post)
    assert now.reason_class == Reason.TOKEN and "Connect it again before that" in now.reason
    with studio.world.web.tx(studio.cast.ana) as tx:
        assert now.reason in [notice.body for notice in notifications.notices(tx)]
