"""Takes what a camera wrote about people and places out of a picture file, without touching the picture."""

import struct
from collections.abc import Callable, Iterator

from services.media.checks.sniff import GIF, JPEG, PNG, WEBP, Format


class CannotStrip(ValueError):
    """The file's blocks do not follow its format; the picture must be written anew."""


def strip(data: bytes, kind: Format) -> bytes:
    """
    The same picture without EXIF, XMP, IPTC, comments, and without anything after its end.

    Colour profiles and animation stay.

    :raises CannotStrip: the blocks cannot be followed
    """
    try:
        return _BY_FORMAT[kind](data)
    except (IndexError, struct.error) as error:
        raise CannotStrip() from error


def _jpeg(data: bytes) -> bytes:
    """Keeps JFIF, ICC and Adobe's colour note of the application segments (ITU T.81, B.1.1)."""
    out, at = bytearray(data[:2]), 2
    while True:
        if data[at] != 0xFF:
            raise CannotStrip()
        code = data[at + 1]
        if code == 0xFF:  # padding
            at += 1
            continue
        if code == 0xD9:
            return bytes(out + b"\xff\xd9")
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        body = data[at + 4 : end]
        if not _is_private_segment(code, body):
            out += data[at:end]
        at = end
        if code == 0xDA:
            end = _end_of_scan(data, at)
            out += data[at:end]
            at = end


def _is_private_segment(code: int, body: bytes) -> bool:
    if code == 0xFE:
        return True
    kept = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
    return 0xE0 <= code <= 0xEF and not (code in kept and body.startswith(kept[code]))


def _end_of_scan(data: bytes, at: int) -> int:
    """The next real marker: 0xFF followed by neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise CannotStrip()
        code = data[at + 1]
        if code and not 0xD0 <= code <= 0xD7 and code != 0xFF:
            return at
        at += 1 if code == 0xFF else 2


_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP"}
_PNG_KEPT |= {b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"IEND"}


def _png(data: bytes) -> bytes:
    out, at = bytearray(data[:8]), 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise CannotStrip()
        if name in _PNG_KEPT:
            out += data[at:end]
        if name == b"IEND":
            return bytes(out)
        at = end


def _webp(data: bytes) -> bytes:
    """RIFF chunks without EXIF and XMP, and their flags in VP8X cleared (RFC 9649, 2.7)."""
    total = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    out, at = bytearray(), 12
    while at + 8 <= total:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        chunk = bytearray(data[at:end])
        if name == b"VP8X":
            chunk[8] &= ~0x0C & 0xFF
        if name in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            out += chunk
        at = end
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)


def _gif(data: bytes) -> bytes:
    """Blocks without comments, plain text and foreign applications; looping stays (GIF89a, appendix A)."""
    out, at = bytearray(), 13 + _table(data[10])
    out += data[:at]
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            start, at = at, at + 10 + _table(data[at + 9]) + 1
        elif data[at] == 0x21:
            start, at = at, at + 2
        else:
            raise CannotStrip()
        for length in _sub_blocks(data, at):
            at += length
        if data[start] == 0x2C or data[start + 1] == 0xF9 or _loops(data[start:at]):
            out += data[start:at]
    return bytes(out + b";")


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _sub_blocks(data: bytes, at: int) -> Iterator[int]:
    while True:
        length = data[at]
        yield length + 1
        if length == 0:
            return
        at += length + 1


def _loops(block: bytes) -> bool:
    return block[1] == 0xFF and block[3:14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0")


_BY_FORMAT: dict[Format, Callable[[bytes], bytes]] = {JPEG: _jpeg, PNG: _png, WEBP: _webp, GIF: _gif}
