"""
How X reads a text: its weighted length, its links, and the parts of a thread. All pure.

Rules: counting characters, configuration 3 (280 in all, links 23, emoji 2, the ranges below 1, everything else 2), on
the NFC form. Links: with a scheme, or a bare name under a known top-level domain ("foo.jp" is one). Source: X developer
documentation of 22 Aug 2026.
"""

import re
import unicodedata
from pathlib import Path

TEXT_MAX = 280
LINK_LENGTH = 23

_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))  # code points that count 1
_LINK_MOST = 4096
_LABEL_MOST = 63

_DOMAINS = sorted(
    (Path(__file__).with_name("x_domains.txt").read_text("utf-8").partition("\n")[2]).split(), key=len, reverse=True
)
_TOP = f"(?:{'|'.join(map(re.escape, _DOMAINS))}|xn--[-0-9a-z]+)(?=[^0-9a-zA-Z@+-]|$)"
_ACCENT = "À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʻ\u0300-\u036fḀ-ỿ"
_NAME = r"[^\s!'#%&()*+,\\\-./:;<=>?@\[\]^_{|}~$\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\ufeff\uffff]"
_PATH_ANY = rf"[a-z0-9!*';:=+,.$/%#\[\]\-–_~@|&Ѐ-ӿ{_ACCENT}]"
_PATH_END = rf"[a-z0-9=_#/+\-Ѐ-ӿ{_ACCENT}]"
_PARENS = rf"\((?:{_PATH_ANY}+|{_PATH_ANY}*\({_PATH_ANY}+\){_PATH_ANY}*)\)"
_PATH = rf"(?:{_PATH_ANY}*(?:{_PARENS}{_PATH_ANY}*)*(?:{_PATH_END}|{_PARENS})|@{_PATH_ANY}+/)"
_QUERY = r"[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"
_TAIL = rf"(?::[0-9]+)?(?:/{_PATH}*)?(?:\?{_QUERY})?"
_UPPER_NAME = rf"(?:{_NAME}(?:(?:[_-]|{_NAME})*{_NAME})?\.)*"
_OWN_NAME = rf"{_NAME}(?:(?:-|{_NAME})*{_NAME})?\."
_ASCII = f"[a-z0-9{_ACCENT}]"
_LINK = re.compile(
    rf"(?<![A-Za-z0-9@＠$#＃])https?://(?:(?P<short>t\.co)/(?:[a-z0-9]{{1,40}}(?![a-z0-9])(?:\?{_QUERY})?)"
    rf"|(?!t\.co/)(?P<full>{_UPPER_NAME}{_OWN_NAME}{_TOP}){_TAIL})"
    rf"|(?<![A-Za-z0-9@＠$#＃_./\-{_ACCENT}])(?P<bare>(?:{_ASCII}(?:[-a-z0-9{_ACCENT}]*{_ASCII})?\.)+{_TOP}){_TAIL}",
    re.IGNORECASE,
)

_PICTURE = (
    "‼⁉™ℹ↔-↪⌚-⏿Ⓜ▪-➿⤴⤵⬅-⭕〰〽㊗㊙\U0001f004\U0001f0cf\U0001f170-\U0001f19a\U0001f201-\U0001f251\U0001f300-\U0001faff"
)
_TONED = (  # people and hands, which take a skin tone
    "☝⛹✊-✍\U0001f385\U0001f3c2-\U0001f3cc\U0001f442-\U0001f4aa\U0001f574-\U0001f590\U0001f595\U0001f596"
    "\U0001f645-\U0001f64f\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6c0\U0001f6cc\U0001f90c-\U0001f93e\U0001f977"
    "\U0001f9b5-\U0001f9dd\U0001fac3-\U0001faf8"
)
_ONE = f"(?:[{_TONED}]\ufe0f?[\U0001f3fb-\U0001f3ff]|[{_PICTURE}]\ufe0f?)"
_EMOJI = re.compile(
    "[#*0-9]\ufe0f?\u20e3|[©®]\ufe0f|[\U0001f1e6-\U0001f1ff]{2}"
    "|\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]+\U000e007f"
    f"|{_ONE}(?:\u200d{_ONE})*"
)
_BETWEEN_PARTS = re.compile(r"^---\r?$", re.MULTILINE)


def weighted_length(text: str) -> int:
    """How much of the 280 this takes."""
    text = unicodedata.normalize("NFC", text)
    total, end = 0, 0
    for start, stop in link_spans(text):
        total += _plain_length(text[end:start]) + LINK_LENGTH
        end = stop
    return total + _plain_length(text[end:])


def link_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of everything that X turns into a link."""
    spans = []
    for found in _LINK.finditer(text):
        names = (found["full"] or found["bare"] or found["short"]).split(".")
        if found.end() - found.start() <= _LINK_MOST and all(_is_label(name) for name in names):
            spans.append(found.span())
    return spans


def parts_of(text: str) -> list[str]:
    """The posts of a thread, in order: parts stand apart by a line that is exactly `---`; empty ones do not count."""
    parts = [part.strip() for part in _BETWEEN_PARTS.split(text)]
    return [part for part in parts if part] or [""]


def longest_part(text: str) -> int:
    """The weighted length of a thread's longest part: each has the full 280."""
    return max(weighted_length(part) for part in parts_of(text))


def _plain_length(text: str) -> int:
    rest, emoji = _EMOJI.subn("", text)
    return 2 * emoji + sum(1 if any(low <= ord(sign) <= high for low, high in _LIGHT) else 2 for sign in rest)


def _is_label(name: str) -> bool:
    try:
        return len(name.encode("idna")) <= _LABEL_MOST
    except UnicodeError:
        return False
