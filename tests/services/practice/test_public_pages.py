"""What anybody may look at: accounts, posts, pictures. Captions are hostile."""

import pytest

from services.practice.screens.consent import may_return_to
from tests.makers.practice import PAGE_ACME
from tests.services.practice.conftest import Platforms, picture

HOSTILE = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(2)>\nsecond line'


def test_posts_show_what_was_sent_and_escape_it(platforms: Platforms) -> None:
    platforms.posted(platforms.admin.instagram_token(), caption=HOSTILE, alt_text='"><script>x</script>')
    platforms.photo(platforms.admin.page_token(), caption=HOSTILE, alt_text_custom='"><script>x</script>')
    instagram, facebook = platforms.admin.accepted()
    number = facebook["id"].split("_")[1]
    for path in (f"/instagram/p/{instagram['shortcode']}", f"/facebook/{PAGE_ACME}/posts/{number}"):
        shown = platforms.http.get(path)
        assert "<script" not in shown.text and "<img src=x" not in shown.text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp;" in shown.text
        assert "Practice: posts nowhere" in shown.text and "21 Nov 2026, 10:00 UTC" in shown.text
        assert shown.headers["content-security-policy"].startswith("default-src 'none'")


def test_accounts_show_their_posts_and_pictures(platforms: Platforms) -> None:
    platforms.posted(platforms.admin.instagram_token(), caption=HOSTILE)
    platforms.photo(platforms.admin.page_token(), caption=HOSTILE)
    for path in ("/instagram/practice_acme", f"/facebook/{PAGE_ACME}"):
        shown = platforms.http.get(path).text
        assert "/images/" in shown and "<script" not in shown
    assert "Nothing was posted here yet" in platforms.http.get("/instagram/practice_bakery").text
    sha256 = platforms.admin.accepted()[0]["image_sha256"]
    served = platforms.http.get(f"/instagram/images/{sha256}")
    assert served.content == picture() and served.headers["content-type"] == "image/jpeg"


def test_an_unpublished_photo_has_no_page(platforms: Platforms) -> None:
    platforms.photo(platforms.admin.page_token(), published="false")
    assert platforms.http.get(f"/facebook/{PAGE_ACME}/posts/122000000000001").status_code == 404
    assert "Nothing was posted here yet" in platforms.http.get(f"/facebook/{PAGE_ACME}").text


def test_what_does_not_exist_is_not_found(platforms: Platforms) -> None:
    for path in (
        "/instagram/p/nothing",
        "/instagram/nobody",
        "/instagram/images/0",
        "/facebook/7",
        "/facebook/7/posts/8",
        "/facebook/images/..%2f..%2fetc%2fpasswd",
    ):
        assert platforms.http.get(path).status_code in (400, 404)


def test_the_front_page_lists_every_account(platforms: Platforms) -> None:
    shown = platforms.http.get("/").text
    assert "practice_bakery" in shown and "Practice Acme" in shown


def test_a_sign_in_page_escapes_what_the_address_says(platforms: Platforms) -> None:
    asked = {"client_id": "practice", "redirect_uri": "http://localhost:1/", "response_type": "code"}
    shown = platforms.get("/instagram/oauth/authorize", **asked, scope="<script>alert(1)</script>")
    assert shown.status_code == 400 and "<script" not in shown.text


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8501/oauth", True),
        ("http://localhost:9/x?y=1", True),
        ("http://127.0.0.1.evil.example/", False),
        ("http://localhost:1@evil.example/", False),
        ("http://localhost:1\\@evil.example/", False),
        ("http://localhost:1/#x", False),
        ("javascript:alert(1)", False),
        ("http://[", False),
    ],
)
def test_sign_in_returns_only_to_registered_addresses(address: str, expected: bool) -> None:
    assert may_return_to(address, ("http://127.0.0.1:", "http://localhost:")) is expected
