"""A clip's cover from its seal to the platforms that take one with the post: the picture's own bytes, or the moment."""

from hashlib import sha256
from typing import Any

import pytest

from services import publishing
from services.practice.pinterest.boards import first_board
from services.practice.seeds import ACCOUNTS
from services.practice.tiktok.signin import SCOPES as TIKTOK
from services.publishing import PostState, Reason
from tests.makers.accounts import make_channel
from tests.makers.graph import still
from tests.makers.posted import plan_files
from tests.makers.publishing import Studio

PINTEREST = ("boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read")
SHA256 = sha256(still(1280, 720)).hexdigest()
CHOICES = {
    "instagram": ("clip", {"format": "reel"}),
    "pinterest": ("long clip", {"format": "video", "board": first_board("549755885100000001")}),
    "tiktok": ("clip", {"format": "video", "privacy": "PUBLIC_TO_EVERYONE"}),
}


def plan(studio: Studio, platform: str, cover: str = "", **own: str) -> publishing.Post:
    if platform != "instagram":
        account = next(iter(ACCOUNTS[platform]))
        token = studio.practice.token(platform, PINTEREST if platform == "pinterest" else TIKTOK, account)
        make_channel(studio.world, studio.cast, platform, token=token, remote_id=account)
    file, chosen = CHOICES[platform]
    return plan_files(studio, platform, (file,), "Fresh today.", cover=cover, **(chosen | own))


def told(studio: Studio, post: publishing.Post) -> dict[str, Any]:
    assert studio.settle(post).state is PostState.PUBLISHED
    (made,) = studio.practice.accepted()
    return dict(made["details"])


@pytest.mark.parametrize("platform", ["instagram", "pinterest"])
def test_a_picture_goes_with_the_post_and_wins_over_a_moment(studio: Studio, platform: str) -> None:
    found = told(studio, plan(studio, platform, "wide picture", cover_second="3"))
    assert found["cover"] == SHA256 and not {"thumb_offset", "cover_second"} & set(found)


@pytest.mark.parametrize(
    ("platform", "second", "name", "value"),
    [
        ("instagram", "1.5", "thumb_offset", "1500"),
        ("pinterest", "2", "cover_second", "2"),
        ("tiktok", "0.75", "video_cover_timestamp_ms", "750"),
    ],
)
def test_a_moment_arrives_in_the_platforms_own_unit(
    studio: Studio, platform: str, second: str, name: str, value: str
) -> None:
    assert told(studio, plan(studio, platform, cover_second=second))[name] == value


def test_without_one_the_platform_is_told_none(studio: Studio) -> None:
    assert "video_cover_timestamp_ms" not in told(studio, plan(studio, "tiktok"))


def test_a_cover_that_changed_in_the_store_holds_the_post(studio: Studio) -> None:
    post = plan(studio, "instagram", "wide picture")
    with studio.world.web.tx(studio.cast.ana) as tx:
        cover = publishing.post_detail(tx, post.id).content.cover
    assert cover is not None
    (studio.app.settings.loopdesk_data / "files" / cover.file_key).write_bytes(still(1280, 721))
    held = studio.step(post)
    assert (held.state, held.reason_class) == (PostState.HELD, Reason.SEAL)
    assert studio.practice.accepted() == []
