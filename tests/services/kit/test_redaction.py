"""What may be kept, shown and given away: never a token, never an address that is a right in itself."""

import time

import httpx
import pytest

from services.kit import answers
from services.kit.http import send
from services.kit.redaction import HIDDEN, hide, names_secret, redact

SECRET = "kX9-capability-7f3"


@pytest.mark.parametrize(
    "name",
    ["session", "upload_url", "uploadUrl", "upload_session_id", "access_token", "refreshToken", "client_secret", "sig",
     "code", "Location", "upload_id", "resumable_uri", "X-Amz-Signature", "x-goog-upload", "uploadInstructions"],
)  # fmt: skip
def test_a_secret_is_known_by_its_name(name: str) -> None:
    assert names_secret(name)
    assert hide({"data": [{name: SECRET}]}) == {"data": [{name: HIDDEN}]}
    assert hide({name: {"url": SECRET}}) == {name: HIDDEN}


@pytest.mark.parametrize(
    "name", ["id", "container", "publish_id", "media_id", "video", "size", "status_code", "uploaded_at", "message"]
)
def test_what_support_asks_for_stays(name: str) -> None:
    assert hide({name: "17"}) == {name: "17"}


def test_addresses_keep_their_host_and_public_ones_their_path() -> None:
    told = hide({"url": f"https://up.example/{SECRET}?a=1", "message": f"See https://up.example/{SECRET} now",
                 "permalink": f"https://www.instagram.com/p/C1/?sig={SECRET}"})  # fmt: skip
    assert SECRET not in str(told)
    assert told["permalink"] == "https://www.instagram.com/p/C1/"
    assert told["message"] == "See https://up.example/… now"


@pytest.mark.parametrize(
    "text",
    ["https://www.instagram.com/reel/C8x9Yz1aB2cdE3/?igsh=abc",
     "https://www.facebook.com/permalink.php?story_fbid=pfbid02NmLrA9kzXwq8YvT4sJcPdE7hUxG1aBfRnKoViZyMbWt5CjQ3eLuH6gSl&id=1",
     "https://www.facebook.com/acme/posts/pfbid02NmLrA9kzXwq8YvT4sJcPdE7hUxG1aBfRnKoViZyMbWt5CjQ3eLuH6gSl",
     "https://www.tiktok.com/@brand/video/7412345678901234567", "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
     "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678", "https://x.com/a/status/1834567890123456789",
     "Order DE-2026-0001234567-AB was refunded", "post 17895695668004550_17841400008460056",
     "Import 0193f2a0-1111-7abc-8def-0123456789ab failed", "trace 4bf92f3577b34da6a3ce929d0e0e4736",
     "Q4-BlackFriday2026-Carousel-EN-DE-v3.csv was left out", "The session 2026-11-21 was full"],
)  # fmt: skip
def test_what_people_need_is_left_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    "piece", ["://", "://a:b@", "token: ", 'secret="', 'name="token\\', "<token>", "cookie:a;", "@"]
)
def test_hostile_text_takes_time_by_its_length_only(piece: str) -> None:
    took = []
    for length in (8_000, 64_000):
        text = "@ secret token " + piece * (length // len(piece))
        began = time.process_time()
        redact(text)
        took.append(time.process_time() - began)
    assert took[1] < 20 * took[0] + 0.3


def test_endless_values_end() -> None:
    deep: object = "x"
    for _ in range(50):
        deep = [deep] * 2
    assert len(str(hide(deep))) < 20_000
    assert len(hide("x" * 10_000)) <= 300


def _http(body: object, status: int = 200) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(status, json=body)))


def test_answers_are_heard_without_query_token_and_capability() -> None:
    http = _http(
        {"upload_url": f"https://up.example/{SECRET}", "error": {"message": f"bad token {SECRET}-bearer"}}, 400
    )
    with answers.hearing() as heard:
        send(
            http, "POST", f"https://api.example/v1/posts?access_token={SECRET}", writes=True, bearer=f"{SECRET}-bearer"
        )
        send(_http({}), "PUT", f"https://up.example/{SECRET}", writes=True, content=b"bytes")
    send(http, "GET", "https://api.example/later", writes=False)
    assert [one.call for one in heard] == ["POST api.example/v1/posts", "PUT up.example/…"]
    assert SECRET not in str(heard)
    assert '"message": "bad token [hidden]"' in heard[0].body


def test_signing_in_is_never_heard() -> None:
    with answers.hearing() as heard:
        with answers.unheard():
            send(_http({"anything": SECRET}), "POST", "https://api.example/token", writes=True)
        send(_http({"id": "1"}), "GET", "https://api.example/me", writes=False, bearer="b" * 20)
    assert [one.call for one in heard] == ["GET api.example/me"]


def test_what_is_no_json_is_counted_only() -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(502, text=f"<html>{SECRET}")))
    with answers.hearing() as heard:
        send(http, "GET", "https://api.example/", writes=False)
    assert heard[0].body == f"{len(SECRET) + 6} bytes that are no JSON"
