"""What a file is, told by its first bytes. Its name is never believed."""

from collections.abc import Callable
from dataclasses import dataclass

from services.media.models import Kind


@dataclass(frozen=True)
class Format:
    """A format we take. `extension` names the stored file; `endings` are those a person may have given it."""

    name: str
    kind: Kind
    extension: str
    content_type: str
    endings: tuple[str, ...]


JPEG = Format("JPEG picture", Kind.IMAGE, "jpg", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Format("PNG picture", Kind.IMAGE, "png", "image/png", ("png", "apng"))
WEBP = Format("WebP picture", Kind.IMAGE, "webp", "image/webp", ("webp",))
GIF = Format("GIF picture", Kind.IMAGE, "gif", "image/gif", ("gif",))
AVIF = Format("AVIF picture", Kind.IMAGE, "avif", "image/avif", ("avif", "avifs"))
MP4 = Format("MP4 video", Kind.VIDEO, "mp4", "video/mp4", ("mp4", "m4v"))
MOV = Format("QuickTime video", Kind.VIDEO, "mov", "video/quicktime", ("mov", "qt"))
WEBM = Format("WebM video", Kind.VIDEO, "webm", "video/webm", ("webm",))

_Is = Callable[[bytes], bool]
_OTHERS: tuple[tuple[str, _Is], ...] = (
    ("a HEIC picture (export it as JPEG)", lambda d: _brand(d) in (b"heic", b"heix", b"heim", b"hevc", b"mif1")),
    ("a Matroska video (export it as MP4)", lambda d: d.startswith(b"\x1aE\xdf\xa3")),
    ("an AVI video (export it as MP4)", lambda d: d.startswith(b"RIFF") and d[8:12] == b"AVI "),
    ("a TIFF picture (export it as JPEG)", lambda d: d[:4] in (b"II*\0", b"MM\0*")),
    ("a BMP picture (export it as PNG)", lambda d: d.startswith(b"BM")),
    ("a Photoshop file (export it as PNG)", lambda d: d.startswith(b"8BPS")),
    ("a PDF", lambda d: d.startswith(b"%PDF")),
    ("a ZIP archive or an Office document", lambda d: d.startswith(b"PK\x03\x04")),
    ("a program", lambda d: d[:2] == b"MZ" or d[:4] == b"\x7fELF"),
    ("an SVG drawing (export it as PNG)", lambda d: b"<svg" in d[:1000].lower()),
    ("a web page", lambda d: b"<html" in d[:1000].lower() or b"<!doctype html" in d[:1000].lower()),
)


def format_of(data: bytes) -> Format | None:
    """The format by content, or None where it is none we take."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"\x1aE\xdf\xa3"):
        return WEBM if b"\x42\x82\x84webm" in data[:64] else None
    return _by_brand(_brand(data))


def other_name(data: bytes) -> str:
    """What a refused file is, in words; "something else" where that cannot be told."""
    return next((name for name, fits in _OTHERS if fits(data)), "something else")


def _brand(data: bytes) -> bytes:
    """The major brand of the ISO family (ISO/IEC 14496-12, 4.3), empty for any other file."""
    return data[8:12] if data[4:8] == b"ftyp" else b""


def _by_brand(brand: bytes) -> Format | None:
    if brand in (b"avif", b"avis"):
        return AVIF
    if brand == b"qt  ":
        return MOV
    if brand[:3] in (b"iso", b"mp4", b"avc", b"M4V", b"das", b"MSN", b"3gp") or brand in (b"f4v ", b"mmp4"):
        return MP4
    return None
