"""Pictures: decoded whole before anything is stored, upright, without what the camera noted."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from services.media.checks.sniff import AVIF, JPEG, PNG, Format
from services.media.checks.strip import CannotStrip, strip
from services.media.errors import Damaged, TooLarge

MAX_PIXELS = 40_000_000  # one frame; a 9 kB file can claim far more
MAX_PIXELS_OF_ALL_FRAMES = 400_000_000
MAX_SIDE = 20_000

_ORIENTATION = 0x0112  # EXIF 2.32, table 4
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)  # our own limit is lower

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError)


@dataclass(frozen=True)
class Picture:
    """What is stored instead of the bytes that came: upright, stripped. Sides in pixels."""

    data: bytes
    format: Format
    width: int
    height: int
    note: str = ""


def check_picture(name: str, data: bytes, kind: Format) -> Picture:
    """
    Decode every frame, then return what to store.

    :raises TooLarge: more pixels than we decode
    :raises Damaged: it cannot be decoded to its end
    """
    with _opened(name, data) as image:
        turned = image.getexif().get(_ORIENTATION, 1) not in (0, 1)
        if kind == AVIF:
            return _anew(image, "Stored as {}: platforms take no AVIF.")
        if image.mode.startswith("I"):
            return _anew(_eight_bits(image), "Stored with 8 instead of 16 bits a pixel.")
        if image.mode == "CMYK" or (turned and not getattr(image, "is_animated", False)):
            return _anew(image, "")
        try:
            return Picture(strip(data, kind), kind, image.width, image.height)
        except CannotStrip:
            return _anew(image, "Written anew: parts of the file did not follow its format.")


def first_frame(data: bytes) -> Image.Image:
    """The first frame of a stored picture, decoded. :raises Damaged: it can no longer be decoded"""
    with _opened("The stored file", data) as image:
        image.seek(0)
        return image.copy()


def _opened(name: str, data: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
        _measure(name, image, frames)
        for frame in range(frames):
            image.seek(frame)
            image.load()
        image.seek(0)
        image.load()
    except Image.DecompressionBombError as error:
        raise TooLarge(f"{name} has more than {MAX_PIXELS // 1_000_000} million pixels.") from error
    except (*_BROKEN, UnidentifiedImageError) as error:
        raise Damaged(f"{name} is damaged: the picture ends too early or cannot be decoded.") from error
    return image


def _measure(name: str, image: Image.Image, frames: int) -> None:
    pixels = image.width * image.height
    if pixels > MAX_PIXELS or max(image.size) > MAX_SIDE:
        raise TooLarge(
            f"{name} has {image.width} × {image.height} pixels; "
            f"at most {MAX_PIXELS // 1_000_000} million pixels and {MAX_SIDE:,} a side are accepted."
        )
    if pixels * frames > MAX_PIXELS_OF_ALL_FRAMES:
        raise TooLarge(f"{name} has {frames} frames of {image.width} × {image.height} pixels, which is too much.")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits, which most programs would show as plain white."""
    return image.convert("I").point(lambda value: value / 257).convert("L")


def _anew(image: Image.Image, note: str) -> Picture:
    """Write the decoded picture as a new file: upright, RGB, its colour profile kept where it still fits."""
    was_cmyk = image.mode == "CMYK"
    profile = None if was_cmyk else image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    kind = PNG if see_through or image.format == "PNG" else JPEG
    plain = upright.convert("RGBA" if see_through else "RGB")
    clean = Image.new(plain.mode, plain.size)  # a new picture carries no metadata over
    clean.paste(plain)
    out = io.BytesIO()
    if kind is PNG:
        clean.save(out, "PNG", icc_profile=profile)
    else:
        clean.save(out, "JPEG", quality=95, subsampling=0, icc_profile=profile)
    return Picture(out.getvalue(), kind, clean.width, clean.height, note.format(kind.name))
