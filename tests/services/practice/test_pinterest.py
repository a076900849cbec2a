"""Practice Pinterest as its sheet says: boards, picture pins, refusals, what is left of the rate."""

import base64
from typing import Any

import httpx
import pytest

from services.practice.pinterest.boards import first_board
from services.practice.seeds import ACCOUNTS
from tests.services.practice.conftest import Platforms, picture

ACME, BAKERY = tuple(ACCOUNTS["pinterest"])
SCOPES = ("boards:read", "boards:write", "pins:read", "pins:write", "user_accounts:read")
V5 = "/pinterest/v5"


def token(platforms: Platforms, *scopes: str, subject: str = ACME, **terms: Any) -> str:
    return platforms.admin.token("pinterest", scopes or SCOPES, subject, **terms)


def refusal(answer: httpx.Response) -> tuple[int, int]:
    body = answer.json()
    assert body.keys() == {"code", "message"} and body["message"]
    return answer.status_code, body["code"]


def source(body: bytes | None = None, kind: str = "image/jpeg") -> dict[str, str]:
    data = base64.b64encode(picture() if body is None else body).decode()
    return {"source_type": "image_base64", "content_type": kind, "data": data}


def pin(platforms: Platforms, secret: str, **changes: Any) -> httpx.Response:
    body = {"board_id": first_board(ACME), "title": "Boots", "description": "Warm", "media_source": source(), **changes}
    return platforms.http.post(f"{V5}/pins", json=body, headers={"Authorization": f"Bearer {secret}"})


def test_a_picture_pin_is_public_as_soon_as_it_is_answered(platforms: Platforms) -> None:
    secret = token(platforms)
    link = "https://shop.example/b?utm_content=p_81f"
    made = pin(platforms, secret, link=link, alt_text="Brown boots")
    assert made.status_code == 201
    told = made.json()
    assert (told["created_at"], told["link"], told["media"]) == ("2026-11-21T10:00:00", link, {"media_type": "image"})
    (post,) = platforms.admin.accepted("pinterest")
    assert (post["caption"], post["alt_text"], post["format"]) == ("Warm", "Brown boots", "image")
    assert post["details"] == {"board": first_board(ACME), "title": "Boots", "link": link}
    assert platforms.http.get(f"/pinterest/images/{post['media'][0]}").content == picture()
    assert "Boots" in platforms.http.get(f"/pinterest/pin/{told['id']}/").text
    assert told["id"] in platforms.http.get("/pinterest/practice_acme").text


def test_pins_are_listed_newest_first_and_can_be_taken_away(platforms: Platforms) -> None:
    secret = token(platforms)
    first, second = (pin(platforms, secret, title=str(n)).json()["id"] for n in range(2))
    other = pin(platforms, secret, board_id=first_board(ACME, 1)).json()["id"]
    page = platforms.get(f"{V5}/boards/{first_board(ACME)}/pins", secret, page_size=1).json()
    assert [row["id"] for row in page["items"]] == [second]
    rest = platforms.get(f"{V5}/boards/{first_board(ACME)}/pins", secret, bookmark=page["bookmark"]).json()
    assert ([row["id"] for row in rest["items"]], rest["bookmark"]) == ([first], None)
    assert [row["id"] for row in platforms.get(f"{V5}/pins", secret).json()["items"]] == [other, second, first]
    assert refusal(platforms.get(f"{V5}/pins/{first}", token(platforms, subject=BAKERY))) == (404, 50)
    gone = platforms.http.delete(f"{V5}/pins/{first}", headers={"Authorization": f"Bearer {secret}"})
    assert gone.status_code == 204 and refusal(platforms.get(f"{V5}/pins/{first}", secret)) == (404, 50)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "x" * 101}, (400, 1)),
        ({"description": "x" * 801}, (400, 1)),
        ({"alt_text": "x" * 501}, (400, 1)),
        ({"link": "https://a.example/" + "x" * 2_048}, (400, 1)),
        ({"link": "javascript:alert(1)"}, (400, 1)),
        ({"title": 7}, (400, 1)),
        ({"board_id": ""}, (400, 1)),
        ({"board_id": "boots"}, (400, 1)),
        ({"board_id": "123"}, (404, 40)),
        ({"board_id": first_board(BAKERY)}, (404, 40)),
        ({"media_source": None}, (400, 1)),
        ({"media_source": {"source_type": "pin_url"}}, (400, 1)),
        ({"media_source": source(b"no picture")}, (400, 1)),
        ({"media_source": source(kind="image/webp")}, (400, 1)),
        ({"media_source": source(kind="image/png")}, (400, 1)),
        ({"media_source": source() | {"data": "%"}}, (400, 1)),
        ({"media_source": source(b"\0" * (20 * 1024 * 1024 + 1))}, (400, 1)),
        ({"media_source": {"source_type": "image_url", "url": "http://media.example/none.jpg"}}, (400, 1)),
        ({"media_source": {"source_type": "video_id", "media_id": "1"}}, (404, 50)),
    ],
)
def test_what_does_not_fit_is_refused(platforms: Platforms, changes: dict[str, Any], expected: tuple[int, int]) -> None:
    assert refusal(pin(platforms, token(platforms), **changes)) == expected
    assert platforms.admin.accepted() == []


