"""Reels, stories and carousels on practice Instagram."""

import hashlib
from typing import Any

import pytest

from tests.makers.clips import clip_bytes
from tests.makers.practice import INSTAGRAM_ACME
from tests.services.practice.conftest import Platforms, error, picture

GRAPH = "/instagram/v26.0"


def clip(platforms: Platforms, content_type: str = "video/mp4", **changes: Any) -> str:
    """The address of a clip."""
    body = clip_bytes(**changes)
    return platforms.serve(f"{hashlib.sha256(body).hexdigest()[:12]}.mp4", body, content_type)


def made(platforms: Platforms, token: str, **form: Any) -> Any:
    """The answer to creating a container of this form."""
    return platforms.post(f"{GRAPH}/{INSTAGRAM_ACME}/media", token, **form)


def published(platforms: Platforms, token: str, **form: Any) -> dict[str, Any]:
    """What the list of accepted posts says of it."""
    container = made(platforms, token, **form).json()["id"]
    platforms.clock.move(seconds=2)
    assert platforms.publish(token, container).status_code == 200
    return platforms.admin.accepted()[-1]


def item(platforms: Platforms, token: str, **form: Any) -> str:
    chosen = form or {"image_url": platforms.serve("good.jpg", picture())}
    return str(made(platforms, token, is_carousel_item="true", **chosen).json()["id"])


