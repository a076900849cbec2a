"""How LinkedIn shows "little text": escapes removed, and everything from the first stray reserved character on lost."""

import re

_URN = r"urn:li:(?:person|organization):[A-Za-z0-9_-]+"
_NEXT = re.compile(
    rf"\\(?P<escaped>[|{{}}@\[\]()<>#\\*_~])|\{{hashtag\|\\?[#＃]\|(?P<template>(?:\\.|[^\\}}])+)\}}"
    rf"|@\[(?P<name>(?:\\.|[^\\\]])+)\]\({_URN}\)|#(?P<tag>[^\W_]+)|(?P<plain>[^|{{}}@\[\]()<>#\\*_~]+)",
    re.S,
)


def shown(commentary: str) -> str:
    """The words people see. Nothing tells that a rest was cut off."""
    words, place = "", 0
    while found := _NEXT.match(commentary, place):
        words += _words(found)
        place = found.end()
    return words


def _words(found: re.Match[str]) -> str:
    if found["tag"] or found["template"]:
        return "#" + _unescaped(found["tag"] or found["template"])
    return found["escaped"] or found["plain"] or _unescaped(found["name"])


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.S)
