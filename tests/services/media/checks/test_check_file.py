"""A file is what its bytes say: taken as that, or refused with the reason."""

import io
import struct
import zlib

import pytest
from PIL import Image

from services.media.checks import check_file, plain_name
from services.media.errors import Damaged, Empty, FileRefused, NotMedia, TooLarge
from services.media.models import Kind
from tests.makers.media import fixture, jpeg_bytes, png_bytes


def _saved(form: str, mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, form, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _png_claiming(width: int, height: int) -> bytes:
    """A few bytes that claim to be huge."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content_type", "size"),
    [
        ("hand.jpg", "image/jpeg", (427, 640)),
        ("lizard.png", "image/png", (320, 229)),
        ("friday.mp4", "video/mp4", (640, 480)),
        ("bug_video_640.mp4", "video/mp4", (640, 360)),
        ("flower.webm", "video/webm", (960, 540)),
    ],
)
def test_real_files_are_taken_as_they_are(name: str, content_type: str, size: tuple[int, int]) -> None:
    checked = check_file(name, fixture(name), 10)
    assert (checked.content_type, (checked.width, checked.height), checked.note) == (content_type, size, "")


def test_gif_and_webp_are_taken() -> None:
    for form in ("GIF", "WEBP"):
        checked = check_file(f"a.{form.lower()}", _saved(form), 10)
        assert (checked.kind, checked.content_type) == (Kind.IMAGE, f"image/{form.lower()}")


def test_avif_is_stored_as_jpeg_and_says_so() -> None:
    checked = check_file("b.avif", fixture("balloons-landscape.avif"), 10)
    assert (checked.content_type, checked.extension, checked.width) == ("image/jpeg", "jpg", 1366)
    assert checked.note == "Stored as JPEG picture: platforms take no AVIF."


def test_grey_of_sixteen_bits_keeps_its_shades() -> None:
    out = io.BytesIO()
    Image.new("I;16", (10, 10), 32_896).save(out, "PNG")
    shown = Image.open(io.BytesIO(check_file("x-ray.png", out.getvalue(), 10).data))
    assert shown.convert("RGB").getpixel((5, 5)) in ((127, 127, 127), (128, 128, 128))


def test_a_clip_has_its_length() -> None:
    assert check_file("f.mp4", fixture("friday.mp4"), 10).duration_seconds == pytest.approx(6.2, abs=0.1)
    assert check_file("f.webm", fixture("flower.webm"), 10).duration_seconds == pytest.approx(5.1, abs=0.1)


def test_a_renamed_file_is_taken_for_what_it_is_with_a_note() -> None:
    checked = check_file("photo.png", jpeg_bytes(), 10)
    assert (checked.content_type, checked.extension) == ("image/jpeg", "jpg")
    assert checked.note == "Named .png, but it is a JPEG picture."
    assert check_file("no ending", png_bytes(), 10).note == ""


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive or an Office document"),
        (b"<?xml version='1.0'?><svg onload='alert(1)'>", "an SVG drawing (export it as PNG)"),
        (b"<!DOCTYPE html><script>", "a web page"),
        (b"MZ\x90\0", "a program"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC picture (export it as JPEG)"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska", "a Matroska video (export it as MP4)"),
        (b"#EXTM3U\nhttp://127.0.0.1/secret", "something else"),
        (_saved("BMP"), "a BMP picture (export it as PNG)"),
        (_saved("TIFF"), "a TIFF picture (export it as JPEG)"),
    ],
)
def test_what_is_no_picture_or_clip_is_named_for_what_it_is(data: bytes, what: str) -> None:
    with pytest.raises(NotMedia) as refused:
        check_file("holiday.jpg", data, 10)
    assert refused.value.sentence == f"holiday.jpg is {what}, not a picture or video we can use."


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Empty, match=r"a\.jpg is empty \(0 bytes\)\."):
        check_file("a.jpg", b"", 10)


@pytest.mark.parametrize(
    "name", ["hand.jpg", "lizard.png", "friday.mp4", "bug_video_640.mp4", "flower.webm", "balloons-landscape.avif"]
)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.7])
def test_a_file_cut_short_is_damaged(name: str, share: float) -> None:
    data = fixture(name)
    with pytest.raises(Damaged, match=r"damaged|incomplete"):
        check_file(name, data[: int(len(data) * share)], 10)


def test_bytes_of_noise_after_a_true_beginning_are_damaged() -> None:
    noise = bytes((n * 7919) % 251 for n in range(5000))
    for start in (b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\1\0\0WEBP", b"\0\0\0\x18ftypisom"):
        with pytest.raises(FileRefused):
            check_file("a", start + noise, 10)


def test_a_small_file_that_claims_to_be_huge_is_refused_before_it_is_decoded() -> None:
    for side in (6_325, 30_000, 2_000_000_000):
        with pytest.raises(FileRefused):
            check_file("bomb.png", _png_claiming(side, side), 10)
    with pytest.raises(TooLarge, match="12000 × 12000 pixels; at most 40 million pixels"):
        check_file("bomb.png", _png_claiming(12_000, 12_000), 10)
    with pytest.raises(TooLarge, match="more than 40 million pixels"):
        check_file("bomb.png", _png_claiming(30_000, 30_000), 10)
    with pytest.raises(TooLarge, match="20,000 a side"):
        check_file("bomb.png", _png_claiming(20_001, 10), 10)


def test_a_name_from_outside_is_only_ever_shown() -> None:
    assert plain_name("../../etc/passwd") == "passwd"
    assert plain_name("C:\\x\\a\tb\n.jpg") == "ab.jpg"
    assert plain_name("...") == "..."
    assert plain_name("/") == "unnamed"
    assert len(plain_name("x" * 500)) == 160
