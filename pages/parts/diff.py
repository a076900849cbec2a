"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

from pages.parts.markup import esc


def word_diff(before: str, after: str) -> str:
    """Both texts as one piece of safe HTML: what left in <del>, what came in <ins>."""
    old, new = _words(before), _words(after)
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            out.append(esc("".join(new[c:d])))
            continue
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        out.append((f"<del>{esc(gone)}</del>" if gone else "") + (f"<ins>{esc(come)}</ins>" if come else ""))
    return f'<div class="diff" dir="auto">{"".join(out)}</div>'


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
