"""Where a text may break: between words, after hyphens, and inside very long words."""

import itertools
import re
from dataclasses import dataclass

_VOWELS = frozenset("aeiouyäöüáàâéèêëíìîïóòôúùûåøæœAEIOUYÄÖÜÉ")
_TOGETHER = re.compile(r"(tsch|sch|str|[cpts]h|ck|qu|pf|st|sp|[tbgk]r|[pbf]l|.)$")  # consonants spoken as one
# German compounds break before the particle a second word begins with: "Terrassen-überdachung".
_JOINT = re.compile(r"(?<=[a-zäöüß]{4})(?=(?:über|unter|vor|ver|aus|auf|ein|nach|mit|durch|gegen|ent)[a-zäöüß]{4})")
_SHORTEST_PIECE = 4
_UNIT = re.compile(r"(?<=\d) (?=[%€$£¥‰٪°])|(?<=[€$£¥+\u2212-]) (?=\d)")  # "20 %" and "€ 5" stay on one line


@dataclass(frozen=True)
class Token:
    """A piece that stays on one line. `spaced`: a space stands before it when it follows on the same line."""

    text: str
    spaced: bool


def tokens(line: str) -> tuple[Token, ...]:
    """Words of one line; a compound such as "Wasch-Trockner" may also break after its hyphen or slash."""
    out: list[Token] = []
    for word in _UNIT.sub("\u00a0", line).split(" "):
        pieces = [piece for piece in re.split(r"(?<=[^\W\d_][-/\u2013])(?=[^\W\d_]{3})", word) if piece]
        out.extend(Token(piece, spaced=i == 0) for i, piece in enumerate(pieces))
    return tuple(out)


def break_points(word: str) -> tuple[int, ...]:
    """
    Places where a long word may be hyphenated, as offsets, at least four letters from either end.

    Soft hyphens in the text win. Without them the split is by syllable for Latin letters: before the last consonant
    (or cluster spoken as one) between two vowels, which reads well in German, English and the Romance languages.
    Other scripts are never hyphenated.
    """
    soft = tuple(match.start() + 1 for match in re.finditer("\u00ad", word))
    if soft:
        return soft
    if not re.fullmatch(r"[A-Za-zÀ-ɏ]+[.,:;!?…]*", word):
        return ()
    vowels = [i for i, char in enumerate(word) if char in _VOWELS]
    points = []
    for left, right in itertools.pairwise(vowels):
        if right - left < 2:
            continue
        between = word[left + 1 : right].lower()
        cluster = _TOGETHER.search(between)
        points.append(right - (len(cluster.group()) if cluster else 1))
    joints = [match.start() for match in _JOINT.finditer(word)]
    points = sorted({*joints, *(p for p in points if all(abs(p - joint) > 2 for joint in joints))})
    return tuple(p for p in points if _SHORTEST_PIECE <= p <= len(word) - _SHORTEST_PIECE)
