"""Which encoding a file is in, and its text without access tokens."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from services.research.errors import UnreadableFile
from services.research.values.texts import TOKEN

BLOCK_BYTES = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_NAMES = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "utf-16": "UTF-16", "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE", "cp1252": "Windows-1252", "latin-1": "Latin-1",
}  # fmt: skip
_OTHER_TYPES = (
    (b"PK\x03\x04", "This is a zip archive or a spreadsheet workbook. Unpack it, or save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "This is an old Excel workbook. Save the sheet as CSV"),
    (b"%PDF", "This is a PDF. Export the table as CSV"),
    (b"\x1f\x8b", "This is a gzip archive. Unpack it"),
    (b"\x89PNG", "This is a picture"),
    (b"\xff\xd8\xff", "This is a picture"),
    (b"GIF8", "This is a picture"),
    (b"RIFF", "This is a media file"),
    (b"\x00\x00\x00", "This is a media file"),
    (b"{\\rtf", "This is a text document. Save the table as CSV"),
)


def encoding_of(stream: BinaryIO) -> str:
    """
    Python's name of the encoding; the whole file is decoded once to be sure. Leaves the stream at its start.

    :raises UnreadableFile: empty, or a picture, archive, workbook or web page
    """
    head = _head(stream)
    for bom, name in _BOMS:
        if head.startswith(bom):
            return _checked(stream, name)
    wide = _wide(head)
    if wide:
        return _checked(stream, wide)
    for name in ("utf-8", "cp1252", "latin-1"):
        if _decodes(stream, name):
            break
    stream.seek(0)
    return name


def spoken(encoding: str) -> str:
    """The encoding as a person knows it."""
    return _NAMES.get(encoding, encoding)


def pieces(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The text in blocks, line ends kept, access tokens taken out."""
    decoder = codecs.getincrementaldecoder(encoding)()
    held = ""
    while block := stream.read(BLOCK_BYTES):
        text = held + decoder.decode(block)
        cut = max(text.rfind(mark) for mark in "\n\", &'") + 1  # no token holds one of these
        if not cut and len(text) < BLOCK_BYTES * 2:
            held = text
            continue
        cut = cut or len(text)
        held = text[cut:]
        yield _clean(text[:cut])
    yield _clean(held)  # half a character at the end of a cut-off file is dropped; its row is found wrong anyway


def lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines, ends kept, as the csv module wants them; leaves the stream open."""
    wrapper = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    try:
        for line in wrapper:  # noqa: UP028  "yield from" would close the stream when the reader stops early
            yield line
    finally:
        wrapper.detach()


def _clean(text: str) -> str:
    return TOKEN.sub(r"\1removed", text) if "access_token" in text else text


def _head(stream: BinaryIO) -> bytes:
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile("This file is empty")
    for magic, sentence in _OTHER_TYPES:
        if head.startswith(magic):
            raise UnreadableFile(sentence)
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|head|body|div)", head, re.IGNORECASE):
        raise UnreadableFile("This is a web page, not an export. Sign-in pages are sometimes saved by mistake")
    return head


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd / half > 0.4 and even / half < 0.1:
        return "utf-16-le"
    if even / half > 0.4 and odd / half < 0.1:
        return "utf-16-be"
    if head.count(0):
        raise UnreadableFile("This is not a text file")
    return ""


def _checked(stream: BinaryIO, encoding: str) -> str:
    if not _decodes(stream, encoding):
        raise UnreadableFile(f"This file says it is {spoken(encoding)}, but is damaged or cut off")
    stream.seek(0)
    return encoding


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while block := stream.read(BLOCK_BYTES):
            decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True
