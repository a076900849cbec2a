"""Which characters our faces can draw, read from the fonts' own tables, so that no box is ever drawn for a letter."""

import struct
import unicodedata
from functools import lru_cache

from services.creative.render.lettering.faces import FOLDER, Face

# Selectors, joiners and marks that draw nothing; explicit direction overrides are dropped since they can disguise text.
_OVERRIDES = frozenset(range(0x202A, 0x202F)) | frozenset(range(0x2066, 0x206A))
_SILENT = frozenset({0x00AD, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF}) | frozenset(
    range(0xFE00, 0xFE10)
)
_ORDER = {Face.INTER: (Face.INTER, Face.ARABIC), Face.ARABIC: (Face.ARABIC, Face.INTER)}


@lru_cache(maxsize=4)
def coverage(face: Face) -> frozenset[int]:
    """
    The code points a face draws, from its `cmap` format 12 table (OpenType 1.9, "cmap").

    :raises ValueError: the font file has no format 12 table
    """
    raw = (FOLDER / face.value).read_bytes()
    tables = {
        raw[12 + 16 * i : 16 + 16 * i]: struct.unpack(">I", raw[20 + 16 * i : 24 + 16 * i])[0]
        for i in range(struct.unpack(">H", raw[4:6])[0])
    }
    start = tables[b"cmap"]
    for i in range(struct.unpack(">H", raw[start + 2 : start + 4])[0]):
        at = start + struct.unpack(">I", raw[start + 8 + 8 * i : start + 12 + 8 * i])[0]
        if struct.unpack(">H", raw[at : at + 2])[0] == 12:
            groups = struct.unpack(">I", raw[at + 12 : at + 16])[0]
            ranges = struct.iter_unpack(">III", raw[at + 16 : at + 16 + 12 * groups])
            return frozenset(point for first, last, _ in ranges for point in range(first, last + 1))
    raise ValueError(f"{face.value} has no format 12 cmap")


def face_of(char: str, preferred: Face) -> Face | None:
    """The face that draws a character, the preferred one first; None when neither can."""
    point = ord(char)
    if point in _SILENT:
        return preferred
    for face in _ORDER[preferred]:
        if point in coverage(face):
            return face
    return None


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Characters neither face can draw (emoji, other scripts), in order of appearance, each once."""
    kept = (char for char in _normal(text) if not char.isspace())
    return tuple(dict.fromkeys(char for char in kept if face_of(char, Face.INTER) is None))


def clean(text: str) -> str:
    """
    The text as it will be drawn: composed, single spaces, line breaks kept, undrawable characters left out.

    What was left out is reported by `missing_glyphs`.
    """
    drawable = "".join(char for char in _normal(text) if char == "\n" or face_of(char, Face.INTER) is not None)
    lines = (" ".join(line.split(" ")).strip(" ") for line in drawable.split("\n"))
    squeezed = (" ".join(part for part in line.split(" ") if part) for line in lines)
    return "\n".join(line for line in squeezed if line.strip("\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))


def _normal(text: str) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        char
        for char in composed
        if char == "\n" or (ord(char) not in _OVERRIDES and unicodedata.category(char) not in {"Cc", "Cs"})
    )
