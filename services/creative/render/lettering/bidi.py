"""
Lines of mixed direction: the order in which pieces are drawn, left to right.

Pillow shapes and orders text within one font; a line that needs two fonts has to be ordered here first. This follows
the Unicode Bidirectional Algorithm (UAX #9), rules W1 to W7, N1, N2, I1, I2 and L2 for one paragraph, without
embeddings or paired brackets, which advertising lines do not contain.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from services.creative.render.lettering.faces import Face
from services.creative.render.lettering.glyphs import face_of

_STRONG = {"L", "R", "AL"}
_NUMBERS = {"EN", "AN"}


@dataclass(frozen=True)
class Run:
    """Characters drawn with one font in one direction."""

    text: str
    face: Face
    rtl: bool


def is_rtl(text: str) -> bool:
    """Whether a text reads from right to left: its first strong letter decides (UAX #9, P2 and P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _STRONG:
            return kind != "L"
    return False


def visual_runs(text: str, preferred: Face, base_rtl: bool, *, continues: bool = False) -> tuple[Run, ...]:
    """
    The line cut into runs of one face and one direction, in the order they stand on the page from the left.

    `base_rtl` is the direction of the whole text. `continues`: the line is not its first, so that a number at the
    start of an Arabic line is still one that follows Arabic letters.
    """
    if not text:
        return ()
    faces = _faces(text, preferred)
    levels = _levels(text, 1 if base_rtl else 0, continues)
    pieces: list[tuple[int, Run]] = []
    for (level, face), group in groupby(zip(levels, faces, text, strict=True), key=lambda item: (item[0], item[1])):
        pieces.append((level, Run("".join(char for _, _, char in group), face, level % 2 == 1)))
    return tuple(run for _, run in _reordered(pieces))


def _faces(text: str, preferred: Face) -> list[Face]:
    """A face per character; spaces and silent characters stay with the letter before them."""
    faces: list[Face] = []
    for char in text:
        if char == " " and faces:
            faces.append(faces[-1])
        else:
            faces.append(face_of(char, preferred) or preferred)
    return faces


def _reordered(pieces: list[tuple[int, Run]]) -> list[tuple[int, Run]]:
    """Rule L2: from the highest level down to the lowest odd one, reverse every stretch at that level or above."""
    if not any(level % 2 for level, _ in pieces):
        return pieces
    highest = max(level for level, _ in pieces)
    lowest_odd = min(level for level, _ in pieces if level % 2)
    ordered = list(pieces)
    for level in range(highest, lowest_odd - 1, -1):
        turned: list[tuple[int, Run]] = []
        for within, group in groupby(ordered, key=lambda item: item[0] >= level):
            stretch = list(group)
            turned.extend(reversed(stretch) if within else stretch)
        ordered = turned
    return ordered


def _levels(text: str, base: int, continues: bool) -> list[int]:
    kinds = _neutrals(_weak([unicodedata.bidirectional(char) or "L" for char in text], base, continues), base)
    steps = {"L": (0, 1), "R": (1, 0), "EN": (2, 1), "AN": (2, 1)}  # rules I1 and I2: added at even and odd levels
    return [base + steps[kind][base % 2] for kind in kinds]


def _weak(kinds: list[str], base: int, continues: bool) -> list[str]:
    """Rules W1 to W7: numbers, their signs and separators."""
    start = "R" if base else "L"
    out = list(kinds)
    previous, strong = start, "AL" if base and continues else start
    for i, kind in enumerate(out):
        if kind == "NSM":
            out[i] = previous
        elif kind == "EN" and strong == "AL":
            out[i] = "AN"
        if out[i] in _STRONG:
            strong = out[i]
        previous = out[i]
    for i in range(1, len(out) - 1):
        before, after = out[i - 1], out[i + 1]
        if before == after and ((out[i] == "ES" and before == "EN") or (out[i] == "CS" and before in _NUMBERS)):
            out[i] = before
    out = _signs("R" if kind == "AL" else kind for kind in out)
    strong = start
    for i, kind in enumerate(out):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            out[i] = "L"
    return out


def _signs(kinds: Iterable[str]) -> list[str]:
    """Rules W5 and W6: a percent or currency sign beside a European number belongs to it; the rest is neutral."""
    out = list(kinds)
    i = 0
    while i < len(out):
        end = i
        while end < len(out) and out[end] == "ET":
            end += 1
        if end > i:
            beside = (i > 0 and out[i - 1] == "EN") or (end < len(out) and out[end] == "EN")
            out[i:end] = ["EN" if beside else "ON"] * (end - i)
        i = max(end, i + 1)
    return ["ON" if kind in {"ES", "CS", "ET"} else kind for kind in out]


def _neutrals(kinds: list[str], base: int) -> list[str]:
    """Rules N1 and N2: spaces and punctuation take the direction on both sides, else the line's own."""
    edge = "R" if base else "L"
    out = list(kinds)
    i = 0
    while i < len(out):
        end = i
        while end < len(out) and out[end] not in {"L", "R", "EN", "AN"}:
            end += 1
        if end > i:
            before = edge if i == 0 else ("R" if out[i - 1] in _NUMBERS else out[i - 1])
            after = edge if end == len(out) else ("R" if out[end] in _NUMBERS else out[end])
            out[i:end] = [before if before == after else edge] * (end - i)
        i = max(end, i + 1)
    return out