def test_a_picture_may_be_fetched(platforms: Platforms) -> None:
    address = platforms.serve("boots.png", picture(kind="PNG"), "image/png")
    assert (
        pin(platforms, token(platforms), media_source={"source_type": "image_url", "url": address}).status_code == 201
    )


def test_each_call_wants_a_living_token_and_its_scopes(platforms: Platforms) -> None:
    for secret in ("", "made-up", token(platforms, kind="refresh"), token(platforms, expires_in=0)):
        assert refusal(platforms.get(f"{V5}/boards", secret)) == (401, 2)
    assert refusal(pin(platforms, token(platforms, "boards:read", "pins:read", "pins:write"))) == (401, 3)
    assert refusal(platforms.get(f"{V5}/user_account", token(platforms, "pins:read"))) == (401, 3)
    assert refusal(platforms.get("/pinterest/v5/nonsense", token(platforms))) == (404, 0)


def test_boards_are_listed_made_and_secret_only_with_the_right_to_see_them(platforms: Platforms) -> None:
    secret = token(platforms)
    headers = {"Authorization": f"Bearer {secret}"}
    made = platforms.http.post(f"{V5}/boards", json={"name": "Winter"}, headers=headers).json()
    assert refusal(platforms.http.post(f"{V5}/boards", json={"name": "Winter"}, headers=headers)) == (409, 58)
    assert refusal(platforms.http.post(f"{V5}/boards", json={}, headers=headers)) == (400, 1)
    wrong = {"name": "Spring", "privacy": "HIDDEN"}
    assert refusal(platforms.http.post(f"{V5}/boards", json=wrong, headers=headers)) == (400, 1)
    names = [board["name"] for board in platforms.get(f"{V5}/boards", secret).json()["items"]]
    assert names == ["Autumn", "Behind the scenes", "Winter"]
    seeing = token(platforms, "boards:read", "boards:read_secret")
    assert "Plans" in platforms.get(f"{V5}/boards", seeing).text
    assert pin(platforms, secret, board_id=made["id"]).status_code == 201
    assert refusal(platforms.get(f"{V5}/boards", secret, page_size=251)) == (400, 1)


def test_the_rate_limit_is_told_on_every_answer_and_ends_with_the_minute(platforms: Platforms) -> None:
    platforms.admin.settings(pinterest_writes_per_minute=2)
    secret = token(platforms)
    left = [pin(platforms, secret).headers["x-ratelimit-remaining"] for _ in range(2)]
    assert left == ["1", "0"]
    refused = pin(platforms, secret)
    assert refusal(refused) == (429, 8) and refused.headers["x-ratelimit-limit"].startswith("2, 2;w=60;")
    assert platforms.get(f"{V5}/boards", secret).headers["x-ratelimit-reset"] == "60"
    platforms.clock.move(seconds=61)
    assert pin(platforms, secret).status_code == 201
    platforms.admin.fault("quota", count=1)
    assert refusal(pin(platforms, secret)) == (429, 8)
    assert pin(platforms, secret).status_code == 201


def test_an_app_on_trial_makes_no_pins(platforms: Platforms) -> None:
    platforms.admin.settings(pinterest_trial=1)
    assert refusal(pin(platforms, token(platforms))) == (403, 29)
