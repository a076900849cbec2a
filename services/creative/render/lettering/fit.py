"""
How large a text may be and where its lines end.

Advances are linear in the size for both faces (measured: 15.720 ± 0.004 per em from 17 to 1000 px), so every word is
measured once, at 200 px, and the search over sizes is arithmetic.
"""

from dataclasses import dataclass
from functools import lru_cache

from services.creative.render.lettering.bidi import is_rtl, visual_runs
from services.creative.render.lettering.breaks import Token, break_points, tokens
from services.creative.render.lettering.faces import Style, font

_MEASURED_AT = 200
_BREAK_WHEN_LARGER = 2.2  # a word is hyphenated only if the text gains this much in size; smaller gains look forced

_EVENNESS = 0.6  # how much even lines are worth against size: up to a quarter smaller for a much better block


@dataclass(frozen=True)
class Limits:
    """Room for a text: pixels wide, smallest and largest size in pixels, most lines."""

    width: float
    min_size: int
    max_size: int
    max_lines: int


@dataclass(frozen=True)
class Fitted:
    """A text set in lines. `overflow`: it did not fit at the smallest size, and an ellipsis stands for its end."""

    lines: tuple[str, ...]
    size: int
    overflow: bool = False


@lru_cache(maxsize=20_000)
def advance(text: str, style: Style) -> float:
    """Width of a text as a multiple of its size, kerned and shaped."""
    total = 0.0
    for run in visual_runs(text, style.face, is_rtl(text)):
        measured = font(style, _MEASURED_AT, run.face)
        total += measured.getlength(run.text, direction="rtl" if run.rtl else "ltr")
    return total / _MEASURED_AT


def fit(text: str, style: Style, limits: Limits) -> Fitted:
    """
    The largest setting of a text within its limits, lines balanced to similar lengths.

    Long words are hyphenated when keeping them whole would make the text much smaller. A text that does not fit even
    at `min_size` comes back cut, with `overflow` set: the caller must say so.
    """
    whole = _largest(text, style, limits, hyphenate=False)
    broken = _largest(text, style, limits, hyphenate=True)
    if whole and (broken is None or broken < whole * _BREAK_WHEN_LARGER):
        return _best_looking(text, style, limits, whole, hyphenate=False)
    if broken:
        return _best_looking(text, style, limits, broken, hyphenate=True)
    return _cut(text, style, limits)


def _best_looking(text: str, style: Style, limits: Limits, largest: int, *, hyphenate: bool) -> Fitted:
    """Of the largest size and slightly smaller ones, the setting whose lines fill their block best."""
    sizes = dict.fromkeys(max(limits.min_size, round(largest * share)) for share in (1.0, 0.95, 0.9, 0.85, 0.8, 0.76))
    settings = [Fitted(_balanced(text, style, limits, size, hyphenate=hyphenate), size) for size in sizes]
    return max(settings, key=lambda setting: setting.size * (1 + _EVENNESS * _evenness(setting.lines, style)))


def _evenness(lines: tuple[str, ...], style: Style) -> float:
    """How alike the lines are in length, 0 to 1; the last one may be shorter by a third at no cost."""
    if len(lines) < 2:
        return 1.0
    widths = [advance(line, style) for line in lines]
    widest = max(widths)
    shares = [width / widest for width in widths[:-1]] + [min(1.0, 1.5 * widths[-1] / widest)]
    return float(min(shares) ** 2)


def _largest(text: str, style: Style, limits: Limits, *, hyphenate: bool) -> int | None:
    low, high, best = limits.min_size, limits.max_size, None
    while low <= high:
        size = (low + high) // 2
        lines = _wrap(text, style, limits.width / size, hyphenate=hyphenate)
        if lines is not None and len(lines) <= limits.max_lines:
            best, low = size, size + 1
        else:
            high = size - 1
    return best


def _balanced(text: str, style: Style, limits: Limits, size: int, *, hyphenate: bool) -> tuple[str, ...]:
    """The narrowest setting with the same number of lines: no last line of one short word."""
    full = limits.width / size
    best = _wrap(text, style, full, hyphenate=hyphenate) or ()
    low, high = full * 0.45, full
    for _ in range(8):
        width = (low + high) / 2
        lines = _wrap(text, style, width, hyphenate=False)
        if lines is not None and len(lines) == len(best):
            best, high = lines, width
        else:
            low = width
    return best


def _wrap(text: str, style: Style, width: float, *, hyphenate: bool) -> tuple[str, ...] | None:
    """Lines no wider than `width` (in sizes), or None when a piece is too wide for any line."""
    lines: list[str] = []
    space = advance(" ", style)
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for token in tokens(paragraph):
            length = advance(token.text, style)
            gap = space if line and token.spaced else 0.0
            if used + gap + length <= width:
                line, used = f"{line}{' ' if gap else ''}{token.text}", used + gap + length
                continue
            pieces = [token.text] if length <= width else _hyphenated(token, style, width) if hyphenate else None
            if pieces is None:
                return None
            lines.extend([line] if line else [])
            lines.extend(pieces[:-1])
            line, used = pieces[-1], advance(pieces[-1], style)
        lines.append(line)
    return tuple(lines)


def _hyphenated(token: Token, style: Style, width: float) -> list[str] | None:
    """A long word cut into pieces that fit, None when even a syllable is too wide."""
    word = token.text
    pieces, start = [], 0
    points = break_points(word)
    while advance(word[start:], style) > width:
        fitting = [p for p in points if p > start and advance(f"{word[start:p].rstrip(chr(0xAD))}-", style) <= width]
        if not fitting:
            return None
        pieces.append(f"{word[start : fitting[-1]].rstrip(chr(0xAD))}-")
        start = fitting[-1]
    return [*pieces, word[start:]]


def _cut(text: str, style: Style, limits: Limits) -> Fitted:
    """As much as fits at the smallest size, ending in an ellipsis; never past the limits."""
    size, width = limits.min_size, limits.width / limits.min_size
    low, high = 0, len(text)
    best: tuple[str, ...] = ("…",)
    while low <= high:
        kept = (low + high) // 2
        lines = _wrap(f"{text[:kept].rstrip()}…", style, width, hyphenate=True)
        if lines is not None and len(lines) <= limits.max_lines:
            best, low = lines, kept + 1
        else:
            high = kept - 1
    return Fitted(best, size, overflow=True)
