"""What every platform may keep: things, pieces, clips, posts of any format with a public page, tokens."""

import sqlite3
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from services.kit.clock import FixedClock
from services.practice import accepted, clips, codes, images, things, tokens
from services.practice.accepted import Post
from services.practice.main import LOOPBACK
from services.practice.screens import public
from services.practice.seeds import ACCOUNTS
from services.practice.store import Store
from services.practice.world import World
from tests.makers.clips import clip_bytes
from tests.services.practice.conftest import NOW, picture

ACME, BAKERY = tuple(ACCOUNTS["pinterest"])[:2]
GRANT = tokens.Grant("pinterest", ACME, ("read",))


@pytest.fixture
def own(tmp_path: Path) -> World:
    return World(Store(tmp_path / "own.sqlite"), FixedClock(NOW), httpx.Client(), "admin", "app", "s", LOOPBACK)


def test_things_are_kept_by_platform_kind_and_account(own: World) -> None:
    things.put(own, "pinterest", "board", "1", ACME, {"name": "Boots", "pins": 0})
    things.put(own, "pinterest", "upload", "1", BAKERY, {"status": "registered"})
    assert things.change(own, "pinterest", "board", "1", pins=2)["pins"] == 2
    board = things.get(own, "pinterest", "board", "1")
    assert board == {"id": "1", "account": ACME, "created_at": NOW.timestamp(), "name": "Boots", "pins": 2}
    assert things.all_of(own, "pinterest", "board", ACME) == [board]
    assert things.all_of(own, "pinterest", "board", BAKERY) == []
    assert things.get(own, "linkedin", "board", "1") is None
    with pytest.raises(LookupError):
        things.change(own, "pinterest", "board", "2", pins=1)
    with pytest.raises(sqlite3.IntegrityError):
        things.put(own, "pinterest", "board", "1", ACME, {})


def test_pieces_join_in_the_order_of_their_numbers(own: World) -> None:
    for number, body in ((2, b"c"), (0, b"x"), (1, b"b"), (0, b"a")):
        things.put_piece(own, "x", "upload", "7", number, body)
    assert things.joined(own, "x", "upload", "7") == b"abc"
    assert things.joined(own, "x", "upload", "8") == b""
    own.store.empty(keep_tokens=True)
    assert things.joined(own, "x", "upload", "7") == b""


@pytest.mark.parametrize(
    ("codec", "form", "named", "kind"),
    [("libx264", "mp4", "h264", "video/mp4"), ("libx264", "mov", "h264", "video/quicktime")],
)
def test_a_clip_is_measured(codec: str, form: str, named: str, kind: str) -> None:
    clip = clips.measure(clip_bytes(codec=codec, format=form))
    assert (clip.format, clip.codec, clip.width, clip.height, clip.seconds) == (form, named, 320, 480, 5.0)
    assert clip.content_type == kind and clip.ratio == pytest.approx(2 / 3) and clip.audio == ""


