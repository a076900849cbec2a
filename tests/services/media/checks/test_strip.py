"""What a camera noted is gone from what is stored; the picture itself is the same to the last pixel."""

import io
import struct
from functools import cache

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from services.media.checks import check_file
from tests.makers.media import fixture

SECRET = b"59.9139N 10.7522E"


def _noted(form: str, *, orientation: int = 1, frames: int = 1) -> bytes:
    """A picture with place and author in every way its format knows."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    images = [_gradient(n) for n in range(frames)]
    how: dict[str, object] = {"exif": exif.tobytes(), "icc_profile": _profile()}
    if form == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", SECRET.decode())
        notes.add_itxt("XML:com.adobe.xmp", SECRET.decode())
        how["pnginfo"] = notes
    elif form in ("JPEG", "WEBP"):
        how["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if form in ("JPEG", "GIF"):
        how["comment"] = SECRET
    if frames > 1:
        how |= {"save_all": True, "append_images": images[1:], "loop": 3, "duration": 40}
    out = io.BytesIO()
    images[0].save(out, form, **how)  # type: ignore[arg-type]
    return out.getvalue()


def _gradient(shift: int = 0) -> Image.Image:
    image = Image.new("RGB", (48, 32))
    image.putdata([(x * 5, y * 7, (x * y + shift * 40) % 256) for y in range(32) for x in range(48)])
    return image


@cache  # it holds the second it was made in
def _profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_notes_are_gone_and_the_pixels_are_the_same(form: str) -> None:
    data = _noted(form)
    stored = check_file("a", data, 10).data
    assert SECRET in data and SECRET not in stored
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(stored))
    assert dict(after.getexif()) == {} and "xmp" not in after.info and "comment" not in after.info
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_colour_profile_stays(form: str) -> None:
    stored = check_file("a", _noted(form), 10).data
    assert Image.open(io.BytesIO(stored)).info["icc_profile"] == _profile()


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_keeps_its_frames(form: str) -> None:
    data = _noted(form, frames=4)
    before, after = (Image.open(io.BytesIO(one)) for one in (data, check_file("a", data, 10).data))
    assert after.n_frames == 4 and after.info.get("loop") == before.info.get("loop")  # type: ignore[attr-defined]
    for frame in range(4):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


def test_a_progressive_jpeg_keeps_all_its_scans() -> None:
    out = io.BytesIO()
    _gradient().resize((400, 300)).save(out, "JPEG", progressive=True, comment=SECRET, quality=93)
    stored = check_file("a.jpg", out.getvalue(), 10).data
    assert SECRET not in stored
    assert Image.open(io.BytesIO(stored)).tobytes() == Image.open(io.BytesIO(out.getvalue())).tobytes()


def test_a_picture_lying_on_its_side_is_stored_upright() -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        checked = check_file("a", _noted(form, orientation=6), 10)
        shown = Image.open(io.BytesIO(checked.data))
        assert (checked.width, checked.height) == shown.size == (32, 48)
        assert dict(shown.getexif()) == {} and SECRET not in checked.data


def test_what_follows_the_end_of_a_picture_is_cut_off() -> None:
    hidden = b"<script>alert(1)</script>" + b"\0" * 50
    for form in ("JPEG", "PNG", "WEBP", "GIF"):
        data = _noted(form)
        stored = check_file("a", data + hidden, 10).data
        assert b"script" not in stored and stored == check_file("a", data, 10).data


def test_a_print_picture_is_stored_in_screen_colours() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (30, 20), (0, 200, 200, 0)).save(out, "JPEG")
    assert Image.open(io.BytesIO(check_file("a.jpg", out.getvalue(), 10).data)).mode == "RGB"


def test_the_place_a_clip_was_filmed_at_is_gone_and_the_clip_still_plays() -> None:
    data = fixture("bug_video_640.mp4")
    body = struct.pack(">I4s", 8 + 4 + len(SECRET), b"\xa9xyz") + struct.pack(">HH", len(SECRET), 0) + SECRET
    note = struct.pack(">I4s", 8 + len(body), b"udta") + body
    at = data.rindex(b"moov") - 4
    (size,) = struct.unpack_from(">I", data, at)
    end = at + size
    assert end == len(data) or data.index(b"mdat") < at, "offsets of samples must not move in this test"
    noted = data[:at] + struct.pack(">I", size + len(note)) + data[at + 4 : end] + note + data[end:]
    checked = check_file("a.mp4", noted, 10)
    assert SECRET in noted and SECRET not in checked.data
    assert len(checked.data) == len(noted) and checked.duration_seconds == pytest.approx(6.77, abs=0.05)
