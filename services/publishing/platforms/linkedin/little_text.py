"""
LinkedIn's "little text": words in which some characters are markup and must be escaped.

An unescaped parenthesis cuts a post off without an error. Kept as markup are hashtags, `#word`, and mentions in
LinkedIn's own form, `@[Name](urn:li:organization:1)`. Source: little Text Format, September 2026.
"""

import re

RESERVED = frozenset("|{}@[]()<>#\\*_~")
_WORD = r"[^\W_]*[^\W\d_][^\W_]*"  # letters and digits with at least one letter: the grammar's single word
_TAG = rf"(?<![\w#&/])#{_WORD}(?![\w#])"
_URN = r"urn:li:(?:person|organization):[A-Za-z0-9_-]+"
_OURS = re.compile(rf"(?P<mention>@\[(?P<name>[^\[\]\n]+)\]\((?P<urn>{_URN})\))|(?P<tag>{_TAG})|(?P<one>.)", re.S)
_THEIRS = re.compile(
    rf"\\(?P<bare>.)|\{{hashtag\|\\?(?P<sign>[#＃])\|(?P<word>(?:\\.|[^\\}}])*)\}}"
    rf"|@\[(?P<name>(?:\\.|[^\\\]])*)\]\((?P<urn>{_URN})\)|(?P<one>.)",
    re.S,
)


def escape(text: str) -> str:
    """Plain words, with hashtags and mentions, as little text. `plain` undoes it."""
    return _OURS.sub(_to_little, text)


def plain(little: str) -> str:
    """Little text, as we sent it or as LinkedIn tells it, back into what a person wrote."""
    return _THEIRS.sub(_to_plain, little)


def length(text: str) -> int:
    """
    How long LinkedIn takes a text to be: UTF-16 units of the escaped form.

    Whether escapes count is not documented; counting them never lets a text through that is too long.
    """
    return len(escape(text).encode("utf-16-le", "surrogatepass")) // 2


def _to_little(found: re.Match[str]) -> str:
    if found["mention"]:
        return f"@[{_escaped(found['name'])}]({found['urn']})"
    return found["tag"] or _escaped(found["one"])


def _to_plain(found: re.Match[str]) -> str:
    if found["sign"]:
        return "#" + _unescaped(found["word"])
    if found["urn"]:
        return f"@[{_unescaped(found['name'])}]({found['urn']})"
    return found["bare"] or found["one"]


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in RESERVED else one for one in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.S)
