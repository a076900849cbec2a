"""Containers and their publication on practice Instagram."""

import hashlib

import pytest

from tests.makers.practice import INSTAGRAM_ACME
from tests.services.practice.conftest import Platforms, error, picture

STATUS = "id,status_code,status"


def status(platforms: Platforms, token: str, container: str) -> str:
    return str(platforms.get(f"/instagram/v26.0/{container}", token, fields=STATUS).json()["status_code"])


def test_a_container_is_processed_then_published_and_shows_what_was_sent(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    made = platforms.container(token, caption="New drop #shoes", alt_text="Two shoes")
    container = made.json()["id"]
    assert status(platforms, token, container) == "IN_PROGRESS"
    platforms.clock.move(seconds=1)
    assert status(platforms, token, container) == "FINISHED"
    media = platforms.publish(token, container).json()["id"]
    assert status(platforms, token, container) == "PUBLISHED"
    fields = "id,permalink,shortcode,timestamp,caption,media_type,media_product_type,like_count,comments_count"
    seen = platforms.get(f"/instagram/v26.0/{media}", token, fields=fields).json()
    assert seen["caption"] == "New drop #shoes" and seen["timestamp"] == "2026-11-21T10:00:01+0000"
    assert seen["permalink"] == f"http://practice.example/instagram/p/{seen['shortcode']}"
    (accepted,) = platforms.admin.accepted()
    assert accepted["container_id"] == container and accepted["alt_text"] == "Two shoes"
    assert accepted["image_sha256"] == hashlib.sha256(picture()).hexdigest()


def test_a_container_cannot_be_published_before_it_is_ready(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    container = platforms.container(token).json()["id"]
    assert error(platforms.publish(token, container)) == (9007, 2207027)
    assert platforms.admin.accepted() == []


def test_a_container_is_published_once(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    container = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    assert platforms.publish(token, container).status_code == 200
    assert error(platforms.publish(token, container)) == (24, 2207006)
    assert len(platforms.admin.accepted()) == 1


def test_a_container_expires_after_a_day(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    container = platforms.container(token).json()["id"]
    platforms.clock.move(hours=24)
    assert status(platforms, token, container) == "EXPIRED"
    assert error(platforms.publish(token, container)) == (-2, 2207020)


def test_a_container_whose_processing_failed_says_so_and_is_not_published(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("fail_processing", subcode=2207077, count=1)
    container = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    seen = platforms.get(f"/instagram/v26.0/{container}", token, fields=STATUS).json()
    assert seen["status_code"] == "ERROR"
    assert seen["status"] == "Error: Media upload has failed with error code 2207077"
    assert error(platforms.publish(token, container)) == (-1, 2207032)


def test_slow_processing_takes_as_long_as_the_fault_says(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.fault("slow_processing", seconds=120, count=1)
    container = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=119)
    assert status(platforms, token, container) == "IN_PROGRESS"
    platforms.clock.move(seconds=1)
    assert status(platforms, token, container) == "FINISHED"


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (picture(kind="PNG"), "image/png", (36001, 2207005)),
        (picture(), "image/png", (36001, 2207005)),
        (picture()[:900], "image/jpeg", (36001, 2207005)),
        (b"<html>", "image/jpeg", (36001, 2207005)),
        (picture() + bytes(8 * 1024 * 1024), "image/jpeg", (36000, 2207004)),
        (picture(1080, 1920), "image/jpeg", (36003, 2207009)),
        (picture(1200, 600), "image/jpeg", (36003, 2207009)),
        (picture(319, 319), "image/jpeg", (36003, 2207009)),
    ],
)
def test_a_picture_that_instagram_refuses_is_refused(
    platforms: Platforms, body: bytes, content_type: str, expected: tuple[int, int]
) -> None:
    address = platforms.serve("bad", body, content_type)
    assert error(platforms.container(platforms.admin.instagram_token(), image_url=address)) == expected


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1350), (1200, 628), (320, 320)])
def test_the_usual_sizes_are_taken(platforms: Platforms, size: tuple[int, int]) -> None:
    address = platforms.serve("good", picture(*size))
    assert platforms.container(platforms.admin.instagram_token(), image_url=address).status_code == 200


def test_an_address_that_redirects_or_is_gone_is_not_fetched(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    moved = platforms.serve("moved", b"", status=302, location=platforms.serve("there", picture()))
    for address in (moved, "http://media.example/gone", "ftp://media.example/x", "http://["):
        assert error(platforms.container(token, image_url=address)) == (9004, 2207052)


@pytest.mark.parametrize("caption", ["x" * 2201, "#a" + " #b" * 30, "@a" + " @b" * 20])
def test_a_caption_over_the_limits_is_refused(platforms: Platforms, caption: str) -> None:
    assert error(platforms.container(platforms.admin.instagram_token(), caption=caption)) == (36004, 2207010)


def test_a_caption_at_the_limits_is_taken(platforms: Platforms) -> None:
    caption = " ".join(["#tag"] * 30 + ["@somebody"] * 20).ljust(2200, ".")
    assert platforms.container(platforms.admin.instagram_token(), caption=caption).status_code == 200


def test_what_is_missing_or_not_practised_is_refused_with_100(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    assert error(platforms.container(token, image_url="")) == (100, None)
    assert error(platforms.container(token, media_type="VIDEO")) == (100, 2207023)
    assert error(platforms.container(token, media_type="REELS")) == (100, None)
    assert error(platforms.container(token, alt_text="x" * 1001)) == (100, None)
    assert error(platforms.publish(token, "")) == (100, None)


def test_the_quota_is_told_and_enforced_at_publication(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.settings(quota_total=1)
    platforms.posted(token)
    path = f"/instagram/v26.0/{INSTAGRAM_ACME}/content_publishing_limit"
    told = platforms.get(path, token, fields="quota_usage,config").json()
    assert told == {"data": [{"quota_usage": 1, "config": {"quota_total": 1, "quota_duration": 86400}}]}
    second = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    assert error(platforms.publish(token, second)) == (9, 2207042)
    platforms.clock.move(hours=23, minutes=59, seconds=58)
    third = platforms.container(token).json()["id"]
    platforms.clock.move(seconds=2)
    assert platforms.publish(token, third).status_code == 200


def test_only_so_many_containers_are_made_in_a_day(platforms: Platforms) -> None:
    token = platforms.admin.instagram_token()
    platforms.admin.settings(containers_total=2)
    assert platforms.container(token).status_code == platforms.container(token).status_code == 200
    assert error(platforms.container(token)) == (4, None)
