"""JSON read record by record: an answer of the Ad Library API, a list, or one object per line. Memory stays flat."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from services.research.errors import UnreadableFile
from services.research.reading.tables import BrokenOff

Record = dict[str, Any]
MOST_CHARACTERS = 4 << 20
_SPACE = re.compile(r"[\s,]*")
_LISTS = frozenset({"data", "ads", "results", "items", "posts"})
_ON_THE_WAY = frozenset({"business_discovery", "media", "feed", "ads_archive"})


def json_records(pieces: Iterable[str]) -> Iterator[tuple[int, Record]]:
    """
    The records with their numbers, from 1: the objects of every top-level list, or of the lists named `data` and the
    like inside top-level objects. Objects without such a list are records themselves (one per line).

    :raises BrokenOff: damaged or cut off; the number is that of the record it happens in
    """
    text = _Text(iter(pieces))
    count = 0
    try:
        while (opening := text.peek()) is not None:
            if opening == "[":
                found = _listed(text)
            elif opening == "{":
                found = _answer(text)
            else:
                raise BrokenOff(count + 1, "is not JSON")
            for record in found:
                count += 1
                yield count, record
    except ValueError:
        raise BrokenOff(count + 1, f"is damaged or cut off, near character {text.position:,}") from None


class _Text:
    """A window over the pieces that grows only while one value does not fit into it."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._buffer = ""
        self._at = 0
        self._before = 0
        self._decode = json.JSONDecoder().raw_decode

    @property
    def position(self) -> int:
        return self._before + self._at

    def peek(self) -> str | None:
        """The next character that is neither space nor comma; None at the end."""
        while True:
            self._at = _SPACE.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._grow():
                return None

    def skip(self, mark: str) -> None:
        """:raises ValueError: another character stands here"""
        if self.peek() != mark:
            raise ValueError(mark)
        self._at += 1

    def value(self) -> Any:
        """The next whole value. :raises ValueError: there is none"""
        self.peek()
        while True:
            try:
                found, end = self._decode(self._buffer, self._at)
            except ValueError:
                if len(self._buffer) - self._at > MOST_CHARACTERS or not self._grow():
                    raise
                continue
            if end == len(self._buffer) and not isinstance(found, str | list | dict) and self._grow():
                continue  # a number may go on in the next piece
            self._at = end
            return found

    def _grow(self) -> bool:
        piece = next(self._pieces, None)
        while piece == "":
            piece = next(self._pieces, None)
        if piece is None:
            return False
        self._before += self._at
        self._buffer, self._at = self._buffer[self._at :] + piece, 0
        return True


def _listed(text: _Text) -> Iterator[Record]:
    text.skip("[")
    while (opening := text.peek()) != "]":
        if opening is None:
            raise ValueError("]")
        found = text.value()
        if isinstance(found, dict) and isinstance(found.get("data"), list):
            yield from (item for item in found["data"] if isinstance(item, dict))
        elif isinstance(found, dict):
            yield found
        else:
            raise ValueError("a record")
    text.skip("]")


def _answer(text: _Text) -> Iterator[Record]:
    """One object: its lists are handed out record by record, everything else is read and kept as a record."""
    text.skip("{")
    rest: Record = {}
    handed_out = False
    while (opening := text.peek()) != "}":
        if opening is None:
            raise ValueError("}")
        name = text.value()
        text.skip(":")
        inside = text.peek()
        if name in _LISTS and inside == "[":
            handed_out = True
            yield from _listed(text)
        elif name in _ON_THE_WAY and inside == "{":
            handed_out = True
            yield from _answer(text)
        else:
            rest[str(name)] = text.value()
    text.skip("}")
    if "error" in rest and not handed_out:
        raise UnreadableFile("This is an error answer of the platform, not a list of ads")
    if not handed_out:
        yield rest


def flat(record: Record) -> dict[str, object]:
    """One level of names: `{"shares": {"count": 3}}` is `{"shares.count": 3}`. Lists stay as they are."""
    found: dict[str, object] = {}
    waiting: list[tuple[str, object]] = list(record.items())
    while waiting:
        name, value = waiting.pop(0)
        if isinstance(value, dict) and name.count(".") < 4:
            waiting[:0] = [(f"{name}.{inner}", item) for inner, item in value.items()]
        else:
            found[name] = value
    return found