def test_what_is_no_clip_or_was_cut_short_is_refused() -> None:
    webm = clip_bytes(codec="libvpx", format="webm")
    assert clips.measure(webm).format == "webm"
    for body in (b"", b"x" * 400, picture(), clip_bytes()[:1_500], webm[: len(webm) // 2]):
        with pytest.raises(clips.NotAClip):
            clips.measure(body)


def test_a_post_of_any_format_has_a_public_page_with_all_of_it(own: World) -> None:
    clip, still = clip_bytes(), picture()
    files = (clips.keep(own, clips.measure(clip), clip), images.keep(own, images.measure(still), still))
    accepted.add(
        own,
        Post(
            id="9",
            platform="pinterest",
            account=ACME,
            caption="<b>Boots</b>",
            image_sha256=files[1],
            created_at=own.now(),
            format="video",
            media=files,
            details={"Board": "<i>Autumn</i>"},
            path="/pinterest/pin/9",
        ),
    )
    (told,) = accepted.report(own)
    assert (told["format"], told["media"], told["details"]) == ("video", files, {"Board": "<i>Autumn</i>"})
    post = accepted.find(own, "9")
    assert post is not None and post.permalink("http://p") == "http://p/pinterest/pin/9"
    with pages(own) as http:
        shown = http.get("/pinterest/pin/9").text
        assert "<video" in shown and "<img" in shown and "&lt;b&gt;Boots" in shown and "&lt;i&gt;Autumn" in shown
        assert "media-src 'self'" in http.get("/pinterest/pin/9").headers["content-security-policy"]
        served = http.get(f"/pinterest/images/{files[0]}")
        assert served.content == clip and served.headers["content-type"] == "video/mp4"
        assert "/pinterest/pin/9" in http.get("/pinterest/practice_acme").text
        assert "Nothing was posted" in http.get("/pinterest/practice_bakery").text
        assert http.get("/pinterest/pin/8").status_code == http.get("/pinterest/nobody").status_code == 404
        assert "Pinterest: Practice Bakery" in http.get("/").text
        accepted.remove(own, "9")
        assert http.get("/pinterest/pin/9").status_code == 404


def test_a_post_of_words_shows_its_words_on_the_account(own: World) -> None:
    words = Post(
        id="1", platform="pinterest", account=ACME, caption="Only words", created_at=0, path="/pinterest/pin/1"
    )
    accepted.add(own, words)
    accepted.add(own, Post(id="2", platform="pinterest", account=ACME, created_at=0, published=False, path="/q"))
    with pages(own) as http:
        shown = http.get("/pinterest/practice_acme").text
        assert "Only words" in shown and "<img" not in shown
    assert accepted.find_by_path(own, "pinterest", "/q") is None
    accepted.add(own, Post(id="3", platform="pinterest", account=ACME, created_at=0, path="/r"))
    assert [post.id for post in accepted.posts_of(own, ACME, limit=9, platform="pinterest")] == ["3", "1"]
    assert accepted.posts_of(own, ACME, limit=9, platform="x") == []
    assert accepted.posts_since(own, ACME, -1, platform="pinterest") == 2


def test_a_token_stands_until_its_time_or_its_retirement(own: World) -> None:
    now = own.now()
    token = tokens.issue_token(own, GRANT, "refresh", expires_at=now + 60)
    assert token.text.startswith("pinr_")
    assert [tokens.standing(token, now), tokens.standing(token, now + 60)] == ["ok", "expired"]
    tokens.retire_token(own, token.text)
    found = tokens.find_token(own, "pinterest", token.text)
    assert found is not None and tokens.standing(found, now) == "retired"
    assert tokens.find_token(own, "x", token.text) is None


def test_a_code_without_a_challenge_wants_no_verifier(own: World) -> None:
    text = codes.issue_code(own, GRANT, "http://127.0.0.1:1/")
    code = codes.take_code(own, "pinterest", text)
    assert code is not None and codes.check_verifier(code, "") and not codes.check_verifier(code, "something")


def test_a_record_of_an_earlier_version_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path)
    old.execute(
        "create table posts (id text primary key, platform text not null, account text not null, photo_id text,"
        " container_id text, shortcode text, caption text not null, alt_text text not null, image_sha256 text not null,"
        " created_at real not null, published integer not null)"
    )
    old.execute("insert into posts values ('1', 'instagram', '17', null, '5', 'abc', 'Hi', '', 'f00', 1.0, 1)")
    old.commit()
    old.close()
    for _ in range(2):
        own = World(Store(path), FixedClock(NOW), httpx.Client(), "", "app", "s", LOOPBACK)
        post = accepted.find(own, "1")
        assert post is not None and (post.caption, post.media, post.details, post.path) == ("Hi", ("f00",), {}, "")
        own.store.close()


def pages(own: World) -> TestClient:
    routes = [
        Route("/", public.front(own)),
        Route("/{platform}/images/{sha256}", public.image(own)),
        Route("/pinterest/pin/{number}", public.post_page(own, "pinterest")),
        Route("/pinterest/{handle}", public.account_page(own, "pinterest")),
    ]
    return TestClient(Starlette(routes=routes), follow_redirects=False)