def test_a_reel_is_a_video_with_its_words_and_choices(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    form = {"media_type": "REELS", "caption": "Moving", "share_to_feed": "false", "thumb_offset": "2500"}
    post = published(platforms, token, video_url=clip(platforms), **form)
    assert (post["format"], post["caption"], post["alt_text"]) == ("reel", "Moving", "")
    assert post["details"] == {"share_to_feed": "false", "thumb_offset": "2500"}
    assert post["media"] == [hashlib.sha256(clip_bytes()).hexdigest()]
    seen = platforms.get(f"{GRAPH}/{post['id']}", token, fields="media_type,media_product_type").json()
    assert (seen["media_type"], seen["media_product_type"]) == ("VIDEO", "REELS")
    assert "<video" in platforms.get(f"/instagram/p/{post['shortcode']}").text


@pytest.mark.parametrize(
    ("changes", "content_type"),
    [
        ({"seconds": 2}, "video/mp4"),
        ({"rate": 15}, "video/mp4"),
        ({"codec": "mpeg4"}, "video/mp4"),
        ({"codec": "libvpx", "format": "webm"}, "video/webm"),
        ({"width": 2_000, "height": 64}, "video/mp4"),
        ({}, "application/octet-stream"),
    ],
)
def test_a_video_that_reels_do_not_play_is_refused(
    platforms: Platforms, changes: dict[str, Any], content_type: str
) -> None:
    token = platforms.admin.instagram_token()
    address = clip(platforms, content_type, **changes)
    assert error(made(platforms, token, media_type="REELS", video_url=address)) == (352, 2207026)


def test_what_is_no_video_or_stands_behind_a_redirect_is_refused(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    still = platforms.serve("still.mp4", picture(), "video/mp4")
    assert error(made(platforms, token, media_type="REELS", video_url=still)) == (352, 2207026)
    moved = platforms.serve("moved.mp4", b"", "video/mp4", status=302, location="http://media.example/x.mp4")
    assert error(made(platforms, token, media_type="REELS", video_url=moved)) == (9004, 2207052)
    cut = platforms.serve("cut.mp4", clip_bytes()[:2_000], "video/mp4")
    assert error(made(platforms, token, media_type="STORIES", video_url=cut)) == (352, 2207026)


def test_a_cover_must_be_a_moment_of_the_video_or_a_picture(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    form = {"media_type": "REELS", "video_url": clip(platforms)}
    for offset in ("5001", "soon", "-1"):
        assert error(made(platforms, token, thumb_offset=offset, **form)) == (1, 2207057)
    png = platforms.serve("cover.png", picture(kind="PNG"), "image/png")
    assert error(made(platforms, token, cover_url=png, **form)) == (36001, 2207005)
    upright = platforms.serve("cover.jpg", picture(1080, 1920))
    assert made(platforms, token, cover_url=upright, **form).status_code == 200
    assert error(made(platforms, token, share_to_feed="perhaps", **form)) == (100, None)


def test_a_story_is_a_picture_or_a_video_without_words_for_a_day(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    tall = platforms.serve("tall.jpg", picture(1080, 1920))
    first = published(platforms, token, media_type="STORIES", image_url=tall, caption="not shown")
    second = published(platforms, token, media_type="STORIES", video_url=clip(platforms))
    assert [(post["format"], post["caption"]) for post in (first, second)] == [("story", "")] * 2
    path, fields = f"{GRAPH}/{INSTAGRAM_ACME}/stories", "media_type,media_product_type"
    rows = platforms.get(path, token, fields=fields).json()["data"]
    assert [(row["id"], row["media_type"]) for row in rows] == [(second["id"], "VIDEO"), (first["id"], "IMAGE")]
    assert platforms.get(f"{GRAPH}/{INSTAGRAM_ACME}/media", token).json() == {"data": []}
    figures = platforms.get(f"{GRAPH}/{first['id']}/insights", token, metric="views,reach,shares")
    assert figures.status_code == 200
    assert error(platforms.get(f"{GRAPH}/{first['id']}/insights", token, metric="views,likes")) == (100, None)
    platforms.clock.move(hours=24)
    assert platforms.get(path, token).json() == {"data": []}
    assert error(platforms.get(f"{GRAPH}/{first['id']}", token)) == (100, 33)


def test_a_story_of_over_a_minute_is_refused(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    long = clip(platforms, width=64, height=64, seconds=61, rate=1)
    assert error(made(platforms, token, media_type="STORIES", video_url=long)) == (352, 2207026)
    assert error(made(platforms, token, media_type="STORIES")) == (100, None)


def test_a_carousel_is_its_items_in_order_under_one_caption(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    wide = picture(1080, 1080)
    children = [
        item(platforms, token, image_url=platforms.serve("a.jpg", wide), alt_text="A square", caption="no"),
        item(platforms, token, media_type="VIDEO", video_url=clip(platforms)),
    ]
    platforms.clock.move(seconds=2)
    post = published(platforms, token, media_type="CAROUSEL", children=",".join(children), caption="Both")
    assert (post["format"], post["caption"], post["alt_text"]) == ("carousel", "Both", "A square")
    assert post["media"] == [hashlib.sha256(body).hexdigest() for body in (wide, clip_bytes())]
    seen = platforms.get(f"{GRAPH}/{post['id']}", token, fields="media_type").json()
    assert seen["media_type"] == "CAROUSEL_ALBUM" and len(platforms.admin.accepted()) == 1


def test_a_carousel_has_two_to_ten_items_that_are_ready_and_its_own(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    children = [item(platforms, token) for _ in range(11)]
    alone = platforms.container(token).json()["id"]
    other = platforms.admin.instagram_token(subject="17841400000000002")

    def parent(*ids: str, token: str = token, account: str = INSTAGRAM_ACME) -> Any:
        form = {"media_type": "CAROUSEL", "children": ",".join(ids)}
        return platforms.post(f"{GRAPH}/{account}/media", token, **form)

    assert error(parent(*children[:2])) == (9007, 2207027)
    platforms.clock.move(seconds=2)
    assert error(parent(children[0])) == (100, 2207028)
    assert error(parent(*children)) == (100, 2207028)
    assert error(parent(children[0], alone)) == (100, None)
    assert error(parent(*children[:2], token=other, account="17841400000000002")) == (100, None)
    assert parent(*children[:10]).status_code == 200
    platforms.clock.move(hours=24)
    assert error(parent(*children[:2])) == (-2, 2207020)


def test_an_item_is_not_published_by_itself_and_a_video_item_says_that_it_is_one(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    alone = item(platforms, token)
    platforms.clock.move(seconds=2)
    assert error(platforms.publish(token, alone)) == (100, None)
    address = clip(platforms)
    assert error(made(platforms, token, is_carousel_item="true", video_url=address)) == (100, None)
    reel = made(platforms, token, is_carousel_item="true", media_type="REELS", video_url=address)
    assert error(reel) == (100, 2207023)
    tall = platforms.serve("tall.jpg", picture(1080, 1920))
    assert error(made(platforms, token, is_carousel_item="true", image_url=tall)) == (36003, 2207009)


def test_an_item_whose_processing_failed_makes_no_carousel(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("fail_processing", match="/media", count=1)
    children = [item(platforms, token), item(platforms, token)]
    platforms.clock.move(seconds=2)
    answer = made(platforms, token, media_type="CAROUSEL", children=",".join(children))
    assert error(answer) == (-1, 2207032)
