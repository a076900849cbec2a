"""What may be entered for a brand, and what it is stored as."""

import io

import pytest
from PIL import Image

from services import brands


def _picture(kind: str = "PNG", size: tuple[int, int] = (60, 30), **save: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#4B47D1").save(out, kind, **save)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    ("entered", "stored"),
    [
        ("", ""),
        ("example.com", "https://example.com"),
        ("  HTTP://Example.COM/  ", "https://example.com"),
        ("http://example.com:80/a/", "https://example.com/a"),
        ("https://shop.example.com:8443/x?y=1#z", "https://shop.example.com:8443/x?y=1"),
        ("bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_web_address_becomes_https(entered: str, stored: str) -> None:
    assert brands.web_address(entered) == stored


@pytest.mark.parametrize(
    "entered",
    [
        "javascript:alert(1)",
        "ftp://example.com",
        "https://",
        "https://localhost",
        "https://127.0.0.1",
        "https://[::1]/",
        "https://me:secret@example.com",
        "https://exa mple.com",
        "https://example.com\\@evil.example",
        "https://example.com/\x00",
        "https://-bad-.example",
        "https://example.com:99999",
        "x" * 600 + ".com",
    ],
)
def test_anything_else_is_no_web_address(entered: str) -> None:
    with pytest.raises(brands.WebAddressWrong):
        brands.web_address(entered)


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/Argentina/Buenos_Aires", "UTC"])
def test_zones_of_the_list_are_known(zone: str) -> None:
    assert zone in brands.time_zones()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "localtime", "europe/oslo"])
def test_other_zones_are_refused(zone: str) -> None:
    with pytest.raises(brands.TimeZoneWrong):
        brands.checked(brands.BrandFields(name="Acme", time_zone=zone))


def test_colours_are_kept_in_order_each_once_in_capitals() -> None:
    fields = brands.BrandFields(name="Acme", time_zone="UTC", colours=("#ffd9a0", "", " #4b47d1 ", "#FFD9A0"))
    assert brands.checked(fields).colours == ("#FFD9A0", "#4B47D1")


@pytest.mark.parametrize(
    "colours", [("red",), ("#FFF",), ("#12345G",), ("#123456;x",), tuple(f"#00000{n}" for n in range(6))]
)
def test_other_colours_are_refused(colours: tuple[str, ...]) -> None:
    with pytest.raises(brands.ColourWrong):
        brands.checked(brands.BrandFields(name="Acme", time_zone="UTC", colours=colours))


@pytest.mark.parametrize("name", ["", "  ", "\u200b\n", "x" * 81])
def test_a_brand_has_a_name(name: str) -> None:
    with pytest.raises(brands.BrandNameWrong):
        brands.checked(brands.BrandFields(name=name, time_zone="UTC"))


def test_a_logo_becomes_a_small_png_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "where the office is"
    made = brands.logo_png(_picture("JPEG", (2000, 1000), exif=exif.tobytes()))
    with Image.open(io.BytesIO(made)) as logo:
        assert (logo.format, logo.size, logo.mode) == ("PNG", (512, 1024), "RGBA")
        assert not logo.getexif()
    assert b"office" not in made


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ" + bytes(100),
        _picture()[:60],
        _picture("GIF"),
        _picture("PNG", (4001, 10)),
        _picture() + bytes(2 * 1024 * 1024),
    ],
)
def test_what_is_no_readable_picture_is_no_logo(data: bytes) -> None:
    with pytest.raises(brands.LogoWrong):
        brands.logo_png(data)
